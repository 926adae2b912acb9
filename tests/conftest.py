"""Markers, golden files and the hypothesis profile of the whole test run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from tempfile import TemporaryDirectory

import hypothesis
import pytest

from tests.support.golden import Golden

PROGRAMS = {
    "office": ("soffice", "pdftotext", "pdftoppm"),
    "servers": ("postfix", "dovecot", "postgres"),
    "spark": ("java",),
    "browser": ("chromium",),
}
"""Marker → programs it needs; `@pytest.mark.servers("postfix")` asks for less than all."""

IS_CI = os.environ.get("CI") == "true"

# CI repeats the same examples every time: a red run is about the change, not about luck.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("ci" if IS_CI else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite golden files with what is made now"
    )


@pytest.fixture(scope="session")
def golden(pytestconfig: pytest.Config) -> Golden:
    """Compares with golden files: `golden.check(path, text)`."""
    return Golden(is_updating=pytestconfig.getoption("--update-golden"))


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    # Everything takes two processes, a file at a time; folders and files named on the command line one.
    is_everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    is_worker, is_debugged = hasattr(config, "workerinput"), config.getoption("usepdb")
    if is_everything and not is_worker and not is_debugged and config.getoption("numprocesses", 0) is None:
        config.option.numprocesses, config.option.dist = 2, "loadfile"


def pytest_configure(config: pytest.Config) -> None:
    # Before anything is collected: kits and templates are kept by the tests' own cache, not by the desk's.
    folder = TemporaryDirectory(prefix="officeflow-cache-")
    config.add_cleanup(folder.cleanup)
    os.environ["OFFICEFLOW_CACHE"] = folder.name


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, programs in PROGRAMS.items():
        for marker in item.iter_markers(name):
            missing = [program for program in marker.args or programs if shutil.which(program) is None]
            if missing:
                pytest.skip(f"{name}: {', '.join(missing)} not on this machine")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    return _no_skip_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    return _no_skip_in_ci((yield))


def _no_skip_in_ci(
    report: pytest.TestReport | pytest.CollectReport,
) -> pytest.TestReport | pytest.CollectReport:
    """A skip under CI means the machine was not set up: a failure, with the skip's reason."""
    if IS_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped under CI=true: {reason}"
    return report
