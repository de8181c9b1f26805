"""Files of keys for ``--trust``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cogid.errors import UsageError
from cogid.local.http.trust import read_keys

if TYPE_CHECKING:
    from pathlib import Path

BAD_TRUST = [
    # words of the flag, text of the file, part of the message
    ("issuer.example", None, "takes ISSUER=FILE"),
    ("=x.json", None, "takes ISSUER=FILE"),
    ("issuer.example=missing.json", None, "cannot read"),
    ("issuer.example=x.json", "{", "is not JSON"),
    ("issuer.example=x.json", "[]", "is no JWKS"),
    ("issuer.example=x.json", '{"keys": [{"kid": "1"}]}', "is no JWKS"),
    ("issuer.example=x.json", "3", "is no JWKS"),
]


@pytest.mark.parametrize(("words", "text", "message"), BAD_TRUST)
def test_a_bad_trust_file_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: Any,
    text: str | None,
    message: str,
) -> None:
    """The message names the flag's words and what is wrong with them."""
    monkeypatch.chdir(tmp_path)
    if text is not None:
        (tmp_path / "x.json").write_text(text)

    with pytest.raises(UsageError, match=message) as refused:
        read_keys(words)
    assert "--trust" in refused.value.message
