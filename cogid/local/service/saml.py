"""SAML assertions, read as far as an identity pool needs them.

Takes a base64 response or assertion and gives its subject and attributes as if they were claims.
The signature and the conditions of the assertion are **not** checked: this service has no
metadata of SAML providers to check them by.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cogid.local.service.call import Json


def read(encoded: str) -> Json | None:
    """Give the assertion's attributes, with its NameID as ``sub``; None when it is no XML.

    Without a NameID the assertion itself stands for the user, as an opaque token does.
    """
    import xml.etree.ElementTree as ET  # no document with a DTD reaches it

    try:
        document = base64.b64decode(encoded, validate=True)
        plain = document.replace(b"\0", b"")  # UTF-16 hides nothing
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            return None
        root = ET.fromstring(document)  # noqa: S314
    except (ValueError, LookupError, ET.ParseError):
        return None
    name = root.findtext(".//{*}NameID")
    claims: Json = {"sub": (name or hashlib.sha256(document).hexdigest()).strip()}
    for attribute in root.iterfind(".//{*}Attribute"):
        claims[attribute.get("Name", "")] = [(each.text or "").strip() for each in attribute]
    return claims
