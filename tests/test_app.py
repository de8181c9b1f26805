import io

import pytest

from cogid import argv
from cogid.app import App
from cogid.cli import Cogid
from cogid.errors import CogidError
from cogid.terminal import Terminal


def started(terminal, environ, *words):
    """Begin a run on that terminal."""
    app = App(terminal, environ)
    app.line = argv.parse(words, Cogid())
    return app


def test_settings_are_made_when_they_are_asked_for(tmp_path):
    """A configuration file that is broken stops no command that needs none."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text("broken")
    app = started(Terminal(io.StringIO(), io.StringIO(), {}), {"HOME": str(tmp_path)})

    with pytest.raises(CogidError, match="Unable to parse config file"):
        app.settings  # noqa: B018 - it is made here


def test_another_line_is_a_run_of_its_own():
    """What was prompted for runs in the same surroundings, and is not prompted for again."""
    app = started(Terminal(io.StringIO(), io.StringIO(), {}), {})
    again = app.again()

    assert (again.terminal, again.environ) == (app.terminal, app.environ)
    assert again.prompted
