"""All figures of one submission, or of many added up, each computed once."""

from __future__ import annotations

from collections.abc import Mapping

from officeflow.figures._finish import Finisher, Member
from officeflow.figures._fold import Folder
from officeflow.figures._partial import Partial
from officeflow.figures._select import Selector
from officeflow.model.figures import Figure
from officeflow.model.kit import Kit, Rule, Scalar
from officeflow.model.submission import Submission


def contributions(submission: Submission) -> dict[str, Partial]:
    """Return what a submission contributes to each figure of its kit, by figure id.

    They are plain data.  For figures of several workbooks: `at_origin(n)` of the nth one's, `merge`
    figure by figure, and `figures_of` the result.
    """
    folder = Folder(submission)
    return {rule.id: folder.fold(rule) for rule in submission.kit.figures}


def figures_of(contributions: Mapping[str, Partial], kit: Kit) -> tuple[Figure, ...]:
    """Return the kit's figures, in its order, from (merged) contributions by figure id; one without any is left out."""
    finisher = Finisher(kit, contributions.get)
    return tuple(finisher.finish(contributions[rule.id]) for rule in kit.figures if rule.id in contributions)


class Tally:
    """The figures of a submission by id, and the operands that checks compare."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self._folder = Folder(submission)
        self._finisher = Finisher(submission.kit, self._contribution)
        self._figures: dict[str, Figure] = {}

    @property
    def selector(self) -> Selector:
        """Picks entries by `where`; remembers them."""
        return self._folder.selector

    def _contribution(self, figure_id: str) -> Partial:
        return self._folder.fold(self.submission.kit.figure_by_id[figure_id])

    def figure(self, figure_id: str) -> Figure:
        """Return a figure of the kit, printed.

        Raises:
            KeyError: the kit has no figure of that id.
        """
        if figure_id not in self._figures:
            self._figures[figure_id] = self._finisher.finish(self._contribution(figure_id))
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
        return self._finisher.finish(self._folder.operand(operand), is_printed=False)

    def members(self, operand: str | Rule) -> list[Member]:
        """Return the members of an operand's figure, each with the row or key it stands for."""
        return self._finisher.members(self._folder.operand(operand))
