"""One case per cause: the service's message and the request in, the literal hint out."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest

from cogid import model, options
from cogid.errors import ServiceError
from cogid.hints import hint_for
from cogid.request import Request

NOW = 1_700_000_000
POOL_ID = "us-east-1:11a86fa8-fc2c-46da-a38b-e46762e447ed"
IDENTITY_ID = "us-east-1:22b97fb9-0d3d-47eb-b49c-f57873f558fe"
USER_POOL = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A"
OTHER_POOL = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_B"
GOOGLE = "accounts.google.com"
FACEBOOK = "graph.facebook.com"
SERVICE = "cognito-identity.amazonaws.com"
GITHUB = "token.actions.githubusercontent.com"
ROLE = "arn:aws:iam::123456789012:role/Staff"
MARKER = "TheMarkerThatNobodyMayEverSee"

Asked = tuple[str, dict[str, Any]]

OPERATIONS = {each.name: each for each in model.load().operations.values()}


def encoded(value: dict[str, Any]) -> str:
    """Make a part of a token."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def token(issuer: str, header: dict[str, Any] | None = None, **claims: Any) -> str:
    """Make a token with a marker in payload and signature; a claim of None is left out."""
    usual = {"iss": f"https://{issuer}", "sub": MARKER, "aud": "client1", "exp": NOW + 60}
    payload = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    return f"{encoded(header or {'alg': 'RS256'})}.{encoded(payload)}.{MARKER}"


def with_roles(*given: str) -> str:
    """Make a token of a user with roles."""
    claims: dict[str, Any] = {"cognito:roles": list(given)}
    return token(USER_POOL, **claims)


OPAQUE = f"EAACE{MARKER}"
LOGIN = "Invalid login token."
UNSUPPORTED = "Token is not from a supported provider of this identity pool."
DIFFER = (
    "Logins don't match. Please include at least one valid login for this identity or "
    "identity pool."
)
NO_PUBLIC = "Please provide a valid public provider"
MAPPING = "({}) is not a valid RoleMapping ProviderName or is not a configured provider."
SIGN_IN = "sign in again for a new one"
WANTED = "an id token (JWT) is wanted"


