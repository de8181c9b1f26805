import shlex
import sys
from importlib import util

from cogid import install


def test_the_command_is_for_the_python_that_runs():
    """Whatever else is on the path, the package lands beside cogid."""
    words = shlex.split(install.command("moto[server]", "joserfc"))

    assert words == [sys.executable, "-m", "pip", "install", "moto[server]", "joserfc"]


def test_without_pip_uv_is_named(monkeypatch):
    """Environments that uv or pipx made may have no pip in them."""
    monkeypatch.setattr(util, "find_spec", lambda _name: None)

    assert shlex.split(install.command("x")) == ["uv", "pip", "install", "-p", sys.executable, "x"]
