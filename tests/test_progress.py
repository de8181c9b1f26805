import io

import pytest

from cogid.progress import Watched, shown
from cogid.terminal import Terminal


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def ticking(step):
    """Make a clock that goes on by ``step`` seconds whenever it is looked at."""
    now = [0.0]

    def clock():
        now[0] += step
        return now[0]

    return clock


def drawn(err, step, **environ):
    """Say what is drawn while 60 of 120 are deleted."""
    with shown(Terminal(io.StringIO(), err, environ), "deleting", 120, ticking(step)) as advance:
        advance(60)
    return err.getvalue()


def test_long_work_shows_how_far_it_came():
    """After a second a person sees what is done, and of how many."""
    text = drawn(Tty(), 2.0, COLUMNS="80", LINES="24", TERM="xterm")

    assert "deleting" in text
    assert "60/120" in text


def test_quick_work_shows_nothing():
    """What takes less than a second needs no bar."""
    assert drawn(Tty(), 0.1, TERM="xterm") == ""


@pytest.mark.parametrize(
    ("err", "environ"), [(io.StringIO(), {"TERM": "xterm"}), (Tty(), {"TERM": "dumb"})]
)
def test_nobody_to_see_it_means_no_bar(err, environ):
    """A pipe and a dumb terminal get nothing that moves."""
    assert drawn(err, 2.0, **environ) == ""


PAGES = [{"Items": [1, 2]}, {"Items": None}]


def test_watching_changes_no_page(replies):
    """Replies that are watched are the replies."""
    terminal = Terminal(io.StringIO(), Tty(), {})
    watched = Watched(replies(PAGES, resume_token="go"), terminal, ticking(0.0))

    assert list(watched) == PAGES
    assert (watched.items, watched.order) == ("Items", ["Pool", "Items", "NextToken"])
    assert watched.resume_token == "go"


def test_a_watched_list_counts_its_items(replies):
    """A list of unknown length shows how many items came."""
    err = Tty()
    environ = {"COLUMNS": "80", "LINES": "24", "TERM": "xterm"}
    list(Watched(replies(PAGES), Terminal(io.StringIO(), err, environ), ticking(2.0)))

    assert "Items: fetched" in err.getvalue()
