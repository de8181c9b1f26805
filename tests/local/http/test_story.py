"""From a user's password to AWS credentials: user pool, identity, credentials, STS."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogid.local import Url

_GIVES_OUT = """
import json, sys
from cogid.local import handle
db, pool = sys.argv[1:]
identity = handle("GetId", {"IdentityPoolId": pool}, db=db)["IdentityId"]
made = handle("GetCredentialsForIdentity", {"IdentityId": identity}, db=db)["Credentials"]
print(json.dumps(made))
"""
ROLE = "arn:aws:iam::123456789012:role/Member"


class Story:
    """A user pool at moto, an identity pool at cogid that trusts it, and a user signed in."""

    def __init__(self, client: Callable[..., Any], region: str = "us-east-1") -> None:
        self.client = client
        self.region = region
        self.users = client("cognito-idp", region_name=region)
        self.service = client(region_name=region)
        self.anyone = client(signed=False, region_name=region)
        pool_id = self.users.create_user_pool(PoolName="people")["UserPool"]["Id"]
        self.app = self.users.create_user_pool_client(
            UserPoolId=pool_id,
            ClientName="app",
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )["UserPoolClient"]["ClientId"]
        self.provider = f"cognito-idp.{region}.amazonaws.com/{pool_id}"
        self.token = self.signed_in(pool_id, "ada")
        self.pool = self.service.create_identity_pool(
            IdentityPoolName="app",
            AllowUnauthenticatedIdentities=False,
            CognitoIdentityProviders=[{"ProviderName": self.provider, "ClientId": self.app}],
        )["IdentityPoolId"]
        self.service.set_identity_pool_roles(
            IdentityPoolId=self.pool, Roles={"authenticated": ROLE}
        )

    def signed_in(self, pool_id: str, name: str) -> str:
        """Sign a user up and in; gives the id token."""
        self.users.sign_up(ClientId=self.app, Username=name, Password="P4ss-word!")
        self.users.admin_confirm_sign_up(UserPoolId=pool_id, Username=name)
        result: dict[str, str] = self.users.initiate_auth(
            ClientId=self.app,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": "P4ss-word!"},
        )["AuthenticationResult"]
        return result["IdToken"]

    def logins(self, token: str | None = None) -> dict[str, str]:
        """Give the user's login, or another token under the same provider."""
        return {self.provider: token or self.token}

    def credentials(self) -> dict[str, Any]:
        """Go from the login to credentials."""
        identity = self.anyone.get_id(IdentityPoolId=self.pool, Logins=self.logins())["IdentityId"]
        found: dict[str, Any] = self.anyone.get_credentials_for_identity(
            IdentityId=identity, Logins=self.logins()
        )["Credentials"]
        return found

    def session(self) -> dict[str, str]:
        """Give the credentials as settings of a client."""
        found = self.credentials()
        return {
            "aws_access_key_id": found["AccessKeyId"],
            "aws_secret_access_key": found["SecretKey"],
            "aws_session_token": found["SessionToken"],
            "region_name": self.region,
        }


@pytest.fixture(scope="module", params=["us-east-1", "eu-central-1"])
def story(request: pytest.FixtureRequest, client: Callable[..., Any]) -> Story:
    """Tell the story in two regions."""
    return Story(client, request.param)


def test_a_signed_in_user_has_one_identity(story: Story) -> None:
    """The same user gets the same identity at each sign-in."""
    first = story.anyone.get_id(IdentityPoolId=story.pool, Logins=story.logins())
    second = story.anyone.get_id(IdentityPoolId=story.pool, Logins=story.logins())

    assert first["IdentityId"] == second["IdentityId"]
    assert first["IdentityId"].startswith(f"{story.region}:")


def test_sts_knows_whose_the_credentials_are(story: Story, client: Callable[..., Any]) -> None:
    """GetCallerIdentity answers with the assumed role and the service's session name."""
    caller = client("sts", **story.session()).get_caller_identity()

    assert caller["Arn"] == (
        "arn:aws:sts::123456789012:assumed-role/Member/CognitoIdentityCredentials"
    )
    assert caller["Account"] == "123456789012"
    assert caller["UserId"].endswith(":CognitoIdentityCredentials")


def test_the_credentials_work_at_other_services(story: Story, client: Callable[..., Any]) -> None:
    """A table made with them is there for the account."""
    tables = client("dynamodb", **story.session())
    tables.create_table(
        TableName="t",
        KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )

    assert client("dynamodb", region_name=story.region).list_tables()["TableNames"] == ["t"]
    tables.delete_table(TableName="t")