def logins(*pairs: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Give parameters with logins."""
    return {"Logins": dict(pairs), **more}


def get_id(*pairs: tuple[str, str]) -> Asked:
    """Ask for an identity."""
    return "GetId", logins(*pairs, IdentityPoolId=POOL_ID)


def credentials(*pairs: tuple[str, str], **more: Any) -> Asked:
    """Ask for credentials."""
    return "GetCredentialsForIdentity", logins(*pairs, IdentityId=IDENTITY_ID, **more)


def open_id(*pairs: tuple[str, str]) -> Asked:
    """Ask for a token."""
    return "GetOpenIdToken", logins(*pairs, IdentityId=IDENTITY_ID)


def developer(*pairs: tuple[str, str], **more: Any) -> Asked:
    """Ask for a token for a developer's user."""
    return "GetOpenIdTokenForDeveloperIdentity", logins(*pairs, IdentityPoolId=POOL_ID, **more)


def roles(**given: Any) -> Asked:
    """Set a pool's roles."""
    return "SetIdentityPoolRoles", {"IdentityPoolId": POOL_ID, "Roles": {}, **given}


def tagging(arn: str) -> Asked:
    """Ask for a pool's tags."""
    return "ListTagsForResource", {"ResourceArn": arn}


def pool(**given: Any) -> Asked:
    """Change a pool."""
    return "UpdateIdentityPool", {"IdentityPoolId": POOL_ID, **given}


DESCRIBE = "DescribeIdentityPool", {"IdentityPoolId": POOL_ID}


def invalid(member: str, constraint: str = "Member must satisfy … pattern: [\\w-]+") -> str:
    """Word a broken constraint."""
    return (
        "ValidationException: 1 validation error detected: Value 'x' at "
        f"'{member}' failed to satisfy constraint: {constraint}"
    )


# (what must hold, "CODE: MESSAGE" (NotAuthorizedException without a code), request, the hint)
CASES = [
    (
        "a guest's call says that --logins is missing",
        "Unauthenticated access is not supported for this identity pool.",
        get_id(),
        (
            "without --logins this is a guest's call, and the pool takes none: pass --logins, or "
            "let guests in with update-identity-pool --allow-unauthenticated-identities, which "
            "resets what it is not given"
        ),
    ),
    (
        "no guests although logins were passed",
        "Unauthenticated access is not supported for this identity pool.",
        credentials((FACEBOOK, OPAQUE)),
        "the pool takes no guests; describe-identity-pool shows which providers it takes",
    ),
    (
        "an authenticated identity used as a guest",
        f"Access to Identity '{IDENTITY_ID}' is forbidden.",
        credentials(),
        (
            "the identity is a signed-in user's, or disabled: pass a token of one of its logins "
            "with --logins (describe-identity shows which); guests get an id of their own from "
            "get-id"
        ),
    ),
    (
        "a disabled identity used with a login",
        f"Access to Identity '{IDENTITY_ID}' is forbidden.",
        credentials((SERVICE, token(SERVICE))),
        (
            "the identity was disabled by a merge or an unlink, or has logins that this token does "
            "not show; get-id with --logins gives the one to use"
        ),
    ),
    (
        "get-id has no identity to match: the pool takes none of the logins",
        DIFFER,
        get_id((USER_POOL, token(USER_POOL))),
        (
            "the pool has no identity provider, or none that these logins are of; "
            "describe-identity-pool shows them: is it the right pool?"
        ),
    ),
    (
        "an identity id kept from another user or pool",
        DIFFER,
        credentials((USER_POOL, token(USER_POOL))),
        (
            "the identity belongs to another user or another pool than these logins (was its id "
            "kept from an earlier sign-in?); get-id with the same --logins gives the right one"
        ),
    ),
    (
        "a token of the service for another identity",
        DIFFER,
        credentials((SERVICE, token(SERVICE, sub="us-east-1:other", aud=POOL_ID))),
        (
            f"the token under {SERVICE} was made for another identity; pass the --identity-id that "
            "came with it"
        ),
    ),
    (
        "a developer's user is added to an identity without proof",
        DIFFER,
        developer(("login.example", "alice"), IdentityId=IDENTITY_ID),
        (
            "the identity has other logins: add a token of one of them to --logins, or leave out "
            "--identity-id to get the user's own identity"
        ),
    ),
    (
        "the client id is not in the pool",
        UNSUPPORTED,
        get_id((USER_POOL, token(USER_POOL, aud="3n4b5urk1ft4fl3mg5e62d9ado"))),
        (
            f"the token under {USER_POOL} is for client id 3n4b5urk1ft4fl3mg5e62d9ado; the pool "
            "must list it with that user pool among its CognitoIdentityProviders "
            "(describe-identity-pool shows them)"
        ),
    ),
    (
        "the Google client is not in the pool",
        UNSUPPORTED,
        get_id((GOOGLE, token(GOOGLE, aud=["7.apps.googleusercontent.com"]))),
        (
            f"the token under {GOOGLE} is for client id 7.apps.googleusercontent.com; the pool "
            "must list it for that provider in its SupportedLoginProviders (describe-identity-pool "
            "shows them)"
        ),
    ),
    (
        "the audience is not in the IAM OIDC provider",
        UNSUPPORTED,
        get_id((GITHUB, token(GITHUB, aud="https://github.com/octo"))),
        (
            f"the token under {GITHUB} is for audience https://github.com/octo; the IAM OIDC "
            "provider must list that, and the pool must list the provider among its "
            "OpenIdConnectProviderARNs (describe-identity-pool shows them)"
        ),
    ),
    (
        "a token that cannot be read is of another app",
        UNSUPPORTED,
        get_id((FACEBOOK, OPAQUE)),
        (
            "the pool lists another app for that provider, or none; describe-identity-pool shows "
            "which it takes"
        ),
    ),
    (
        "the host of a user pool's name is of another region than the pool",
        UNSUPPORTED,
        get_id(("cognito-idp.us-east-1.amazonaws.com/eu-west-1_A", OPAQUE)),
        f"in --logins the provider is called {USER_POOL}; its id says the region",
    ),
    (
        "a developer provider's name is no public provider",
        f"InvalidParameterException: {NO_PUBLIC}",
        get_id(("login.example", "alice")),
        (
            "the keys of --logins are the pool's providers (describe-identity-pool shows them); a "
            "developer's users come by get-open-id-token-for-developer-identity, and "
            "get-credentials-for-identity takes its token under cognito-identity.amazonaws.com"
        ),
    ),
    (
        "a nickname is no provider",
        f"InvalidParameterException: {NO_PUBLIC}",
        get_id(("google", OPAQUE)),
        f"in --logins the provider is called {GOOGLE}",
    ),
    (
        "a user pool's id alone is no provider",
        f"InvalidParameterException: {NO_PUBLIC}",
        get_id(("eu-west-1_A", OPAQUE)),
        f"in --logins the provider is called {USER_POOL}",
    ),
    (
        "the ARN of an IAM OIDC provider is no key of logins",
        f"InvalidParameterException: {NO_PUBLIC}",
        get_id((f"arn:aws:iam::123456789012:oidc-provider/{GITHUB}", token(GITHUB))),
        f"in --logins the provider is called {GITHUB}",
    ),
    (
        "a custom domain is not the issuer, and the token knows better",
        f"InvalidParameterException: {NO_PUBLIC}",
        get_id(("shop.auth.eu-west-1.amazoncognito.com", token(USER_POOL))),
        (
            "the token under shop.auth.eu-west-1.amazoncognito.com was issued by "
            f"{USER_POOL}; pass it under that name"
        ),
    ),
    (
        "provider and token are swapped",
        f"InvalidParameterException: {NO_PUBLIC}",
        get_id((token(GOOGLE), GOOGLE)),
        "--logins is PROVIDER=TOKEN: provider and token are swapped",
    ),
    (
        "a developer's call takes public logins of the pool only",
        f"InvalidParameterException: {NO_PUBLIC}",
        developer(("login.example", "alice"), ("login.other", "alice")),
        (
            "beside the developer's, --logins takes only the pool's providers; "
            "describe-identity-pool shows them"
        ),
    ),
    (
        "the developer provider has another name",
        "This identity pool does not support the specified developer provider",
        developer(("login.example", "alice")),
        (
            "a key of --logins must be the pool's DeveloperProviderName; describe-identity-pool "
            "shows it, if the pool has one"
        ),
    ),
    (
        "the developer provider has another name in a merge",
        "This identity pool does not support the specified developer provider",
        ("MergeDeveloperIdentities", {"IdentityPoolId": POOL_ID, "DeveloperProviderName": "x"}),
        (
            "--developer-provider-name must be the pool's DeveloperProviderName; "
            "describe-identity-pool shows it, if the pool has one"
        ),
    ),
    (
        "the classic flow is off",
        "InvalidParameterException: Basic (classic) flow is not enabled, please use enhanced flow.",
        open_id((USER_POOL, token(USER_POOL))),
        (
            "get-credentials-for-identity with the same --identity-id and --logins gives "
            "credentials in one step. To have this flow too: update-identity-pool "
            "--allow-classic-flow, which resets what it is not given"
        ),
    ),
    (
        "role mappings and the classic flow exclude each other",
        (
            "InvalidParameterException: Basic (classic) flow is not supported with RoleMappings, "
            "please use enhanced flow."
        ),
        open_id(),
        (
            "get-credentials-for-identity with the same --identity-id gives credentials in one "
            "step; a pool with role mappings has no other flow"
        ),
    ),
    (
        "the issuer is another user pool than the key",
        f"{LOGIN} Issuer doesn't match providerName",
        get_id((USER_POOL, token(OTHER_POOL))),
        f"the token under {USER_POOL} was issued by {OTHER_POOL}; pass it under that name",
    ),
    (
        "the key has the scheme of the issuer",
        f"{LOGIN} Issuer doesn't match providerName",
        get_id((f"https://{USER_POOL}", token(USER_POOL))),
        f"in --logins the provider is called {USER_POOL}, without https://",
    ),
    (
        "scheme and user pool are both wrong: the issuer cures both",
        f"{LOGIN} Issuer doesn't match providerName",
        get_id((f"https://{USER_POOL}", token(OTHER_POOL))),
        f"the token under https://{USER_POOL} was issued by {OTHER_POOL}; pass it under that name",
    ),
    (
        "the key has a client id, as in role mappings",
        f"{LOGIN} Issuer doesn't match providerName",
        get_id((f"{USER_POOL}:client1", token(USER_POOL))),
        (
            f"in --logins the provider is called {USER_POOL}; the client id belongs in role "
            "mappings only"
        ),
    ),
    (
        "a token of the service stands under a provider",
        f"{LOGIN} Issuer doesn't match providerName",
        credentials((USER_POOL, token(SERVICE))),
        (
            f"the token under {USER_POOL} was issued by identity pools themselves; pass it to "
            f"get-credentials-for-identity under {SERVICE}"
        ),
    ),
    (
        "an issuer that must not be shown is not",
        f"{LOGIN} Issuer doesn't match providerName",
        get_id((USER_POOL, token("\x1b[31m\nred"))),
        (
            f"the token under {USER_POOL} was issued by somebody else; name the provider that "
            "issued it"
        ),
    ),
    (
        "an issuer that cannot be read is explained in general",
        f"{LOGIN} Issuer doesn't match providerName",
        get_id((USER_POOL, OPAQUE)),
        "the keys of --logins are the tokens' issuers (iss) without https://",
    ),
    (
        "an access token in place of the id token",
        f"{LOGIN} Missing a required claim: aud",
        get_id((USER_POOL, token(USER_POOL, aud=None, token_use="access"))),
        f"the token under {USER_POOL} is an access token; pass the id token of the same sign-in",
    ),
    (
        "a token without audience that does not say its use",
        f"{LOGIN} Missing a required claim: aud",
        get_id((GITHUB, token(GITHUB, aud=None))),
        "only id tokens have aud and all else that is asked for; an access token lacks it",
    ),
    (
        "an expired token says for how long",
        f"{LOGIN} Token expired: {NOW} >= {NOW - 11520}",
        get_id((FACEBOOK, OPAQUE), (USER_POOL, token(USER_POOL, exp=NOW - 11520))),
        f"the token under {USER_POOL} expired 3 h 12 min ago; {SIGN_IN}",
    ),
    (
        "this machine's clock is behind the service's",
        f"{LOGIN} Token expired: {NOW + 130} >= {NOW + 60}",
        get_id((USER_POOL, token(USER_POOL, exp=NOW + 60))),
        f"the token expired 1 min ago; {SIGN_IN}",
    ),
    (
        "an opaque token has expired",
        f"{LOGIN} Token is expired.",
        get_id((FACEBOOK, OPAQUE)),
        f"the provider's token has expired; {SIGN_IN}",
    ),
    (
        "a token has expired, and the service gives no numbers",
        f"{LOGIN} Token expired",
        get_id((USER_POOL, token(USER_POOL, exp=NOW - 60))),
        f"the token under {USER_POOL} expired 1 min ago; {SIGN_IN}",
    ),
    (
        "an opaque token where a JWT belongs",
        f"{LOGIN} Not a valid OpenId Connect identity token.",
        get_id((FACEBOOK, OPAQUE), (GOOGLE, f"ya29.{MARKER}")),
        f"the token under {GOOGLE} is no JWT (three parts with dots between); {WANTED}",
    ),
    (
        "a refresh token where an id token belongs",
        f"{LOGIN} Not a valid OpenId Connect identity token.",
        get_id((USER_POOL, f"{token(USER_POOL)}.{MARKER}.{MARKER}")),
        f"the token under {USER_POOL} is encrypted, as a user pool's refresh token is; {WANTED}",
    ),
    (
        "a token with a line break after it",
        f"{LOGIN} Not a valid OpenId Connect identity token.",
        get_id((USER_POOL, token(USER_POOL) + "\n")),
        f"the token under {USER_POOL} has white space around it; {WANTED}",
    ),
    (
        "a token with its header's first word",
        f"{LOGIN} Not a valid OpenId Connect identity token.",
        get_id((USER_POOL, f"Bearer {token(USER_POOL)}")),
        f"the token under {USER_POOL} begins with Bearer, which is no part of it; {WANTED}",
    ),
    (
        "a token with quotes",
        f"{LOGIN} Not a valid OpenId Connect identity token.",
        get_id((USER_POOL, f'"{token(USER_POOL)}"')),
        f"the token under {USER_POOL} has quotes around it; {WANTED}",
    ),
    (
        "a token that was cut",
        f"{LOGIN} Not a valid OpenId Connect identity token.",
        get_id((USER_POOL, f"eyJhbGciOi.{MARKER}.{MARKER}")),
        f"the token under {USER_POOL} is damaged: its parts cannot be read; {WANTED}",
    ),
    (
        "a token that looks well and is refused for its form",
        f"{LOGIN} Not a valid OpenId Connect identity token.",
        get_id((USER_POOL, token(USER_POOL))),
        "an OpenID Connect id token (JWT) is wanted; providers give an access token beside it",
    ),
    (
        "a signature that does not check out",
        f"{LOGIN} Couldn't verify signed token.",
        get_id((USER_POOL, token(USER_POOL))),
        (
            "the token was changed or cut off on its way, or its issuer's public keys are not "
            "those that signed it (a user pool made anew, an IAM OIDC provider out of date): sign "
            "in again for a new one"
        ),
    ),
    (
        "a signature with a shared secret",
        f"{LOGIN} Couldn't verify signed token.",
        get_id((GITHUB, token(GITHUB, {"alg": "HS256"}))),
        (
            f"the token under {GITHUB} is not signed with a key pair; the provider must sign with "
            "RS256 or the like"
        ),
    ),
    (
        "a token so old that its keys are gone",
        f"{LOGIN} Couldn't verify signed token.",
        get_id((USER_POOL, token(USER_POOL, exp=NOW - 5 * 86400 - 7200))),
        f"the token under {USER_POOL} expired 5 d 2 h ago; {SIGN_IN}",
    ),
    (
        "a token of the service in get-id",
        f"{LOGIN} Can't pass in a Cognito token.",
        get_id((SERVICE, token(SERVICE))),
        (
            "that token was made for one identity already: leave this step out and pass it to "
            "get-credentials-for-identity with the --identity-id that came with it"
        ),
    ),
    (
        "a token of the service in get-open-id-token",
        f"{LOGIN} Can't pass in a Cognito token.",
        open_id((SERVICE, token(SERVICE))),
        (
            "that token was made for one identity already: pass it to get-credentials-for-identity "
            "with the --identity-id that came with it"
        ),
    ),
    (
        "a provider's token under the service's name",
        f"{LOGIN} Not a Cognito token.",
        credentials((SERVICE, token(USER_POOL))),
        f"the token under {SERVICE} was issued by {USER_POOL}; pass it under that name",
    ),
    (
        "a token of the service from another region",
        f"{LOGIN} Not a Cognito token.",
        credentials((SERVICE, token(SERVICE, aud=POOL_ID.replace("us-east-1", "eu-west-1")))),
        (
            f"the token under {SERVICE} is of eu-west-1, but us-east-1 was asked; try --region "
            "eu-west-1"
        ),
    ),
    (
        "an opaque token under the service's name",
        f"{LOGIN} Not a Cognito token.",
        credentials((SERVICE, OPAQUE)),
        f"the token under {SERVICE} is no JWT (three parts with dots between); {WANTED}",
    ),
    (
        "a well-formed token of the service that it did not sign",
        f"{LOGIN} Not a Cognito token.",
        credentials((SERVICE, token(SERVICE, aud=POOL_ID))),
        (
            "only tokens of get-open-id-token-for-developer-identity and get-open-id-token go "
            "under that name; a provider's own token goes under the provider's"
        ),
    ),
    (
        "a signed-in user without a usable role",
        (
            "InvalidIdentityPoolConfigurationException: Invalid identity pool configuration. Check "
            "assigned IAM roles for this pool."
        ),
        credentials((USER_POOL, token(USER_POOL))),
        (
            "get-identity-pool-roles must show a role for authenticated, and its trust policy must "
            "allow cognito-identity.amazonaws.com sts:AssumeRoleWithWebIdentity where aud is the "
            "pool's id and amr is authenticated; with principal tags also sts:TagSession"
        ),
    ),
    (
        "a guest without a usable role",
        (
            "InvalidIdentityPoolConfigurationException: Invalid identity pool configuration. Check "
            "assigned IAM roles for this pool."
        ),
        credentials(),
        (
            "get-identity-pool-roles must show a role for unauthenticated, and its trust policy "
            "must allow cognito-identity.amazonaws.com sts:AssumeRoleWithWebIdentity where aud is "
            "the pool's id and amr is unauthenticated; with principal tags also sts:TagSession"
        ),
    ),
    (
        "a chosen role that cannot be assumed",
        (
            "InvalidIdentityPoolConfigurationException: Invalid identity pool configuration. Check "
            "assigned IAM roles for this pool."
        ),
        credentials((USER_POOL, token(USER_POOL)), CustomRoleArn=ROLE),
        (
            "the role of --custom-role-arn must exist, and its trust policy must allow "
            "cognito-identity.amazonaws.com sts:AssumeRoleWithWebIdentity where aud is the pool's "
            "id and amr is authenticated; with principal tags also sts:TagSession"
        ),
    ),
    (
        "a token with several roles",
        f"The ambiguous role mapping rules for: {USER_POOL} denied this request.",
        credentials((USER_POOL, with_roles(ROLE, f"{ROLE}2"))),
        (
            "the token names 2 roles and prefers none: choose one with --custom-role-arn, or none "
            "of the rules matched (get-identity-pool-roles shows the mapping)"
        ),
    ),
    (
        "a token without roles",
        f"The ambiguous role mapping rules for: {USER_POOL} denied this request.",
        credentials((USER_POOL, token(USER_POOL))),
        (
            "the token names no role (is the user in a group that has one?), or none of the rules "
            "matched (get-identity-pool-roles shows the mapping)"
        ),
    ),
    (
        "a token that cannot be read and no rule for it",
        f"The ambiguous role mapping rules for: {FACEBOOK} denied this request.",
        credentials((FACEBOOK, OPAQUE)),
        (
            "no rule matched the token, or it names no single role; get-identity-pool-roles shows "
            "the mapping"
        ),
    ),
    (
        "a mapping of a user pool with scheme and without client id",
        f"InvalidParameterException: {MAPPING.format(f'https://{USER_POOL}')}",
        roles(),
        f"the key of a user pool's mapping is its name and a client id: {USER_POOL}:CLIENTID",
    ),
    (
        "a mapping of a user pool with scheme and client id",
        f"InvalidParameterException: {MAPPING.format(f'https://{USER_POOL}:client1')}",
        roles(),
        f"the key of a user pool's mapping is its name and a client id: {USER_POOL}:client1",
    ),
    (
        "a mapping of a user pool that the pool does not have",
        f"InvalidParameterException: {MAPPING.format(f'{USER_POOL}:client1')}",
        roles(),
        (
            "the pool must list that provider, with that client id, before it can be mapped; "
            "describe-identity-pool shows what it lists"
        ),
    ),
    (
        "a mapping of a social provider with scheme",
        f"InvalidParameterException: {MAPPING.format(f'https://{GOOGLE}')}",
        roles(),
        f"in role mappings the provider is called {GOOGLE}",
    ),
    (
        "a mapping of an OIDC provider by its host",
        f"InvalidParameterException: {MAPPING.format(GITHUB)}",
        roles(),
        (
            "the key of an OpenID Connect provider's mapping is its ARN: "
            f"arn:aws:iam::ACCOUNT:oidc-provider/{GITHUB}"
        ),
    ),
    (
        "a user pool by its id alone",
        "InvalidParameterException: Invalid Cognito Identity Provider",
        pool(CognitoIdentityProviders=[{"ProviderName": "eu-west-1_A", "ClientId": "client1"}]),
        f"the ProviderName of that user pool is {USER_POOL}",
    ),
    (
        "a user pool by its ARN",
        "InvalidParameterException: Invalid Cognito Identity Provider",
        pool(
            CognitoIdentityProviders=[
                {"ProviderName": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_A"}
            ]
        ),
        f"the ProviderName of that user pool is {USER_POOL}",
    ),
    (
        "a user pool without a name",
        "InvalidParameterException: Invalid Cognito Identity Provider",
        pool(CognitoIdentityProviders=[{"ClientId": "client1"}]),
        (
            "an entry of --cognito-identity-providers has no ProviderName: "
            "cognito-idp.us-east-1.amazonaws.com/USER_POOL_ID"
        ),
    ),
    (
        "a user pool by a name of its own",
        "InvalidParameterException: Invalid Cognito Identity Provider",
        pool(CognitoIdentityProviders=[{"ProviderName": "shop"}]),
        (
            "the ProviderName of a user pool is cognito-idp.us-east-1.amazonaws.com/USER_POOL_ID, "
            "without https:// and client id"
        ),
    ),
    (
        "a role by its name alone",
        "Access to Role 'a-role-by-its-name-alone' is forbidden.",
        roles(Roles={"authenticated": "a-role-by-its-name-alone"}),
        "that is no role's ARN: arn:aws:iam::ACCOUNT:role/NAME",
    ),
    (
        "roles of two accounts",
        f"Access to Role '{ROLE}' is forbidden.",
        roles(
            Roles={"authenticated": ROLE, "unauthenticated": "arn:aws:iam::210987654321:role/Guest"}
        ),
        (
            "the roles are of accounts 123456789012 and 210987654321; all must be of the account "
            "that has the pool"
        ),
    ),
    (
        "a role that may not be passed",
        f"Access to Role '{ROLE}' is forbidden.",
        roles(Roles={"authenticated": ROLE}),
        (
            "the caller needs iam:PassRole on that role, and the role must be of the account that "
            "has the pool; one made just now takes some seconds to be known"
        ),
    ),
    (
        "a role that the token does not offer",
        f"Access to Role '{ROLE}' is forbidden.",
        credentials((USER_POOL, token(USER_POOL)), CustomRoleArn=ROLE),
        (
            "--custom-role-arn must be one of the roles that the token names or that the matching "
            "rules give; get-identity-pool-roles shows the rules"
        ),
    ),
    (
        "an id of another region",
        f"ResourceNotFoundException: IdentityPool '{POOL_ID}' not found.",
        ("DescribeIdentityPool", {"IdentityPoolId": POOL_ID.replace("us-east-1", "eu-west-1")}),
        "the id is of eu-west-1, but us-east-1 was asked; try --region eu-west-1",
    ),
    (
        "a pool that is not there, or an identity's id",
        f"ResourceNotFoundException: IdentityPool '{POOL_ID}' not found.",
        DESCRIBE,
        (
            "list-identity-pools lists the pools of an account in us-east-1; an identity's id "
            "looks like a pool's but is no use here"
        ),
    ),
    (
        "an identity that is not there, or a pool's id",
        f"ResourceNotFoundException: Identity '{IDENTITY_ID}' not found.",
        ("DescribeIdentity", {"IdentityId": IDENTITY_ID}),
        (
            "the identity was deleted or never was: get-id gives the one to use; a pool's id looks "
            "like an identity's but is no use here"
        ),
    ),
    (
        "the token shows that the id is the pool's",
        f"ResourceNotFoundException: Identity '{IDENTITY_ID}' not found.",
        credentials((SERVICE, token(SERVICE, aud=IDENTITY_ID))),
        "that is the pool's id; get-id gives the identity's",
    ),
    (
        "a pool's id where its ARN belongs",
        "AccessDeniedException: User: arn:aws:iam::123456789012:user/me is not authorized",
        tagging(POOL_ID),
        (
            "--resource-arn takes the pool's ARN: "
            f"arn:aws:cognito-identity:us-east-1:ACCOUNT:identitypool/{POOL_ID}"
        ),
    ),
    (
        "a pool's name where its ARN belongs, in China",
        "InvalidParameterException: Invalid resource ARN: the-pool-of-the-whole-shop",
        tagging("the-pool-of-the-whole-shop"),
        (
            "--resource-arn takes the pool's ARN: "
            "arn:aws-cn:cognito-identity:cn-north-1:ACCOUNT:identitypool/cn-north-1:GUID"
        ),
    ),
    (
        "an ARN with a colon too many",
        "InvalidParameterException: Invalid resource ARN",
        tagging(f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool:{POOL_ID}"),
        (
            "--resource-arn takes the pool's ARN: "
            f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{POOL_ID}"
        ),
    ),
    (
        "a missing permission on a pool",
        (
            "AccessDeniedException: User: arn:aws:iam::123456789012:user/me is not authorized to "
            "perform: cognito-identity:ListTagsForResource on resource: "
            f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{POOL_ID} because no "
            "identity-based policy allows the cognito-identity:ListTagsForResource action"
        ),
        tagging(f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{POOL_ID}"),
        (
            "the caller's identity-based policy must allow cognito-identity:ListTagsForResource on "
            f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{POOL_ID}"
        ),
    ),
    (
        "a denial by a policy above",
        (
            "AccessDeniedException: User: anonymous is not authorized to perform: "
            "cognito-identity:GetId on resource: * with an explicit deny in a resource control "
            "policy"
        ),
        get_id(),
        (
            "an explicit deny in a resource control policy stops cognito-identity:GetId; no "
            "further permission helps, only a change of that policy"
        ),
    ),
    (
        "a denial in other words",
        "AccessDeniedException: No.",
        DESCRIBE,
        "the caller's policy must allow cognito-identity:DescribeIdentityPool",
    ),
    (
        "expired AWS credentials",
        "ExpiredTokenException: The security token included in the request is expired",
        DESCRIBE,
        (
            "the AWS credentials have expired: sign in again, or renew AWS_ACCESS_KEY_ID, "
            "AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN together"
        ),
    ),
    (
        "an access key that AWS does not know",
        "UnrecognizedClientException: The security token included in the request is invalid.",
        DESCRIBE,
        (
            "AWS does not know the access key: deleted, temporary (ASIA…) without its own "
            "AWS_SESSION_TOKEN, of another partition, or the region is not enabled; --profile "
            "chooses other credentials"
        ),
    ),
    (
        "a wrong secret key",
        (
            "InvalidSignatureException: The request signature we calculated does not match the "
            "signature you provided."
        ),
        DESCRIBE,
        (
            "the secret key does not belong to the access key, or was cut off or quoted; --profile "
            "chooses other credentials"
        ),
    ),
    (
        "a clock that is behind",
        (
            "InvalidSignatureException: Signature expired: 20231114T220000Z is now earlier than "
            "20231114T220820Z (20231114T221320Z - 5 min.)"
        ),
        DESCRIBE,
        "this machine's clock is wrong by more than five minutes; set it and try again",
    ),
    (
        "an unsigned call of a signed operation",
        "MissingAuthenticationTokenException: Missing Authentication Token",
        DESCRIBE,
        (
            "describe-identity-pool must be signed: leave out --no-sign-request, and give AWS "
            "credentials"
        ),
    ),
    (
        "too many calls",
        "TooManyRequestsException: Rate exceeded",
        get_id(),
        (
            "AWS limits how often an account may call get-id: wait, or be more patient with "
            "AWS_MAX_ATTEMPTS=10 and AWS_RETRY_MODE=adaptive"
        ),
    ),
    (
        "an id with capitals",
        invalid("identityPoolId"),
        ("DescribeIdentityPool", {"IdentityPoolId": POOL_ID.upper()}),
        f"--identity-pool-id takes the id alone, in lower case: {POOL_ID}",
    ),
    (
        "an ARN where an id belongs",
        invalid("identityPoolId"),
        (
            "DescribeIdentityPool",
            {"IdentityPoolId": f"arn:aws:cognito-identity:us-east-1:1:identitypool/{POOL_ID}"},
        ),
        f"--identity-pool-id takes the id alone, in lower case: {POOL_ID}",
    ),
    (
        "an id without its region",
        invalid("identityId"),
        ("DescribeIdentity", {"IdentityId": IDENTITY_ID.partition(":")[2]}),
        f"ids begin with their region: perhaps --identity-id {IDENTITY_ID}",
    ),
    (
        "a user pool's id where an identity pool's belongs",
        invalid("identityPoolId"),
        ("GetId", {"IdentityPoolId": "eu-west-1_A"}),
        (
            "that is a user pool; --identity-pool-id takes REGION:GUID, as list-identity-pools "
            "prints it"
        ),
    ),
    (
        "a pool's name where its id belongs",
        invalid("identityPoolId"),
        ("GetId", {"IdentityPoolId": "shop"}),
        "--identity-pool-id takes REGION:GUID, as list-identity-pools prints it",
    ),
    (
        "a token where a provider belongs",
        invalid("logins", "Map keys must satisfy constraint: [Member must have length …]"),
        get_id((token(GOOGLE), GOOGLE)),
        "--logins is PROVIDER=TOKEN: provider and token are swapped",
    ),
    (
        "something long where a provider belongs",
        invalid("logins", "Map keys must satisfy constraint: [Member must have length …]"),
        get_id(("x" * 129, OPAQUE)),
        "--logins is PROVIDER=TOKEN, and a provider's name has up to 128 characters",
    ),
    (
        "an empty token",
        invalid("logins", "Map value must satisfy constraint: [Member must have length …]"),
        get_id((GOOGLE, "")),
        f"the token under {GOOGLE} is empty",
    ),
    (
        "too many logins",
        invalid("logins", "Member must have length less than or equal to 10"),
        get_id((GOOGLE, token(GOOGLE))),
        "--logins takes up to 10 providers, each with a token of up to 50000 characters",
    ),
    (
        "a page that is too large",
        invalid("maxResults", "Member must have value less than or equal to 60"),
        ("ListIdentityPools", {"MaxResults": 61}),
        "--max-results takes 1 to 60; without it, all pages are fetched",
    ),
    (
        "roles under other keys",
        invalid("roles", "Map keys must satisfy constraint: [Member must …]"),
        roles(Roles={"guest": ROLE}),
        "--roles takes the keys authenticated and unauthenticated, each with a role's ARN",
    ),
    (
        "a developer's user with an identity of another id",
        "DeveloperUserAlreadyRegisteredException: any text",
        developer(("login.example", "alice"), IdentityId=IDENTITY_ID),
        "this user has another identity already: leave out --identity-id to get that",
    ),
    (
        "two changes at once",
        "ConcurrentModificationException: any text",
        roles(),
        "somebody else was changing the pool: look at it with describe-identity-pool, then repeat",
    ),
    (
        "a provider that does not answer",
        "ExternalServiceException: any text",
        get_id((FACEBOOK, OPAQUE)),
        "the identity provider did not answer; that is between it and AWS: try again later",
    ),
]


def explained(message: str, request: Asked, region: str = "us-east-1") -> str | None:
    """Give the hint for ``CODE: MESSAGE``."""
    code, colon, text = message.partition("Exception: ")
    if not colon:
        code, text = "NotAuthorized", message
    operation, parameters = request
    error = ServiceError(operation, {"Code": f"{code}Exception", "Message": text})
    asked = Request(OPERATIONS[operation], parameters)
    return hint_for(error, asked, region, now=lambda: NOW)


@pytest.mark.parametrize(
    ("message", "request_", "hint"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_message_gets_its_hint(message: str, request_: Asked, hint: str) -> None:
    """Every cause is named, as literally as the request allows."""
    region = "cn-north-1" if "cn-north-1" in hint else "us-east-1"

    assert explained(message, request_, region) == hint


@pytest.mark.parametrize(("message", "request_"), [case[1:3] for case in CASES])
def test_no_hint_shows_a_token(message: str, request_: Asked) -> None:
    """No eight characters of a payload, a signature or an opaque token stand in any hint."""
    given = request_[1].get("Logins", {})
    parts = [part for pair in given.items() for each in pair for part in each.split(".")[1:]]
    secrets = [MARKER, encoded({"sub": MARKER}), *(each for each in parts if len(each) > 40)]
    hint = explained(message, request_) or ""

    pieces = {each[i : i + 8] for each in secrets for i in range(len(each) - 7)}
    assert [piece for piece in pieces if piece in hint] == []


@pytest.mark.parametrize(("message", "request_"), [case[1:3] for case in CASES])
def test_hints_name_only_flags_that_exist(message: str, request_: Asked) -> None:
    """A flag in a hint is one of the command's own, or of the command named before it."""
    command = OPERATIONS[request_[0]]
    for word in re.findall(r"--[a-z-]+|[a-z]+(?:-[a-z]+)+", explained(message, request_) or ""):
        if word in model.load().operations:
            command = model.load().operations[word]
        elif word.startswith("--"):
            flags = [
                *options.of_operation(OPERATIONS[request_[0]]),
                *options.of_operation(command),
                *options.GLOBAL,
            ]
            assert word in {name for flag in flags for name in (*flag.opts, *flag.secondary_opts)}


def test_hints_are_one_line() -> None:
    """A hint is a line of at most 350 characters, without a full stop after it."""
    for _, message, request, _ in CASES:
        hint = explained(message, request) or ""

        assert "\n" not in hint
        assert len(hint) <= 350
        assert not hint.endswith(".")


SPEAK_FOR_THEMSELVES = [
    "LimitExceededException: any text",
    "InternalErrorException: any text",
    "ResourceConflictException: any text",
    "InvalidParameterException: any text",
    "SomethingNewException: any text",
]


@pytest.mark.parametrize("message", SPEAK_FOR_THEMSELVES)
def test_other_messages_get_no_hint(message: str) -> None:
    """Where nothing helpful is known, nothing is said."""
    assert explained(message, DESCRIBE) is None
