"""What differs from machine to machine: installed fonts, office programs.  Nothing here fails for lack of them."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

_FC_LIST = ["fc-list", ":", "family"]  # fontconfig's own tool, on every Linux desk
_WINDOWS_FONTS = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
_WINDOWS_EXCEL = r"Excel.Application\CurVer"


def font_names() -> frozenset[str] | None:
    """Return the names of the fonts that are installed here, or None when the machine does not tell."""
    return _windows_fonts() if sys.platform == "win32" else _fontconfig_fonts()


def _fontconfig_fonts() -> frozenset[str] | None:
    if shutil.which(_FC_LIST[0]) is None:
        return None
    listed = subprocess.run(_FC_LIST, capture_output=True, check=False, timeout=30)  # noqa: S603
    lines = listed.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(name.strip() for line in lines for name in line.split(","))


def _windows_fonts() -> frozenset[str] | None:
    import winreg

    names: set[str] = set()
    # Fonts installed without admin rights stand under the user's own key.
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):  # type: ignore[attr-defined,unused-ignore]
        try:
            with winreg.OpenKey(root, _WINDOWS_FONTS) as key:  # type: ignore[attr-defined,unused-ignore]
                for index in range(winreg.QueryInfoKey(key)[1]):  # type: ignore[attr-defined,unused-ignore]
                    value = str(winreg.EnumValue(key, index)[0])  # type: ignore[attr-defined,unused-ignore]
                    names.update(part.strip() for part in value.split(" (", maxsplit=1)[0].split("&"))
        except OSError:
            continue
    return frozenset(names)


def excel_version() -> str:
    """Return the registered Excel ('Excel.Application.16'), '' when there is none."""
    if sys.platform != "win32":
        return ""
    import winreg

    try:
        return str(winreg.QueryValue(winreg.HKEY_CLASSES_ROOT, _WINDOWS_EXCEL))
    except OSError:
        return ""


def system() -> str:
    """Return operating system, CPU and C library in one line ('Linux 6.1 x86_64 glibc 2.36')."""
    libc = " ".join(platform.libc_ver())
    return " ".join(
        part for part in (platform.system(), platform.release(), platform.machine(), libc) if part.strip()
    )


def is_writable(folder: Path) -> bool:
    """Return whether a file can be made in the folder, or in the nearest parent that exists."""
    import os

    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)
