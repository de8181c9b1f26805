"""The keys of an issuer: fetched within bounds, and what they say of a signature."""

import datetime as dt
import ipaddress
import json
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer  # noqa: TID253 - an issuer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from joserfc import jws
from joserfc.jwk import RSAKey

from cogid import issuer_keys
from cogid.claims import Token
from cogid.errors import CogidError, UsageError

CONFIGURATION = "/.well-known/openid-configuration"
KEY = RSAKey.generate_key(2048, {"kid": "k1"})
OTHER = RSAKey.generate_key(2048, {"kid": "k2"})
PEM = serialization.Encoding.PEM


def public(*keys):
    """Give the key set that an issuer publishes."""
    return {"keys": [{**key.as_dict(private=False), "kid": key.kid} for key in keys]}


def token(key=KEY, kid="k1", **claims):
    """Sign a token."""
    header = {"alg": "RS256", **({"kid": kid} if kid else {})}
    return jws.serialize_compact(header, json.dumps({"sub": "jane", **claims}).encode(), key)


class _Handler(BaseHTTPRequestHandler):
    pages = {}  # noqa: RUF012 - replaced for each test

    def do_GET(self):
        """Answer with a page, which may be a redirection or drip."""
        found = self.pages.get(self.path)
        if isinstance(found, str):
            self.send_response(302)
            self.send_header("Location", found)
            self.end_headers()
            return
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        self.send_response(404 if found is None else 200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Say nothing of clients that hang up early."""


@pytest.fixture(scope="module")
def _served(tmp_path_factory):
    """Serve over TLS with a certificate that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "issuer")])
    now, day = dt.datetime.now(dt.timezone.utc), dt.timedelta(days=1)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("issuer") / "issuer.pem"
    secret = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + made.public_bytes(PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}", str(file)
    server.shutdown()
    server.server_close()


@pytest.fixture
def issuer(_served, monkeypatch):
    """Give the issuer's URL, its certificate, and its pages, which a test changes."""
    url, bundle = _served
    monkeypatch.setenv("NO_PROXY", "*")
    _Handler.pages = {CONFIGURATION: {"jwks_uri": f"{url}/keys"}, "/keys": public(KEY)}
    return url, bundle, _Handler.pages


def test_keys_are_where_the_configuration_says(issuer):
    """As OpenID Connect Discovery has it."""
    url, bundle, _ = issuer

    assert issuer_keys.fetch(url, bundle) == public(KEY)["keys"]
    assert issuer_keys.fetch(f"{url}/", bundle) == public(KEY)["keys"]
    assert issuer_keys.fetch(url.removeprefix("https://"), bundle) == public(KEY)["keys"]


def test_an_issuer_that_nobody_vouches_for_is_not_believed(issuer):
    """Its keys would be anybody's."""
    with pytest.raises(CogidError, match="certificate verify failed"):
        issuer_keys.fetch(issuer[0], None)

    assert issuer_keys.fetch(issuer[0], verify=False) == public(KEY)["keys"]


NOT_ASKED = ["http://127.0.0.1:1", "file:///etc/passwd", "https://user@a.example", "https://"]


@pytest.mark.parametrize("place", NOT_ASKED)
def test_only_https_is_asked(place):
    """Nothing is read that is a file, in the clear, or carries a name."""
    with pytest.raises(UsageError, match="asks https:// URLs only"):
        issuer_keys.fetch(place, None)


def test_a_key_set_in_the_clear_is_not_read(issuer):
    """Neither where the configuration names it, nor after a redirection."""
    url, bundle, pages = issuer
    pages[CONFIGURATION] = {"jwks_uri": "http://127.0.0.1:1/keys"}
    with pytest.raises(UsageError, match="asks https:// URLs only"):
        issuer_keys.fetch(url, bundle)

    pages[CONFIGURATION] = "http://127.0.0.1:1/"
    with pytest.raises(UsageError, match="asks https:// URLs only"):
        issuer_keys.fetch(url, bundle)


def test_redirections_are_followed_but_not_for_ever(issuer):
    """A few are usual."""
    url, bundle, pages = issuer
    pages["/keys"], pages["/moved"] = f"{url}/moved", public(KEY)
    assert issuer_keys.fetch(url, bundle) == public(KEY)["keys"]

    pages["/moved"] = f"{url}/keys"
    with pytest.raises(CogidError, match="No keys from"):
        issuer_keys.fetch(url, bundle)


BROKEN = [
    # path, page, what is told
    (CONFIGURATION, None, "HTTP 404"),
    (CONFIGURATION, b"{", "its reply is no JSON"),
    (CONFIGURATION, [], "publishes no jwks_uri"),
    (CONFIGURATION, {"jwks_uri": 5}, "publishes no jwks_uri"),
    ("/keys", {}, "There are no keys"),
    ("/keys", {"keys": [1]}, "There are no keys"),
    ("/keys", b"[" * 100_000, "its reply is no JSON"),
    ("/keys", b" " * 1_000_001, "gives more than 1000000 bytes"),
]


@pytest.mark.parametrize(("path", "page", "told"), BROKEN)
def test_what_is_no_key_set_is_told(issuer, path, page, told):
    """An issuer may answer anything."""
    url, bundle, pages = issuer
    pages[path] = page
    with pytest.raises(CogidError, match=told):
        issuer_keys.fetch(url, bundle)


def test_an_issuer_that_drips_is_left(issuer, monkeypatch):
    """The time is that of the whole document."""
    url, bundle, _ = issuer
    monkeypatch.setattr(issuer_keys, "SECONDS", 0.3)

    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b" ")
            time.sleep(0.05)

    monkeypatch.setattr(_Handler, "do_GET", drip)
    begun = time.monotonic()
    with pytest.raises(CogidError, match="takes longer than"):
        issuer_keys.fetch(url, bundle)

    assert time.monotonic() - begun < 1.5


def test_a_bundle_that_is_not_there_is_told():
    """Before anything is asked."""
    with pytest.raises(CogidError, match="Cannot read the CA bundle /nowhere"):
        issuer_keys.fetch("https://127.0.0.1:1", "/nowhere")


JUDGED = [
    # token, keys, state, what is told
    (token(), (KEY,), "ok", "verified: one of the keys made it"),
    (token(kid=None), (OTHER, KEY), "ok", "verified: one of the keys made it"),
    (token(OTHER), (KEY,), "wrong", "not made by any of the keys"),
    (token()[:-8] + "AAAAAAAA", (KEY,), "wrong", "not made by any of the keys"),
    (token(kid="k3"), (KEY, OTHER), "wrong", "none of the 2 keys is the one that it names (kid)"),
    (f" {token()}\n", (KEY,), "ok", "verified"),
]


@pytest.mark.parametrize(("text", "keys", "state", "told"), JUDGED)
def test_a_signature_is_judged(text, keys, state, told):
    """By the keys that are at hand."""
    found = issuer_keys.judge(Token(text), public(*keys)["keys"])

    assert (found.name, found.state) == ("signature", state)
    assert told in found.told


def test_a_shared_secret_is_no_key_pair():
    """Who knows the public key could have signed with it as a secret."""
    public_key = public(KEY)["keys"][0]
    secret = {"kty": "oct", "k": public_key["n"]}
    from joserfc.jwk import OctKey

    forged = jws.serialize_compact({"alg": "HS256"}, b"{}", OctKey.import_key(secret))

    assert issuer_keys.judge(Token(forged), [public_key, secret]).state == "wrong"
