"""The READMEs say what really happens: their sessions are run, their set-up lines and links hold."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.golden import Golden
from tests.support.shell import environment
from tests.support.source import ROOT

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)
MAIN_JOB = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/officeflow demo"
TESTS = "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' -c constraints.txt && .venv/bin/pytest"

every_readme = pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)


def commands(path: Path) -> list[str]:
    """Return the commands of the README's sessions, in order."""
    blocks = SESSION.findall(path.read_text(encoding="utf-8"))
    return [
        line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")
    ]


def run(command: str, folder: Path) -> str:
    """Return what a person sees after typing a command that succeeds; the folder and the clock left out."""
    done = subprocess.run(  # noqa: S602  the READMEs are ours
        command,
        shell=True,
        cwd=folder,
        env=environment(folder),
        check=False,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )

    assert done.returncode == 0, done.stdout
    return re.sub(r"\d+(\.\d+)?( ?秒)", r"…\2", done.stdout.replace(str(folder), "…"))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each command of README.md with its real output, run one after the other in one empty folder."""
    folder = tmp_path_factory.mktemp("session")
    return {command: run(command, folder) for command in commands(READMES[0])}


@every_readme
def test_session_shows_real_output(path: Path, session: dict[str, str], golden: Golden):
    """What stands under a command is what it prints."""
    text = path.read_text(encoding="utf-8")

    def rerun(block: re.Match[str]) -> str:
        shown = [line.removeprefix("$ ") for line in block[1].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"$ {command}\n{session[command]}" for command in shown) + "```"

    assert commands(path) == list(session)
    golden.check(path, SESSION.sub(rerun, text))


def test_main_job_runs_in_an_empty_folder(tmp_path: Path):
    """`officeflow demo`, the end of the first set-up line, leaves a workbook and a bulletin."""
    run(MAIN_JOB.rpartition("bin/")[2], tmp_path)

    assert {".xlsx", ".docx"} <= {made.suffix for made in tmp_path.rglob("*.*")}


@every_readme
def test_two_lines_set_up_a_fresh_machine(path: Path):
    """One line runs the main job, one the tests; .ci/run takes the second from the README."""
    blocks = re.findall(r"```sh\n(.*?)\n```", path.read_text(encoding="utf-8"), re.DOTALL)

    assert [MAIN_JOB, TESTS] == blocks


@pytest.mark.parametrize(
    "path", [*READMES, *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name
)
def test_links_lead_somewhere(path: Path):
    """A link inside the repository names a file or folder that is there."""
    text = re.sub("`[^`\n]*`", "", path.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)

    assert [] == [target for target in targets if not (path.parent / target).exists()]
