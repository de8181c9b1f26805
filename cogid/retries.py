"""Retries that wait, told to the person who waits with them.

Botocore retries by itself and says nothing. Loaded only where standard error is a terminal.
"""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING, Any

from cogid.controls import escaped

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.terminal import Terminal

    Cancel = Callable[[], None]
    Later = Callable[[float, Callable[[], None]], Cancel]

NOTE_AFTER = 1.0  # seconds of waiting before anything is said, and between two notes
# After a failure that was the last one, the call is done within a moment.
_MOMENT = 0.05
_WAIT = "cogid.retries"  # in the context of a call, which botocore keeps for all its attempts
_CLEAR_LINE = "\r\x1b[K"  # a progress bar may stand there; it is drawn again below

_REDIRECTION, _TOO_MANY = 300, 429


def watch(events: Any, terminal: Terminal) -> None:
    """Tell on the terminal when calls of the client with these events are tried again.

    Botocore emits ``needs-retry`` for every reply and every failed connection before it decides,
    and ``after-call`` or ``after-call-error`` when there is nothing more to try. These are the
    events that its own retry modes are made of, so that this holds for all of them. What it
    would take to know the length of the wait is less certain: the text of a debug message, or a
    private method. So a clock runs from a failure on, until the call is done.
    """
    clear = _CLEAR_LINE if terminal.draws_errors else ""
    notes = RetryNotes(lambda text: terminal.say(clear + text), time.monotonic, _later)
    events.register("needs-retry.cognito-identity", notes.failed)
    events.register("after-call.cognito-identity", notes.done)
    events.register("after-call-error.cognito-identity", notes.done)


class RetryNotes:
    """Says, once in a second of waiting, why it takes so long: all calls of a command together."""

    def __init__(
        self, say: Callable[[str], None], clock: Callable[[], float], later: Later
    ) -> None:
        self._say = say
        self._clock = clock
        self._later = later
        self._lock = threading.Lock()  # batches are sent side by side
        self._left = NOTE_AFTER
        self._silent_until = 0.0

    def failed(
        self,
        response: Any,
        caught_exception: Exception | None,
        attempts: int,
        request_dict: dict[str, Any],
        **_: Any,
    ) -> None:
        """Take note of a reply, and if it is a failure begin to wait.

        Gives None, which leaves the decision to botocore's own handlers.
        """
        context = request_dict["context"]
        self.done(context)  # with the attempt before this one
        why = _reason(response, caught_exception)
        if why is None:
            return
        wait = context[_WAIT] = _Wait(self._clock())

        def note() -> None:
            most = context.get("retries", {}).get("max")
            if most is None or attempts < most:
                of_most = f" of {most}" if most else ""
                self._tell(wait, f"note: {why}; trying again, attempt {attempts + 1}{of_most}")

        wait.cancel = self._later(max(self._left, _MOMENT), note)

    def done(self, context: dict[str, Any], **_: Any) -> None:
        """Stop waiting, and remember how long it was."""
        wait: _Wait | None = context.pop(_WAIT, None)
        if wait is not None:
            wait.cancel()
            with self._lock:
                self._left = max(self._left - (self._clock() - wait.began), 0.0)

    def _tell(self, wait: _Wait, text: str) -> None:
        with self._lock:
            now = self._clock()
            if now < self._silent_until:
                return
            wait.began, self._left, self._silent_until = now, NOTE_AFTER, now + NOTE_AFTER
        self._say(text)


class _Wait:
    """From one failure to the next, or to the end of the call."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.cancel: Cancel = lambda: None


def _reason(response: Any, exception: Exception | None) -> str | None:
    """Say what went wrong, or give None if nothing did."""
    if response is None:
        return f"no answer ({type(exception).__name__})"
    http, parsed = response
    if http.status_code < _REDIRECTION:
        return None
    code = escaped(str(parsed.get("Error", {}).get("Code") or http.status_code))
    if http.status_code == _TOO_MANY or re.search("TooMany|Throttl", code):
        return f"the service is busy ({code})"
    return f"the service answered {code}"


def _later(seconds: float, act: Callable[[], None]) -> Cancel:
    """Act in a while, unless the function that is given back is called before."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True  # nobody waits for a note
    timer.start()
    return timer.cancel
