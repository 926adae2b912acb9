"""All figures of one submission, each computed once, when first asked for."""

from __future__ import annotations

from officeflow.figures._finish import Member, finish, finish_members
from officeflow.figures._fold import Folder
from officeflow.figures._select import Selector
from officeflow.model.figures import Figure
from officeflow.model.kit import Rule, Scalar
from officeflow.model.submission import Submission


class Tally:
    """The figures of a submission by id, and the operands that checks compare."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self._folder = Folder(submission)
        self._figures: dict[str, Figure] = {}

    @property
    def selector(self) -> Selector:
        """Picks entries by `where`; remembers them."""
        return self._folder.selector

    def figure(self, figure_id: str) -> Figure:
        """Return a figure of the kit, printed.

        Raises:
            KeyError: the kit has no figure of that id.
        """
        if figure_id not in self._figures:
            kit = self.submission.kit
            self._figures[figure_id] = finish(self._folder.fold(kit.figure_by_id[figure_id]), kit)
        return self._figures[figure_id]

    def all(self) -> tuple[Figure, ...]:
        """Return every figure in the kit's order."""
        return tuple(self.figure(rule.id) for rule in self.submission.kit.figures)

    def operand(self, operand: str | Rule | Scalar) -> Figure:
        """Return what an operand of a rule amounts to, unprinted.

        A form is the count of its rows, a ledger column of numbers its total, a
        record field its value, a figure id that figure; UNKNOWN for a name the
        kit does not have.
        """
        if isinstance(operand, str) and operand in self.submission.kit.figure_by_id:
            return self.figure(operand)
        return finish(self._folder.operand(operand), self.submission.kit, is_printed=False)

    def members(self, operand: str | Rule) -> list[Member]:
        """Return the members of an operand's figure, each with the row or key it stands for."""
        return finish_members(self._folder.operand(operand), self.submission.kit)
