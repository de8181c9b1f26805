"""The classic errors as a user meets them: from the local service, by the program itself."""

from __future__ import annotations

import base64
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

USER_POOL = "cognito-idp.us-east-1.amazonaws.com/us-east-1_A"
OTHER_POOL = "cognito-idp.us-east-1.amazonaws.com/us-east-1_B"
ROLE = "arn:aws:iam::123456789012:role/Staff"
SERVICE = "cognito-identity.amazonaws.com"
HOURS = 3 * 3600 + 12 * 60


def token(issuer: str = USER_POOL, **claims: Any) -> str:
    """Make a token that the local service takes, for an hour; a claim of None is left out."""
    usual = {"iss": f"https://{issuer}", "sub": "u", "aud": "client1", "exp": time.time() + 3600}
    payload = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    parts = (json.dumps(each).encode() for each in ({"alg": "RS256"}, payload))
    encoded = [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


class Local:
    """The local service with a pool that takes a user pool, guests and a developer's users."""

    def __init__(self, cogid: Any, program: Any, db: str) -> None:
        self._cogid = cogid
        self._program = program
        self._env = {"COGID_LOCAL_DB": db}
        self.pool = self.make("--allow-unauthenticated-identities")

    def make(self, *flags: str) -> str:
        """Make a pool and give its id."""
        providers = f"ProviderName={USER_POOL},ClientId=client1"
        words = ("--cognito-identity-providers", providers, "--developer-provider-name", "dev")
        made = self.ask("create-identity-pool", "--identity-pool-name", "shop", *words, *flags)
        return str(made["IdentityPoolId"])

    def ask(self, *words: str) -> Any:
        """Run a command that works and give its reply."""
        result = self._cogid(*words, "--local", env=self._env)
        assert result.err == ""
        return result.out and result.json

    def identity(self, *words: str) -> str:
        """Give the id of an identity."""
        return str(self.ask("get-id", "--identity-pool-id", self.pool, *words)["IdentityId"])

    def hint(self, *words: str) -> str:
        """Run a command that fails, in a process of its own, and give its hint."""
        result = self._program(*words, "--local", env=self._env)
        *_, last = result.err.splitlines()
        assert result.code == 254
        assert last.startswith("hint: ")
        return str(last.removeprefix("hint: "))


@pytest.fixture
def local(cogid: Any, program: Any, tmp_path: Any) -> Local:
    """Give the local service with a pool."""
    return Local(cogid, program, str(tmp_path / "state.db"))


def logins(key: str = USER_POOL, value: str | None = None) -> tuple[str, str]:
    """Give the flag with a token."""
    return "--logins", json.dumps({key: value or token()})


def roles(local: Local, **mapping: Any) -> list[str]:
    """Give the words that set a role, and a mapping of the user pool."""
    words = ["set-identity-pool-roles", "--identity-pool-id", local.pool]
    words += ["--roles", f"authenticated={ROLE}"]
    if mapping:
        words += ["--role-mappings", json.dumps({f"{USER_POOL}:client1": mapping})]
    return words


def get_id(local: Local, *words: str) -> list[str]:
    """Give the words of get-id."""
    return ["get-id", "--identity-pool-id", local.pool, *words]


def credentials(identity: str, *words: str) -> list[str]:
    """Give the words of get-credentials-for-identity."""
    return ["get-credentials-for-identity", "--identity-id", identity, *words]


def _unsupported(local: Local) -> list[str]:
    return get_id(local, *logins(value=token(aud="client2")))


def _no_role(local: Local) -> list[str]:
    return credentials(local.identity(*logins()), *logins())


def _no_match(local: Local) -> list[str]:
    return credentials(local.identity(*logins()), *logins(value=token(sub="other")))


def _no_guests(local: Local) -> list[str]:
    local.pool = local.make("--no-allow-unauthenticated-identities")
    return get_id(local)


def _classic_off(local: Local) -> list[str]:
    local.pool = local.make("--allow-unauthenticated-identities", "--no-allow-classic-flow")
    return ["get-open-id-token", "--identity-id", local.identity()]


def _classic_and_mappings(local: Local) -> list[str]:
    local.ask(*roles(local, Type="Token", AmbiguousRoleResolution="Deny"))
    return ["get-open-id-token", "--identity-id", local.identity()]


def _other_issuer(local: Local) -> list[str]:
    return get_id(local, *logins(value=token(OTHER_POOL)))


def _scheme(local: Local) -> list[str]:
    return get_id(local, *logins(f"https://{USER_POOL}"))


def _access_token(local: Local) -> list[str]:
    return get_id(local, *logins(value=token(aud=None, token_use="access")))


def _role_forbidden(local: Local) -> list[str]:
    words = ["set-identity-pool-roles", "--identity-pool-id", local.pool]
    return [*words, "--roles", "authenticated=a-role-by-its-name-alone"]


def _signed_in_as_guest(local: Local) -> list[str]:
    return credentials(local.identity(*logins()))


def _expired(local: Local) -> list[str]:
    return get_id(local, *logins(value=token(exp=int(time.time()) - HOURS - 5)))


def _opaque(local: Local) -> list[str]:
    return get_id(local, *logins(value="ya29.opaque"))


def _developer_as_public(local: Local) -> list[str]:
    return get_id(local, *logins("dev", "alice"))


def _own_token(local: Local) -> list[str]:
    return get_id(local, *logins(SERVICE))


def _foreign_as_own(local: Local) -> list[str]:
    return credentials(local.identity(), *logins(SERVICE))


def _other_developer(local: Local) -> list[str]:
    words = ["get-open-id-token-for-developer-identity", "--identity-pool-id", local.pool]
    return [*words, *logins("dav", "alice")]


def _ambiguous(local: Local) -> list[str]:
    local.ask(*roles(local, Type="Token", AmbiguousRoleResolution="Deny"))
    return credentials(local.identity(*logins()), *logins())


def _mapping_key(local: Local) -> list[str]:
    mapping = {USER_POOL: {"Type": "Token", "AmbiguousRoleResolution": "Deny"}}
    return [*roles(local), "--role-mappings", json.dumps(mapping)]


def _user_pool_by_id(_: Local) -> list[str]:
    words = ["create-identity-pool", "--identity-pool-name", "shop"]
    words += ["--no-allow-unauthenticated-identities", "--cognito-identity-providers"]
    return [*words, "ProviderName=us-east-1_A,ClientId=client1"]


def _other_region(local: Local) -> list[str]:
    return ["describe-identity-pool", "--identity-pool-id", local.pool, "--region", "eu-west-1"]


def _capitals(_: Local) -> list[str]:
    pool = "us-east-1:11A86FA8-fc2c-46da-a38b-e46762e447ed"
    return ["describe-identity-pool", "--identity-pool-id", pool]


def _id_for_arn(_: Local) -> list[str]:
    pool = "us-east-1:11a86fa8-fc2c-46da-a38b-e46762e447ed"
    return ["list-tags-for-resource", "--resource-arn", pool]


CASES = [
    (
        _unsupported,
        (
            f"the token under {USER_POOL} is for client id client2; the pool must list it with "
            "that user pool among its CognitoIdentityProviders (describe-identity-pool shows them)"
        ),
    ),
    (_no_role, "get-identity-pool-roles must show a role for authenticated, and its trust policy…"),
    (_no_match, "the identity belongs to another user or another pool than these logins…"),
    (_no_guests, "without --logins this is a guest's call, and the pool takes none…"),
    (_classic_off, "get-credentials-for-identity with the same --identity-id gives credentials…"),
    (_classic_and_mappings, "get-credentials-for-identity with the same --identity-id gives…"),
    (
        _other_issuer,
        f"the token under {USER_POOL} was issued by {OTHER_POOL}; pass it under that name",
    ),
    (_scheme, f"in --logins the provider is called {USER_POOL}, without https://"),
    (
        _access_token,
        f"the token under {USER_POOL} is an access token; pass the id token of the same sign-in",
    ),
    (_role_forbidden, "that is no role's ARN: arn:aws:iam::ACCOUNT:role/NAME"),
    (_signed_in_as_guest, "the identity is a signed-in user's, or disabled: pass a token of one…"),
    (_expired, f"the token under {USER_POOL} expired 3 h 12 min ago; sign in again for a new one"),
    (_opaque, f"the token under {USER_POOL} is no JWT (three parts with dots between); an id…"),
    (_developer_as_public, "the keys of --logins are the pool's providers…"),
    (_own_token, "that token was made for one identity already: leave this step out…"),
    (
        _foreign_as_own,
        f"the token under {SERVICE} was issued by {USER_POOL}; pass it under that name",
    ),
    (_other_developer, "a key of --logins must be the pool's DeveloperProviderName;…"),
    (_ambiguous, "the token names no role (is the user in a group that has one?), or none of…"),
    (
        _mapping_key,
        f"the key of a user pool's mapping is its name and a client id: {USER_POOL}:CLIENTID",
    ),
    (_user_pool_by_id, f"the ProviderName of that user pool is {USER_POOL}"),
    (_other_region, "the id is of us-east-1, but eu-west-1 was asked; try --region us-east-1"),
    (
        _capitals,
        (
            "--identity-pool-id takes the id alone, in lower case: "
            "us-east-1:11a86fa8-fc2c-46da-a38b-e46762e447ed"
        ),
    ),
    (
        _id_for_arn,
        (
            "--resource-arn takes the pool's ARN: arn:aws:cognito-identity:us-east-1:ACCOUNT:"
            "identitypool/us-east-1:11a86fa8-fc2c-46da-a38b-e46762e447ed"
        ),
    ),
]


@pytest.mark.parametrize(("words", "hint"), CASES, ids=[words.__name__[1:] for words, _ in CASES])
def test_the_local_service_s_error_gets_its_hint(
    local: Local, words: Callable[[Local], list[str]], hint: str
) -> None:
    """The hint stands under the error; long ones are compared up to the …."""
    said = local.hint(*words(local))

    assert said.startswith(hint[:-1]) if hint.endswith("…") else said == hint


@pytest.mark.parametrize("error_format", ["legacy", "json", "yaml", "text", "table"])
def test_other_error_formats_have_no_hint(local: Local, program: Any, error_format: str) -> None:
    """Hints are for people: only the enhanced format has them."""
    words = ("--local", "--cli-error-format", error_format)
    result = program(*_other_region(local), *words)

    assert result.code == 254
    assert "hint" not in result.err
