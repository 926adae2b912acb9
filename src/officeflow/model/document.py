"""What a document says about where its figures come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from officeflow.model.submission import Submission


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The submission behind a document; `digest` is its identity, `file` only a hint (a name, never a path)."""

    kit: str
    version: str
    period: str
    unit: str
    digest: str
    file: str
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """Keys that only newer programs know; kept when the document is written again."""

    @classmethod
    def of(cls, submission: Submission) -> Origin:
        """Return the origin of what is composed from `submission`."""
        return cls(
            kit=submission.kit.id,
            version=submission.kit.version,
            period=str(submission.period or ""),
            unit=submission.unit,
            digest=submission.digest,
            file=submission.file.replace("\\", "/").rpartition("/")[2],
        )
