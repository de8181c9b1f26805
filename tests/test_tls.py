"""TLS, with a server and an authority of the tests' own."""

import datetime as dt
import ipaddress
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer  # noqa: TID253 - the service

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

POOL = ("describe-identity-pool", "--identity-pool-id", "us-east-1:p")
ONE_TRY = {"AWS_MAX_ATTEMPTS": "1"}
PEM = serialization.Encoding.PEM


def name(text):
    """Name a certificate."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer, issuer_key, *, is_authority):
    """Make a certificate of a day, for 127.0.0.1 unless it is an authority's."""
    now = dt.datetime.now(dt.timezone.utc)
    day = dt.timedelta(days=1)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if not is_authority:
        made = made.add_extension(x509.SubjectAlternativeName([address]), critical=False)
    return made.sign(issuer_key, hashes.SHA256())


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        """Answer with a pool."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        body = b'{"IdentityPoolName": "p"}'
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_):
        """Say nothing of clients that do not like the certificate."""


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """Serve over TLS; gives the URL and the file with the authority's certificate."""
    folder = tmp_path_factory.mktemp("tls")
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = certificate("CA", authority_key, "CA", authority_key, is_authority=True)
    server_s = certificate("127.0.0.1", key, "CA", authority_key, is_authority=False)
    (folder / "ca.pem").write_bytes(authority.public_bytes(PEM))
    secret = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(secret + server_s.public_bytes(PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    server = _Server(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}", str(folder / "ca.pem")
    server.shutdown()
    server.server_close()


def test_a_server_that_nobody_vouches_for_is_not_talked_to(cogid, tls):
    """Certificates are verified unless told otherwise."""
    url, _ = tls
    result = cogid(*POOL, "--endpoint-url", url, env=ONE_TRY)

    assert (result.code, result.out) == (255, "")
    assert "SSL validation failed" in result.err


def test_the_bundle_of_the_flag_is_believed(cogid, tls):
    """--ca-bundle names the authorities."""
    url, bundle = tls

    assert cogid(*POOL, "--endpoint-url", url, "--ca-bundle", bundle, env=ONE_TRY).code == 0


@pytest.mark.parametrize("variable", ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
def test_the_bundle_of_the_environment_is_believed(cogid, tls, variable):
    """Both variables are botocore's to look at."""
    url, bundle = tls

    assert cogid(*POOL, "--endpoint-url", url, env={**ONE_TRY, variable: bundle}).code == 0


def test_verification_can_be_turned_off(cogid, tls):
    """--no-verify-ssl wins over a bundle that does not help."""
    url, _ = tls
    env = {**ONE_TRY, "AWS_CA_BUNDLE": "/no/such/file"}

    with pytest.warns(Warning, match="Unverified HTTPS request"):
        assert cogid(*POOL, "--endpoint-url", url, "--no-verify-ssl", env=env).code == 0