def test_a_role_of_another_account_leads_there(client: Callable[..., Any], pool: str) -> None:
    """The role's ARN says in which account the credentials are."""
    client().set_identity_pool_roles(
        IdentityPoolId=pool, Roles={"unauthenticated": "arn:aws:iam::123456789012:role/path/Guest"}
    )
    anyone = client(signed=False)
    identity = anyone.get_id(IdentityPoolId=pool)["IdentityId"]
    found = anyone.get_credentials_for_identity(IdentityId=identity)["Credentials"]
    caller = client(
        "sts",
        aws_access_key_id=found["AccessKeyId"],
        aws_secret_access_key=found["SecretKey"],
        aws_session_token=found["SessionToken"],
    ).get_caller_identity()

    assert caller["Arn"].endswith(":assumed-role/Guest/CognitoIdentityCredentials")


def test_sts_knows_credentials_that_another_process_gave_out(
    client: Callable[..., Any], url: Url, pool: str
) -> None:
    """Credentials of a command with --local are those of the service, too."""
    program = [sys.executable, "-c", _GIVES_OUT, str(url.db), pool]
    given = json.loads(subprocess.run(program, check=True, capture_output=True).stdout)

    caller = client(
        "sts",
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretKey"],
        aws_session_token=given["SessionToken"],
    ).get_caller_identity()

    assert caller["Arn"].endswith("assumed-role/Guest/CognitoIdentityCredentials")


def test_credentials_survive_a_reset_of_moto(story: Story, client: Callable[..., Any]) -> None:
    """A reset makes moto forget all keys; the credentials still say whose they are."""
    from moto.iam.models import iam_backends

    session = story.session()
    client("sts", **session).get_caller_identity()
    del iam_backends["123456789012"]["aws"].access_keys[session["aws_access_key_id"]]
    caller = client("sts", **session).get_caller_identity()

    assert caller["Arn"].endswith("/CognitoIdentityCredentials")


def test_a_forged_token_of_a_known_user_pool_is_refused(story: Story) -> None:
    """The keys of moto's user pools are known, so a token signed with another is no login."""
    from joserfc import jwt
    from joserfc.jwk import RSAKey
    from moto.cognitoidp.models import cognitoidp_backends

    region, pool = story.region, story.provider.rpartition("/")[2]
    moto_key = cognitoidp_backends["123456789012"][region].user_pools[pool].json_web_key
    claims = {**jwt.decode(story.token, moto_key).claims, "sub": "someone-else"}
    header = {"alg": "RS256", "kid": "dummy"}
    signed = jwt.encode(header, claims, moto_key)
    forged = jwt.encode(header, claims, RSAKey.generate_key(2048))

    assert story.anyone.get_id(IdentityPoolId=story.pool, Logins=story.logins(signed))
    with pytest.raises(
        story.anyone.exceptions.NotAuthorizedException, match="Couldn't verify signed token"
    ):
        story.anyone.get_id(IdentityPoolId=story.pool, Logins=story.logins(forged))


def test_a_token_of_an_unknown_user_pool_is_taken_without_its_keys(
    client: Callable[..., Any],
) -> None:
    """A real user pool's keys are not here: form, audience and expiry must do."""
    from joserfc import jwt
    from joserfc.jwk import RSAKey

    provider = "cognito-idp.us-east-1.amazonaws.com/us-east-1_NotMoto1"
    service, anyone = client(), client(signed=False)
    pool = service.create_identity_pool(
        IdentityPoolName="real",
        AllowUnauthenticatedIdentities=False,
        CognitoIdentityProviders=[{"ProviderName": provider, "ClientId": "app"}],
    )["IdentityPoolId"]
    claims = {
        "iss": f"https://{provider}",
        "aud": "app",
        "sub": "u",
        "token_use": "id",
        "exp": int(time.time()) + 60,
    }
    token = jwt.encode({"alg": "RS256"}, claims, RSAKey.generate_key(2048))

    assert anyone.get_id(IdentityPoolId=pool, Logins={provider: token})["IdentityId"]


def test_the_basic_flow_goes_through_sts(client: Callable[..., Any], pool: str) -> None:
    """GetOpenIdToken's token is taken by AssumeRoleWithWebIdentity on the same port."""
    anyone = client(signed=False)
    identity = anyone.get_id(IdentityPoolId=pool)["IdentityId"]
    token = anyone.get_open_id_token(IdentityId=identity)["Token"]
    assumed = client("sts", signed=False).assume_role_with_web_identity(
        RoleArn=ROLE, RoleSessionName="me", WebIdentityToken=token
    )

    assert assumed["AssumedRoleUser"]["Arn"].endswith(":assumed-role/Member/me")


def test_the_credentials_pass_where_moto_checks_signatures(
    story: Story, client: Callable[..., Any]
) -> None:
    """With IAM enforced, moto finds the secret and the session token of the credentials."""
    from moto.core import set_initial_no_auth_action_count

    @set_initial_no_auth_action_count(0)
    def caller(session: dict[str, str]) -> str:
        arn: str = client("sts", **session).get_caller_identity()["Arn"]
        return arn

    session = story.session()
    assert caller(session).endswith("/CognitoIdentityCredentials")

    from botocore.exceptions import ClientError

    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        caller({**session, "aws_secret_access_key": "x" * 40})
