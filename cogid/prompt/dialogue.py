"""What is asked, and in which order: the command, what it requires, what it may have, and go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cogid import model, secrets, wording
from cogid.completion import build
from cogid.help import group, layout, shapes
from cogid.options import MAYBE, NONE
from cogid.prompt.proposals import Values, matching

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.options import Flag
    from cogid.prompt.line import Line
    from cogid.prompt.proposals import LookUp, Proposal
    from cogid.secrets import Spans

_NOT_OFFERED = ("--cli-auto-prompt", "--no-cli-auto-prompt", "--version")
_SELDOM = ("--max-results", "--next-token")  # a list pages by itself
_CHOOSE = "TAB and arrows choose, Enter takes, Ctrl-C quits"
_FREE = "Enter takes, Ctrl-C quits"
# Whatever changes something takes more than an Enter that was pressed once too often.
_READING = ("Describe", "Get", "List", "Lookup")
_RUN, _EDIT, _QUIT = ("y", "yes", "r", "run"), ("e", "edit"), ("q", "quit", "n", "no")


class Question(NamedTuple):
    """One question: how the answer is helped, checked and shown."""

    label: str
    proposals: Callable[[str], list[Proposal]] = lambda _: []
    problem: Callable[[str], str | None] = lambda _: None
    hidden: Callable[[str], Spans] = lambda _: []
    hint: str = _FREE
    answer: str = ""  # to begin with


class Dialogue:
    """Asks by ``ask``, tells by ``say``; ``look_up`` finds live values for the line so far."""

    def __init__(
        self,
        line: Line,
        ask: Callable[[Question], str],
        say: Callable[[str], None],
        look_up: LookUp,
        width: int,
    ) -> None:
        self._line = line
        self._ask = ask
        self._say = say
        self._look_up = look_up
        self._width = min(width, layout.WIDEST)

    def finish(self) -> None:
        """Ask until the line is whole and wanted. Raises KeyboardInterrupt when it is not."""
        if self._line.operation is None:
            self._choose_command()
        assert self._line.operation is not None  # noqa: S101 - for mypy
        self._tell(
            f"{wording.summary(self._line.operation)}. {wording.about(self._line.operation)}"
        )
        while missing := self._line.missing():
            self._ask_required(f"--{model.kebab(missing[0])}")
        while self._ask_another():
            pass
        while not self._confirmed():
            self._edit()

    def _choose_command(self) -> None:
        operations = model.load().operations
        rows = [
            (name, each.summary)
            for part in group.by_purpose(self._line.root).values()
            for name, each in part.items()
            if name in operations
        ]

        def problem(name: str) -> str | None:
            if name in operations:
                return None
            return f"{name!r} is no command; choose one with TAB" if name else "which command?"

        answer = self._ask(
            Question("cogid ", lambda before: matching(rows, before), problem, hint=_CHOOSE)
        )
        self._line.choose(operations[answer])

    def _ask_required(self, name: str) -> None:
        flag = self._flag(name)
        self._describe(flag, "required")
        if flag.takes == NONE:
            rows = [("yes", flag.spelling), ("no", flag.off)]
            answer = self._ask(
                Question(
                    "yes or no? ",
                    lambda before: matching(rows, before),
                    lambda text: None if text in ("yes", "no", "y", "n") else "yes or no?",
                    hint=_CHOOSE,
                )
            )
            self._line.add(flag.spelling if answer.startswith("y") else flag.off)
            return
        self._line.add(name, self._value(flag, required=True))

    def _ask_another(self) -> bool:
        """Ask for one more flag; False when no more is wanted."""
        rows = self._others()
        names = [name for name, _ in rows]

        def problem(text: str) -> str | None:
            name, value = _parted(text)
            if text and name not in names:
                return f"{name} is given already, or no flag of this command; choose with TAB"
            return self._line.problem(name, value) if value else None

        self._say("")
        answer = self._ask(
            Question(
                "another flag? ",
                lambda before: matching(rows, before),
                problem,
                hint=f"Enter for none; {_CHOOSE}",
            )
        )
        if not answer:
            return False
        name, value = _parted(answer)
        flag = self._flag(name)
        if flag.takes == NONE:
            self._line.add(name)
            return True
        if not value:
            self._describe(flag, "Enter for none" if flag.takes != MAYBE else "")
            value = self._value(flag, required=False)
        if value or flag.takes == MAYBE:
            self._line.add(name, value)
        return True

    def _others(self) -> list[tuple[str, str]]:
        """Give the flags that are not given, with what they are."""
        rows: list[tuple[str, str]] = []
        for flag in sorted(self._line.all_flags, key=lambda each: each.spelling in _SELDOM):
            if flag.name not in self._line.flags and flag.spelling not in _NOT_OFFERED:
                about = build.short(flag.description)
                rows.append((flag.spelling, about))
                if flag.off:
                    rows.append((flag.off, f"The opposite of {flag.spelling}"))
        return rows

    def _value(self, flag: Flag, *, required: bool) -> str:
        def problem(text: str) -> str | None:
            if not text:
                return "a value is needed" if required else None
            return self._line.problem(flag.spelling, text)

        shape = flag.shape
        proposals = Values(build.describe(flag), self._look_up)
        return self._ask(
            Question(
                f"{flag.spelling} ",
                proposals,
                problem,
                lambda text: secrets.without_beginnings(secrets.spans(text, shape)),
                hint=_CHOOSE if proposals.any else _FREE,
            )
        )

    def _confirmed(self) -> bool:
        """Show the line; True to run it, False to edit it."""
        operation = self._line.operation
        reads = operation is not None and operation.name.startswith(_READING)
        runs = "Enter runs it" if reads else "y runs it"

        def problem(text: str) -> str | None:
            known = text in _RUN + _EDIT + _QUIT or (reads and not text)
            return None if known else "answer y, e or q"

        self._say(f"\n{self._line.shown(self._width)}\n")
        answer = self._ask(
            Question("run it? ", problem=problem, hint=f"{runs}, e edits it, q quits")
        )
        if answer in _QUIT:
            raise KeyboardInterrupt
        return answer not in _EDIT

    def _edit(self) -> None:
        line = self._line
        self._line.edit(
            self._ask(
                Question(
                    "cogid ",
                    problem=line.edit_problem,
                    hidden=line.hidden_in,
                    answer=line.text(),
                )
            )
        )

    def _describe(self, flag: Flag, condition: str) -> None:
        """Say what a flag is and what it takes."""
        shape = flag.shape
        kind = f" {shapes.placeholder(shape)}" if shape and flag.takes != NONE else ""
        self._say(f"\n{flag.spelling}{kind}{condition and f' ({condition})'}")
        told = [shapes.shorthand(shape, depth=2), "; ".join(shapes.limits(shape))] if shape else []
        self._tell(flag.description, *(shapes.capitalized(each) for each in told if each))

    def _tell(self, *paragraphs: str) -> None:
        for text in paragraphs:
            self._say("\n".join(layout.paragraph(text, self._width)))

    def _flag(self, name: str) -> Flag:
        flag = self._line.flag(name)
        assert flag is not None  # noqa: S101 - for mypy: only names of flags come here
        return flag


def _parted(text: str) -> tuple[str, str]:
    """Part ``max-items 5`` and ``--max-items=5`` into the flag and its value."""
    found = re.match(r"-*([\w-]*)(?:[ =]\s*(.*))?", text, re.DOTALL)
    name, value = found.groups() if found else ("", None)
    return f"--{name}", value or ""
