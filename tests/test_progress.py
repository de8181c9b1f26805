import io
import time

import pytest

from cogid.progress import shown, words
from cogid.terminal import Terminal

SCREEN = {"COLUMNS": "80", "LINES": "24", "TERM": "xterm"}


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def drawn(err, total=None, **environ):
    """Say what is drawn while 60 are done and time goes by, once something is or cannot be."""
    terminal = Terminal(io.StringIO(), err, environ)
    with shown(terminal, "identities deleted", total, patience=0) as advance:
        advance(60)
        until = time.monotonic() + (10 if terminal.shows_progress else 0)
        while not err.getvalue() and time.monotonic() < until:
            time.sleep(0.01)
    return err.getvalue()


def test_long_work_shows_how_far_it_came():
    """A person sees what is done, and of how many."""
    assert "60 of 120 identities deleted" in drawn(Tty(), 120, **SCREEN)


def test_what_nobody_knows_is_not_shown():
    """Where the number of items is unknown only those that came are counted."""
    text = drawn(Tty(), **SCREEN)

    assert "60 identities deleted" in text
    assert "?" not in text.replace("[?25", "")  # the cursor is hidden and shown


def test_work_that_has_not_got_anywhere_shows_as_well():
    """Somebody waits for the first page, too."""
    err = Tty()
    with shown(Terminal(io.StringIO(), err, SCREEN), "pools fetched", None, patience=0):
        until = time.monotonic() + 10
        while not err.getvalue() and time.monotonic() < until:
            time.sleep(0.01)

    assert "0 pools fetched" in err.getvalue()


def test_quick_work_shows_nothing():
    """What takes less than a second needs no bar."""
    err = Tty()
    with shown(Terminal(io.StringIO(), err, SCREEN), "pools fetched", None) as advance:
        advance(60)

    assert err.getvalue() == ""


@pytest.mark.parametrize(
    ("err", "environ"),
    [
        (io.StringIO(), SCREEN),
        (Tty(), {**SCREEN, "TERM": "dumb"}),
        (Tty(), {**SCREEN, "CI": "true"}),
    ],
)
def test_nobody_to_see_it_means_no_bar(err, environ):
    """A pipe, a dumb terminal and a CI job get nothing that moves."""
    assert drawn(err, **environ) == ""


@pytest.mark.parametrize(
    ("items", "called"),
    [
        ("IdentityPools", "identity pools"),
        ("Identities", "identities"),
        ("DeveloperUserIdentifierList", "developer user identifiers"),
    ],
)
def test_items_are_called_by_words(items, called):
    """A person reads no names of the API."""
    assert words(items) == called
