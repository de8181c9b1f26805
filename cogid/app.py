"""One run of cogid: who it talks to and what was asked of it.

Made in ``__main__`` (or by a test) and passed along, so that nothing below reaches for streams,
environment, clock or a global.
"""

from __future__ import annotations

import os
import sys
import time
from functools import cached_property
from typing import TYPE_CHECKING

from cogid.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cogid.argv import Line
    from cogid.secrets import Redactor
    from cogid.service import Service
    from cogid.settings import Settings


class App:
    """The surroundings of one run, and its command line once that is parsed.

    ``clock`` measures how long something takes, ``now`` tells the time in seconds since 1970.
    ``settled`` is called when all is loaded that a call or a server needs: until then nothing
    that is made is garbage, from then on it may be.
    """

    line: Line  # set once the command line is parsed

    def __init__(
        self,
        terminal: Terminal | None = None,
        environ: Mapping[str, str] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        settled: Callable[[], None] = lambda: None,
    ) -> None:
        self.environ = os.environ if environ is None else environ
        self.terminal = terminal or Terminal(sys.stdout, sys.stderr, self.environ)
        self.clock = clock
        self.now = now
        self.settled = settled
        # A line that was prompted for is not prompted for again.
        self.prompted = False  # whether the words were completed at a prompt

    def again(self) -> App:
        """Give the same surroundings for another command line: the one that was prompted for."""
        app = App(self.terminal, self.environ, clock=self.clock, now=self.now, settled=self.settled)
        app.prompted = True
        return app

    @cached_property
    def settings(self) -> Settings:
        """The settings of the line. Raises CogidError where the configuration is broken."""
        from cogid.settings import Settings

        return Settings(self.line.flags, self.environ)

    @cached_property
    def redactor(self) -> Redactor:
        """What ``--debug`` hides; logging begins when it is first asked for."""
        from cogid import debug, model

        return debug.start_logging(self.terminal.err, model.load(), self.environ)

    @cached_property
    def service(self) -> Service:
        """The door to AWS, or to the local service: it costs botocore's import."""
        from cogid.service import Service

        return Service(self)
