"""The main job against moto's own server: a party that none of us wrote."""

import pytest

pytest.importorskip("moto.server", reason="moto is not installed: pip install -e '.[local]'")

CREATE = ("create-identity-pool", "--identity-pool-name")


@pytest.fixture(scope="module")
def moto():
    """Run moto's server for the tests of this module."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def run(cogid, moto):
    """Run a command against moto and give what it printed."""

    def run(*words):
        result = cogid(*words, env={"AWS_ENDPOINT_URL": moto})
        assert (result.code, result.err) == (0, "")
        return result

    return run


@pytest.fixture
def pool(run):
    """Make a pool that takes guests and developers' users."""
    made = run(
        *CREATE,
        "shop",
        "--allow-unauthenticated-identities",
        *("--developer-provider-name", "login.shop"),
        *("--supported-login-providers", "graph.facebook.com=7346241598935555"),
    )
    return made.json["IdentityPoolId"]


def test_a_pool_is_described_as_it_was_made(run, pool):
    """What create sends is what describe prints."""
    described = run("describe-identity-pool", "--identity-pool-id", pool).json

    assert described["IdentityPoolName"] == "shop"
    assert described["AllowUnauthenticatedIdentities"] is True
    assert described["SupportedLoginProviders"] == {"graph.facebook.com": "7346241598935555"}


def test_pools_are_listed_without_a_page_size(run, pool):
    """A list needs no --max-results, whoever answers."""
    ids = run("list-identity-pools", "--query", "IdentityPools[].IdentityPoolId").json

    assert pool in ids


def test_a_pool_is_updated_from_a_file(run, pool, tmp_path):
    """A skeleton filled in, with a flag over it, is an update."""
    sample = tmp_path / "pool.json"
    sample.write_text(
        f'{{"IdentityPoolId": "{pool}", "IdentityPoolName": "x",'
        ' "AllowUnauthenticatedIdentities": false}'
    )
    words = ("--cli-input-json", f"file://{sample}", "--allow-unauthenticated-identities")
    updated = run("update-identity-pool", *words).json

    assert updated["AllowUnauthenticatedIdentities"] is True


def test_a_guest_gets_an_identity_a_token_and_credentials(run, pool):
    """The three public operations work one after the other."""
    identity = run("get-id", "--identity-pool-id", pool).json["IdentityId"]
    listed = run(
        *("list-identities", "--identity-pool-id", pool),
        *("--query", "Identities[].IdentityId", "--output", "text"),
    )
    token = run("get-open-id-token", "--identity-id", identity).json
    credentials = run("get-credentials-for-identity", "--identity-id", identity).json

    assert listed.out == f"{identity}\n"
    assert token["IdentityId"] == identity
    assert set(credentials["Credentials"]) == {
        "AccessKeyId",
        "SecretKey",
        "SessionToken",
        "Expiration",
    }


def test_a_developers_user_gets_a_token(run, pool):
    """Shorthand maps reach the service."""
    answer = run(
        *("get-open-id-token-for-developer-identity", "--identity-pool-id", pool),
        *("--logins", "login.shop=user-1", "--token-duration", "60"),
    ).json

    assert set(answer) == {"IdentityId", "Token"}


def test_a_deleted_pool_is_gone(run, cogid, moto, pool):
    """A void operation prints nothing, and the service's refusal is 254."""
    deleted = run("delete-identity-pool", "--identity-pool-id", pool)
    again = cogid(
        *("describe-identity-pool", "--identity-pool-id", pool), env={"AWS_ENDPOINT_URL": moto}
    )

    assert deleted.out == ""
    assert again.code == 254
    assert "ResourceNotFoundException" in again.err
