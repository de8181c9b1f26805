"""How far long work has come, on standard error, for a person who waits at a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cogid.pages import Document, Replies
    from cogid.terminal import Terminal

QUICK = 1.0  # seconds before anything is shown: quick work needs no bar


@contextmanager
def shown(
    terminal: Terminal, what: str, total: int | None, clock: Callable[[], float]
) -> Iterator[Callable[[int], None]]:
    """Give a function to tell how much more is done; a bar appears after a second of waiting.

    ``total`` is None where nobody knows it. Where standard error is no terminal, or a dumb one,
    nothing is ever shown.
    """
    if not terminal.draws_errors:
        yield lambda _more: None
        return
    bar = _Bar(terminal, what, total, clock)
    try:
        yield bar.advance
    finally:
        bar.stop()


class Watched:
    """Replies that show how many items came so far while they are taken."""

    def __init__(self, replies: Replies, terminal: Terminal, clock: Callable[[], float]) -> None:
        self._replies = replies
        self._terminal = terminal
        self._clock = clock
        self.items = replies.items
        self.by_page = replies.by_page
        self.order = replies.order

    @property
    def resume_token(self) -> str | None:
        """Where to go on, once all pages were taken."""
        return self._replies.resume_token

    def __iter__(self) -> Iterator[Document]:
        with shown(self._terminal, f"{self.items}: fetched", None, self._clock) as advance:
            for page in self._replies:
                advance(len(page.get(self.items or "") or []))
                yield page


class _Bar:
    """Counts at once, and loads rich only when there is something to draw."""

    def __init__(
        self, terminal: Terminal, what: str, total: int | None, clock: Callable[[], float]
    ) -> None:
        self._terminal = terminal
        self._what = what
        self._total = total
        self._clock = clock
        self._began = clock()
        self._done = 0
        self._drawn: Callable[[int], None] | None = None
        self._stop: Callable[[], None] = lambda: None

    def advance(self, more: int) -> None:
        self._done += more
        if self._drawn is None and self._clock() - self._began > QUICK:
            self._draw()
        if self._drawn is not None:
            self._drawn(self._done)

    def stop(self) -> None:
        self._stop()

    def _draw(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(file=self._terminal.err, width=self._terminal.size[0])
        columns = [TextColumn("{task.description}"), MofNCompleteColumn()]
        if self._total is not None:
            columns.insert(1, BarColumn())
        progress = Progress(*columns, console=console, transient=True)
        task = progress.add_task(self._what, total=self._total)
        progress.start()
        self._drawn = lambda done: progress.update(task, completed=done)
        self._stop = progress.stop
