"""``cogid token``: what is printed of a token, and what never is."""

import json
import re
import time

import pytest
from joserfc import jws
from joserfc.jwk import RSAKey

USER_POOL = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A"
KEY = RSAKey.generate_key(2048, {"kid": "k1"})
JWKS = json.dumps({"keys": [KEY.as_dict(private=False)]})
NOW = int(time.time())


def token(**claims):
    """Sign a user's token."""
    usual = {"iss": f"https://{USER_POOL}", "aud": "app", "sub": "jane", "exp": NOW + 3600}
    payload = json.dumps({**usual, "token_use": "id", **claims}).encode()
    return jws.serialize_compact({"alg": "RS256", "kid": "k1"}, payload, KEY)


def files(**claims):
    """Put a token into a file that nobody else can read."""
    return {"t.jwt": token(**claims), "keys.json": JWKS}


def test_header_claims_and_findings_are_printed(cogid):
    """For a program as JSON, and nothing is sent."""
    result = cogid("token", "@t.jwt", files=files())
    told = result.json

    assert result.code == 0
    assert told["Header"] == {"alg": "RS256", "kid": "k1"}
    assert told["Claims"]["sub"] == "jane"
    assert (told["Provider"], told["Usable"]) == (USER_POOL, True)
    assert {each["Name"] for each in told["Findings"]} >= {"kind", "time", "issuer", "audience"}


def test_a_person_sees_a_table_and_the_findings_under_it(cogid):
    """Times are dates as well."""
    result = cogid("token", "@t.jwt", files=files(), tty=True, env={"NO_COLOR": "1", "PAGER": ""})

    assert re.search(rf"exp +│ {NOW + 3600}  \(20\d\d-\d\d-\d\d ", result.out)
    assert f"ok       issuer     in --logins it goes under {USER_POOL}\n" in result.out


def test_the_signature_is_never_printed(cogid):
    """In no format, nor with --debug, nor for a person."""
    given = files()
    signature = given["t.jwt"].rpartition(".")[2]
    runs = [
        cogid("token", "@t.jwt", *words, files=given, tty=tty)
        for words in ([], ["--output", "yaml"], ["--output", "table"], ["--debug"])
        for tty in (False, True)
    ]

    assert all(signature[:20] not in each.out + each.err for each in runs)
    assert all(given["t.jwt"][:60] not in each.out + each.err for each in runs)


def test_a_token_in_a_claim_is_shortened(cogid):
    """Some providers put one token into another."""
    inner = token()
    result = cogid("token", "@t.jwt", files=files(act=[{"t": inner}]))

    assert inner[:40] not in result.out
    assert result.json["Claims"]["act"] == [{"t": f"eyJh…{inner[-4:]}"}]


UNUSABLE = [
    # claims, what is told
    ({"exp": NOW - 174_600}, "expired 2 d 0 h ago"),
    ({"token_use": "access"}, "an access token; identity pools take id tokens"),
]


@pytest.mark.parametrize(("claims", "told"), UNUSABLE)
def test_a_token_that_could_not_be_used_ends_with_1(cogid, claims, told):
    """What is wrong is printed all the same."""
    result = cogid("token", "@t.jwt", files=files(**claims))

    assert (result.code, result.json["Usable"]) == (1, False)
    assert f"An identity pool would not take the token: {told}" in result.err


def test_query_picks_from_what_is_found(cogid):
    """As from any reply."""
    query = 'Claims."cognito:groups"[0]'
    words = ("token", "@t.jwt", "--query", query, "--output", "text")

    assert cogid(*words, files=files(**{"cognito:groups": ["a"]})).out == "a\n"


def test_without_a_source_standard_input_is_read(cogid):
    """As a filter."""
    assert cogid("token", stdin=token()).json["Claims"]["aud"] == "app"
    assert cogid("token", "env:T", env={"T": token()}).json["Claims"]["aud"] == "app"


def test_what_is_no_token_is_told_without_a_word_of_it(cogid):
    """It may be a secret of another kind."""
    secret = "EAACEdEose0cBAJsomethingOpaque"
    result = cogid("token", "@t.jwt", files={"t.jwt": secret})

    assert (result.code, result.json["Claims"]) == (1, {})
    assert secret not in result.out + result.err
    assert "is no JWT" in result.err


def test_keys_verify_the_signature(cogid):
    """A changed token is found out."""
    given = files()
    words = ("token", "@t.jwt", "--keys", "keys.json", "--query", "Findings[-1].State")
    changed = token(sub="joe").split(".")
    forged = ".".join([*changed[:2], given["t.jwt"].rpartition(".")[2]])

    assert cogid(*words, files=given).json == "ok"
    result = cogid(*words, files={**given, "t.jwt": forged})
    assert (result.code, result.json) == (1, "wrong")


def test_keys_that_are_none_are_told(cogid):
    """With the flag that named them."""
    given = files()
    for content, told in (("{}", "is no JWKS"), ("{", "is not JSON")):
        result = cogid("token", "@t.jwt", "--keys", "k", files={**given, "k": content})
        assert result.code == 252
        assert f"argument --keys: k {told}" in result.err
    assert "cannot read nope" in cogid("token", "@t.jwt", "--keys", "nope", files=given).err


def test_keys_are_given_or_fetched(cogid):
    """Not both."""
    result = cogid("token", "@t.jwt", "--keys", "k", "--fetch-keys", files=files())

    assert (result.code, "not allowed with" in result.err) == (252, True)


def test_an_issuer_in_the_clear_is_not_asked(cogid):
    """Before anything is sent."""
    result = cogid("token", "@t.jwt", "--fetch-keys", files=files(iss="http://127.0.0.1:1"))

    assert (result.code, "asks https:// URLs only" in result.err) == (252, True)


def test_the_local_services_own_tokens_are_verified(cogid, tmp_path):
    """--fetch-keys takes their keys from its state."""
    local = ("--local", "--local-db", "state.db")
    pool = cogid(
        "create-identity-pool",
        *("--identity-pool-name", "p", "--allow-unauthenticated-identities", *local),
    ).json["IdentityPoolId"]
    identity = cogid("get-id", "--identity-pool-id", pool, *local).json["IdentityId"]
    made = cogid("get-open-id-token", "--identity-id", identity, *local).json["Token"]
    words = ("token", "-", "--fetch-keys", "--query", "Findings[?Name=='signature'].State", *local)

    assert cogid(*words, stdin=made).json == ["ok"]
    assert (tmp_path / "state.db").exists()


def test_a_misspelt_flag_is_not_taken_for_the_token(cogid):
    """The one argument of a command is no flag, unless it stands behind --."""
    result = cogid("token", "--nope")

    assert (result.code, "Unknown options: --nope" in result.err) == (252, True)
    assert cogid("token", "--", "--nope").code == 1


@pytest.mark.parametrize("words", [("token", "-"), ("doctor",), ("explain", "x")])
def test_a_bad_query_costs_no_call(cogid, service, words):
    """It is told before anything is looked at."""
    result = cogid(*words, "--query", "[", stdin=token())

    assert (result.code, result.out, service.requests) == (252, "", [])
    assert "Bad value for --query" in result.err
