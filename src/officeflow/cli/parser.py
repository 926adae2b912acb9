"""One subcommand per use case; help and mistakes are worded from the use cases' own table."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser, Namespace, RawTextHelpFormatter, _SubParsersAction
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from officeflow.flow import Argument, UseCase
from officeflow.text.nearest import nearest


class UsageError(Exception):
    """The words of a command line cannot be understood; its text says which."""


@cache
def screens() -> Mapping[str, Any]:
    """Return the Chinese words of the command line."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


class _Help(RawTextHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, screens()["usage"] if prefix is None else prefix)


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(_translated(message))


def _translated(message: str) -> str:
    # argparse speaks English; its few sentences start alike.
    for start, chinese in screens()["argparse"].items():
        if message.startswith(start):
            return f"{chinese}{message.removeprefix(start).strip()}"
    return message


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What a command line asks for; `today` None: no day was named."""

    name: str
    arguments: Mapping[str, object]
    is_json: bool
    today: date | None


class CommandLine:
    """A parser of whole command lines."""

    def __init__(self, parser: ArgumentParser, cases: Mapping[str, UseCase]) -> None:
        self._parser = parser
        self._cases = cases

    def read(self, words: Sequence[str]) -> Command:
        """Return the use case that the words name, with its arguments.

        Raises:
            UsageError: a word is unknown, missing or too many.
            SystemExit: help was asked for and printed.
        """
        self._know(words)
        found, rest = self._parser.parse_known_args(words)
        case = self._cases.get(getattr(found, "case", ""))
        # argparse gives up on a word that need not be there once an option stood before it (`trace A --with B 248`).
        for argument in case.arguments if case else ():
            if rest and _is_late(argument) and getattr(found, argument.name) is None and rest[0][:1] != "-":
                setattr(found, argument.name, rest.pop(0))
        if rest:
            raise UsageError(_translated(f"unrecognized arguments: {' '.join(rest)}"))
        if case is None:
            raise UsageError(screens()["which_command"].format(commands="、".join(self._cases)))
        arguments = {argument.name: _value(found, argument) for argument in case.arguments}
        return Command(name=case.name, arguments=arguments, is_json=found.json, today=found.today)

    def _know(self, words: Sequence[str]) -> None:
        # Said before argparse says it, with the command that was probably meant.
        known = {part for name in self._cases for part in name.split()[:1]}
        if words and not words[0].startswith("-") and words[0] not in known:
            near = nearest(words[0], known)
            raise UsageError(
                screens()["near_command" if near else "no_command"].format(value=words[0], nearest=near)
            )


def _is_late(argument: Argument) -> bool:
    return argument.optional and not argument.flags and not argument.many


def _value(found: Namespace, argument: Argument) -> object:
    raw = getattr(found, argument.name)
    if argument.kind == "flag" or raw is None:
        return raw
    if argument.many:
        return tuple(Path(word) if argument.kind == "path" else word for word in raw)
    return Path(raw) if argument.kind == "path" else raw


def build_parser(cases: Iterable[UseCase]) -> CommandLine:
    """Return the parser of all use cases; two-word names ('kit build') become nested commands."""
    words = screens()
    known = {case.name: case for case in cases}
    root = _Parser(prog="officeflow", description=words["program"], formatter_class=_Help, add_help=False)
    _add_help(root)
    groups = {"": root.add_subparsers(metavar=words["command"], title=words["commands"])}
    for case in known.values():
        group, _, verb = case.name.rpartition(" ")
        if group not in groups:
            parent = groups[""].add_parser(
                group, help=words["groups"][group], add_help=False, formatter_class=_Help
            )
            _add_help(parent)
            groups[group] = parent.add_subparsers(metavar=words["command"], title=words["commands"])
        _add_case(groups[group], verb, case)
    return CommandLine(root, known)


def _add_help(parser: ArgumentParser) -> None:
    parser.add_argument_group(screens()["options"]).add_argument(
        "-h", "--help", action="help", help=screens()["help"]
    )


def _add_case(group: _SubParsersAction[_Parser], verb: str, case: UseCase) -> None:
    words = screens()
    parser = group.add_parser(
        verb, help=case.help, description=case.help, add_help=False, formatter_class=_Help
    )
    parser.set_defaults(case=case.name)
    asked = parser.add_argument_group(words["asked"])
    options = parser.add_argument_group(words["options"])
    for argument in case.arguments:
        place = options if argument.flags else asked
        place.add_argument(*(argument.flags or (argument.name,)), **_options(argument))
    options.add_argument("--json", action="store_true", help=words["json"])
    options.add_argument("--today", type=_day, metavar=words["day"], help=words["today"])
    options.add_argument("-h", "--help", action="help", help=words["help"])


def _options(argument: Argument) -> dict[str, Any]:
    options: dict[str, Any] = {"help": argument.help}
    if argument.flags:
        options |= {"dest": argument.name, "required": argument.required}
    if argument.kind == "flag":
        return options | {"action": "store_true"}
    if argument.metavar:
        options["metavar"] = argument.metavar
    if argument.many and argument.flags:
        # One value each, given again for the next: what follows is the next word of the command.
        options |= {"action": "append", "default": []}
    elif argument.many:
        options["nargs"] = "*" if argument.optional else "+"
    elif argument.optional and not argument.flags:
        options["nargs"] = "?"
    return options


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(screens()["bad_day"].format(value=text)) from None
