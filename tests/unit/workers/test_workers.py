"""Workers do what they are told, and one bad item costs itself alone."""

import ctypes
import os
import sys
import time
from pathlib import Path

import pytest

from officeflow.workers import Limits, Loss, Lost, run_each

QUICK = Limits(seconds=1.5)


def square(number: int) -> int:
    return number * number


def fail() -> None:
    raise ValueError


def be_gone() -> None:
    raise FileNotFoundError(2, "gone")


def be_loud() -> int:
    os.write(1, b"loud" * 99_999)
    return os.getpid()


HABITS = {
    "ok": os.getpid,
    "abort": os.abort,
    "exit": lambda: os._exit(0),
    "crash": lambda: ctypes.string_at(0),
    "hang": lambda: time.sleep(600),
    "eat": lambda: len(bytearray(3 << 30)),
    "fail": fail,
    "quit": sys.exit,
    "print": be_loud,
    "gone": be_gone,
    "large": lambda: "x" * (5 << 20),
}
"""What hostile files make readers do."""


def misbehave(how: str) -> object:
    return HABITS[how]()


def test_results_come_in_order():
    """Whoever is first, the answers stand in the order of the items."""
    assert [number * number for number in range(50)] == list(run_each(square, range(50), size=2))


def test_no_items_start_nothing():
    """Nothing to do is done."""
    assert [] == list(run_each(square, []))


LOSSES = {
    "abort": Loss.DIED,
    "exit": Loss.DIED,
    "crash": Loss.DIED,
    "hang": Loss.SLOW,
    "eat": Loss.MEMORY,
    "fail": Loss.FAILED,
    "quit": Loss.FAILED,
}


@pytest.mark.parametrize("how", LOSSES)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of address space")
def test_a_lost_item_says_why_and_the_others_go_on(how: str):
    """A dead or hanging worker is replaced; the items before and after have their results."""
    before, lost, after = run_each(misbehave, ["ok", how, "ok"], size=1, limits=QUICK)

    assert Lost(LOSSES[how]) == lost
    assert isinstance(before, int)
    assert isinstance(after, int)
    assert (before == after) == (LOSSES[how] is Loss.FAILED)


def test_what_a_library_prints_is_no_answer():
    """The pipe of answers is kept from prints."""
    first, second = run_each(misbehave, ["print", "large"], size=1)

    assert isinstance(first, int)
    assert "x" * (5 << 20) == second


def test_a_broken_environment_is_raised():
    """OSError is about the machine, not about the item."""
    with pytest.raises(FileNotFoundError):
        list(run_each(misbehave, ["gone"]))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc")
def test_no_worker_stays_behind():
    """Whoever stops listening leaves no process."""
    answers = run_each(misbehave, ["ok", "hang"], size=1)
    pid = next(answers)
    answers.close()

    assert not Path(f"/proc/{pid}").exists()
