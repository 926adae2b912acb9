"""Findings to mark a workbook with, and what marking changed in its package."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from officeflow.kits.catalogue import kit_source
from officeflow.model.findings import Finding, Severity

SOURCE = kit_source("community-posts")
KIT = SOURCE.kit


def found(cell: str, sheet: str = "活动开展", **values: str) -> Finding:
    """A finding that must be mended."""
    severity = Severity(values.pop("severity", "mandatory"))
    message = values.pop("message", f"【{sheet}·第{cell[1:]}行·服务人次】填的是“30人左右”。")
    return Finding(
        code="NOT_EXACT",
        severity=severity,
        message=message,
        remedy="请填数字。",
        sheet=sheet,
        cell=cell,
        **values,
    )


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def differing(before: bytes, after: bytes) -> set[str]:
    old, new = parts(before), parts(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


FINDINGS = [
    found("G5"),
    found("G6", severity="verify", row_key="甲"),
    found("H7", severity="hint"),
    found("B11", "填报信息", message="【填报信息·填表人】没有填。"),
]
