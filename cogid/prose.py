"""The model's HTML in, plain paragraphs and lists out.

The model uses a dozen tags of HTML (p, ul, li, code, a, i, b, important, note, ...); tags it does
not use yet are dropped and their text kept. Small, because ``html.parser`` alone takes longer to
load than a whole page of help takes to print.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:[^<>A-Za-z0-9][^<>]*)?)>")
_ENTITY = re.compile(r"&(#\d+|#[xX][0-9a-fA-F]+|\w+);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " "}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_ENDS = re.compile(
    r"p|[uod]l|li|d[dt]|div|br|pre|table|t[rd]|h[1-6]|important|note|fullname", re.IGNORECASE
)
_LINK = "\x00"  # where a link begins
_SENTENCE = re.compile(rf"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+(?=[A-Z\"'({_LINK}])")


class Paragraph(NamedTuple):
    """Plain text on one line; ``bullet`` says that it is an item of a list."""

    text: str
    bullet: bool = False


def paragraphs(html: str) -> list[Paragraph]:
    """Give the paragraphs and list items of the HTML, in order."""
    done: list[Paragraph] = []
    text, bullet, label = "", 0, ""
    position = 0
    # </code> before two letters lacks its space in the model ("PrincipalTags</code>operation");
    # before one it is a plural ("IdentityId</code>s").
    html = re.sub(r"</code>(?=[A-Za-z]{2})", "</code> ", html)
    for tag in [*_TAG.finditer(html), None]:
        text += html[position : tag.start() if tag else len(html)]
        if tag is None or _ENDS.fullmatch(tag[2]):
            if line := plain(text):
                done.append(Paragraph(label + line, bullet > 0))
                label = ""
            text = ""
        if tag is None:
            break
        text += _LINK if "href" in tag[3] else ""
        position = tag.end()
        name, closes = tag[2].lower(), tag[1] == "/"
        if name in ("ul", "ol", "dl"):
            bullet += -1 if closes else 1
        elif name in ("important", "note") and not closes:
            label = f"{name.capitalize()}: "
    return done


def plain(text: str) -> str:
    """Put text on one line, its entities resolved, without control characters.

    A sentence that says to see a link is left out: there is nothing to click on.
    """
    sentences = _SENTENCE.split(text)
    told = [each for each in sentences if _LINK not in each or not re.search(r"\bsee\b", each)]
    resolved = _ENTITY.sub(_character, " ".join(told).replace(_LINK, ""))
    return " ".join(_CONTROL.sub(" ", resolved).split())


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    if name in _ENTITIES:
        return _ENTITIES[name]
    import html  # the two thousand names of HTML 5, for a model that uses one of them

    return html.unescape(entity[0])


def first_sentence(html: str) -> str:
    """Give the first sentence of the HTML, or "" when it says nothing."""
    said = paragraphs(html)
    return _SENTENCE.split(said[0].text, maxsplit=1)[0] if said else ""


def links(html: str) -> list[str]:
    """Give the addresses that the HTML links to, each once, without ``https://``: they are long."""
    return list(dict.fromkeys(re.findall(r"""<a\s[^<>]*href=["']https?://([^"'<>\s]+)""", html)))
