"""The words around the cursor and the table of commands in, what could stand at the cursor out.

Knows no shell, reads nothing and calls nothing: what only the service, the configuration or the
disk knows comes from ``look_up``, by the name of its source. What the table holds is said in
``build``.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's; loading typing takes a fifth of a TAB's time
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from typing import Any

    from cogid.completion.line import Line

    Table = dict[str, Any]
    Flag = dict[str, Any]
    Flags = dict[str, Flag]
    Row = tuple[str, str]  # a word, and what it is about

FILES = "files"  # the source of file names
_FILE, _BINARY = "file://", "fileb://"


def find(
    table: Table, line: Line, look_up: Callable[[str, str, dict[str, Any]], Iterable[Row]]
) -> list[Row]:
    """Give what could stand at the cursor, whatever was typed of it.

    ``look_up`` gets a source, what was typed of the word, and the flags of the whole line.
    """
    walk = _Walk(table)
    walk.go(line.before)
    flags, words, waiting = walk.flags, walk.words, walk.waiting
    takes = flags[waiting]["takes"] if waiting else ""
    if takes != "many":
        walk.waiting = ""  # its word is the one at the cursor
    walk.go(line.after)

    def live(source: str, typed: str) -> Iterable[Row]:
        return look_up(source, typed, walk.values)

    def found(flag: str, head: str, typed: str) -> list[Row]:
        told = flags.get(flag, {"takes": "none"})
        given = walk.given.get(flag, ()) if told["takes"] == "many" else ()
        start, rows = values(told, typed, live, given)
        return [(head + typed[:start] + text, about) for text, about in rows]

    name, joined, typed = line.current.partition("=")
    if name.startswith("-") and joined:
        return found(_named(flags, name), f"{name}=", typed)
    rows = []
    if not name.startswith("-"):
        rows = found(waiting, "", line.current) if waiting else []
        if not rows and takes not in ("one", "each"):
            rows = list(words.items())
        if rows or line.current:
            return rows
    if takes in ("one", "each"):
        return []
    return [(each, flag["about"]) for each, flag in flags.items() if _open(each, flag, walk.given)]


def _open(name: str, flag: Flag, given: Collection[str]) -> bool:
    """Tell whether a flag can be given, or given again."""
    same = {name, f"--no-{name[2:]}", f"--{name[5:]}"}
    return flag["takes"] == "each" or same.isdisjoint(given)


class _Walk:
    """What words say: the command, the words of each flag, and the flag that waits for a word."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.command = ""
        self.waiting = ""
        self.given: dict[str, list[str]] = {}

    def go(self, words: Iterable[str]) -> None:
        """Take further words. A word that can stand nowhere is passed over."""
        for word in words:
            name, joined, value = word.partition("=")
            if word.startswith("-") and word != "-":
                name = _named(self.flags, name)
                takes = self.flags.get(name, {"takes": "none"})["takes"]
                self.given.setdefault(name, []).extend([value] if joined else [])
                self.waiting = "" if joined or takes == "none" else name
            elif self.waiting:
                self.given[self.waiting].append(word)
                if self.flags[self.waiting]["takes"] != "many":
                    self.waiting = ""
            elif not self.command:
                self.command = word if word in self.words else ""
            elif self.words:
                self.command += f" {word}"

    @property
    def flags(self) -> Flags:
        """The flags that can stand here: the command's own, then the global ones."""
        command = self._table["commands"].get(self.command, {})
        return {**command.get("flags", {}), **self._table["flags"]}

    @property
    def words(self) -> dict[str, str]:
        """The words that can follow the command; the commands, where there is none yet."""
        commands = self._table["commands"]
        if not self.command:
            return {name: each["about"] for name, each in commands.items() if " " not in name}
        words: dict[str, str] = commands.get(self.command, {}).get("words", {})
        return words

    @property
    def values(self) -> dict[str, Any]:
        """The last word of each flag, by its key in ``options``; True where it takes none."""
        flags = self.flags
        return {
            name.lstrip("-").replace("-", "_"): words[-1] if words else True
            for name, words in self.given.items()
            if words or flags.get(name, {}).get("takes") == "none"
        }


def _named(flags: Flags, typed: str) -> str:
    """Give the name of a flag that may have been shortened."""
    meant = [typed] if typed in flags else [each for each in flags if each.startswith(typed)]
    return meant[0] if len(meant) == 1 else typed


def values(
    flag: Flag,
    typed: str,
    look_up: Callable[[str, str], Iterable[Row]],
    given: Collection[str] = (),
) -> tuple[int, list[Row]]:
    """Give what can be a flag's value, and how much of what was typed stands before that.

    What is ``given`` already is not wanted again.
    """
    files = flag.get("files", "")
    for scheme in (_FILE, _BINARY):
        if files and typed.startswith(scheme):
            return len(scheme), list(look_up(FILES, typed[len(scheme) :]))
    start, rows = 0, list(flag.get("values", {}).items())
    if "places" in flag:
        start, place, beside = _place(flag["places"], typed)
        further, rows = values(place, typed[start:], look_up, beside)
        start += further
    elif "source" in flag:
        rows += look_up(flag["source"], typed)
    rows = [row for row in rows if row[0] not in given]
    scheme = _BINARY if typed.startswith(_BINARY[:5]) else _FILE
    if scheme.startswith(typed) and (files == "likely" or (files and typed)):
        rows.append((scheme, "the value is what the file holds"))
    return start, rows


def _place(places: dict[str, Flag], typed: str) -> tuple[int, Flag, list[str]]:
    """Find out where in shorthand the cursor is.

    Gives where what is typed there begins, what can stand there, and the keys that stand beside.
    """
    if typed.startswith(("{", "[")):  # JSON
        return 0, {}, []
    start = max(typed.rfind(sign) for sign in ",{[") + 1
    key, equals, _ = typed[start:].partition("=")
    after = start + len(key) + 1
    if equals and key.endswith("@"):
        return after, {"files": "likely"}, []
    if equals:
        return after, places.get(f"{key}=") or places.get("*=") or {}, []
    before = typed[:start]
    beside = [each.partition("=")[0] + "=" for each in before.rpartition("{")[2].split(",")]
    depth = before.count("{") - before.count("}")
    return start, places.get(str(depth), {}), beside
