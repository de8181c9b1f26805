"""How far long work has come, on standard error, for a person who waits at a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.terminal import Terminal

QUICK = 1.0  # seconds before anything is shown: quick work needs no bar


@contextmanager
def shown(
    terminal: Terminal, what: str, total: int | None, patience: float = QUICK
) -> Iterator[Callable[[int], None]]:
    """Give a function to tell how much more is done; a bar appears after a second of waiting.

    ``total`` is None where nobody knows it. Where standard error is no terminal, a dumb one or
    one of a CI system, nothing is ever shown.
    """
    if not terminal.shows_progress:
        yield lambda _more: None
        return
    bar = _Bar(terminal, what, total)
    # A thread, since the first page may be what takes long.
    timer = Timer(patience, bar.draw)
    timer.daemon = True
    timer.start()
    try:
        yield bar.advance
    finally:
        timer.cancel()
        bar.stop()


def words(items: str) -> str:
    """Call items as a person does: ``IdentityPools`` are identity pools."""
    from cogid.model import kebab

    name = kebab(items).replace("-", " ")
    return f"{name.removesuffix(' list')}s" if name.endswith(" list") else name


class _Bar:
    """Counts at once, and loads rich only when there is something to draw."""

    def __init__(self, terminal: Terminal, what: str, total: int | None) -> None:
        self._terminal = terminal
        self._what = what
        self._total = total
        self._done = 0
        self._drawn: Callable[[int], None] | None = None
        self._stop: Callable[[], None] | None = None
        self._ended = False
        self._lock = Lock()

    def advance(self, more: int) -> None:
        with self._lock:
            self._done += more
            if self._drawn is not None:
                self._drawn(self._done)

    def stop(self) -> None:
        with self._lock:
            self._ended = True
            if self._stop is not None:
                self._stop()

    def draw(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(file=self._terminal.err, width=self._terminal.size[0])
        columns = [TextColumn("{task.completed} {task.description}"), TimeElapsedColumn()]
        if self._total is not None:
            columns = [
                TextColumn("{task.completed} of {task.total} {task.description}"),
                BarColumn(),
                TimeElapsedColumn(),
            ]
        progress = Progress(
            *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        with self._lock:
            if self._ended:
                return
            task = progress.add_task(self._what, total=self._total, completed=self._done)
            progress.start()
            self._drawn = lambda done: progress.update(task, completed=done)
            self._stop = progress.stop
