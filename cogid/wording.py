"""What cogid says in its own words: of commands, of parameters, of errors.

The service's model describes every parameter, but some of its sentences are empty ("A string
that you provide."), wrong ("the user pool" for an identity pool) or about the service where a
person asks about the flag. What is not worded here comes from the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cogid import prose

if TYPE_CHECKING:
    from cogid.model import Operation


def summary(operation: Operation) -> str:
    """Say in one line what the operation does."""
    if operation.command in COMMANDS:
        return COMMANDS[operation.command].summary
    return prose.first_sentence(operation.documentation).rstrip(".") or operation.name


def about(operation: Operation) -> str:
    """Say what to know before using it, and whether it needs credentials."""
    if operation.command in COMMANDS:
        text = COMMANDS[operation.command].about
    else:
        said = prose.paragraphs(operation.documentation)
        text = said[0].text if said else ""
    needs = "It needs no AWS credentials." if operation.public else ""
    return f"{text} {needs}".strip()


def parameter(operation: Operation, name: str) -> str:
    """Say in a sentence what a member of the request is."""
    own = PARAMETERS_OF.get((operation.command, name)) or PARAMETERS.get(name)
    return own or prose.first_sentence(operation.input.members[name].documentation)


class Command(NamedTuple):
    """One command: what it does in one line, and what to know before using it."""

    summary: str
    about: str


GROUPS: dict[str, dict[str, Command]] = {
    "pools": {
        "list-identity-pools": Command(
            "List the pools of a region",
            "Prints the id and name of every pool in the account and region, page after page "
            "until the last. describe-identity-pool has the rest of a pool.",
        ),
        "create-identity-pool": Command(
            "Make a pool",
            "A pool gives guests, and users of the login providers you name, an identity and "
            "temporary AWS credentials; these once set-identity-pool-roles gave it roles.",
        ),
        "describe-identity-pool": Command(
            "Show a pool's settings",
            "Prints what create-identity-pool and update-identity-pool set. The roles are shown "
            "by get-identity-pool-roles.",
        ),
        "update-identity-pool": Command(
            "Replace a pool's settings",
            "Replaces the settings as a whole: a setting that is not given goes back to its "
            "default. Start from what describe-identity-pool prints, change that, and give it "
            "with --cli-input-json.",
        ),
        "delete-identity-pool": Command(
            "Delete a pool and its identities",
            "Nobody can get credentials through the pool any more. It cannot be undone.",
        ),
    },
    "identities": {
        "get-id": Command(
            "Get the identity of a user or guest",
            "The first step of signing in. With --logins it finds the identity of that login, or "
            "makes one; several logins become one identity. Without --logins every call makes a "
            "new guest, if the pool takes guests: keep the id. Next: get-credentials-for-identity.",
        ),
        "describe-identity": Command(
            "Show an identity's logins and dates",
            "Prints when the identity was made and changed, and the names of the providers that "
            "it is linked to, but not who the user is there. A guest has no logins.",
        ),
        "list-identities": Command(
            "List the identities of a pool",
            "Prints every identity of the pool with its logins and dates, page after page until "
            "the last.",
        ),
        "delete-identities": Command(
            "Delete identities, any number of them",
            "The service takes 60 ids a call; cogid makes as many calls as it needs. Ids that "
            "could not be deleted are printed under UnprocessedIdentityIds, and the exit code "
            "is 1. Who signs in again afterwards gets a new identity.",
        ),
        "unlink-identity": Command(
            "Take a public login off an identity",
            "The login belongs to nobody then and gets a new identity the next time it is used. "
            "An identity whose last login is taken off cannot be used any more.",
        ),
    },
    "credentials and tokens": {
        "get-credentials-for-identity": Command(
            "Get temporary AWS credentials",
            "Gives an access key, a secret key and a session token, good for an hour, for the "
            "role that the pool has for the identity. Guests need no --logins; everyone else "
            "gives a login that is linked to the identity.",
        ),
        "get-open-id-token": Command(
            "Get an OpenID token for STS (classic flow)",
            "The token is valid for 10 minutes; STS takes it in AssumeRoleWithWebIdentity. That "
            "is the classic flow, which the pool must allow; get-credentials-for-identity does "
            "both steps in one.",
        ),
    },
    "developer identities": {
        "get-open-id-token-for-developer-identity": Command(
            "Register or sign in a user of your own",
            "For users that your own backend signs in: call it from the backend. It finds or "
            "makes the identity of the user and gives a token, which the user's device turns "
            "into credentials by get-credentials-for-identity, under the login name "
            "cognito-identity.amazonaws.com.",
        ),
        "lookup-developer-identity": Command(
            "Find an identity by your user id, or back",
            "Give --identity-id or --developer-user-identifier to find the other, or both to "
            "check that they belong together. The service throttles it early.",
        ),
        "merge-developer-identities": Command(
            "Make two of your users one identity",
            "The source user is linked to the destination user's identity, whose id is printed. "
            "Both must be users of the same developer provider. It cannot be undone.",
        ),
        "unlink-developer-identity": Command(
            "Take one of your users off an identity",
            "The user gets a new identity the next time. An identity whose last login is taken "
            "off cannot be used any more.",
        ),
    },
    "roles": {
        "get-identity-pool-roles": Command(
            "Show a pool's roles and role mappings",
            "Prints the IAM roles for users and guests, and the rules that choose another role. "
            "A pool that was never given roles has none.",
        ),
        "set-identity-pool-roles": Command(
            "Replace a pool's roles and role mappings",
            "Replaces all of it: role mappings that are not given again are gone. The caller "
            "needs iam:PassRole for every role. A pool with role mappings has no classic flow.",
        ),
        "get-principal-tag-attribute-map": Command(
            "Show which claims become session tags",
            "Prints, for one provider of the pool, which claims of its tokens become tags of the "
            "session, for use in IAM policies as aws:PrincipalTag/NAME.",
        ),
        "set-principal-tag-attribute-map": Command(
            "Choose which claims become session tags",
            "Says, for one provider of the pool, which claims of its tokens become tags of the "
            "session, for use in IAM policies as aws:PrincipalTag/NAME. The role must allow "
            "sts:TagSession.",
        ),
    },
    "tags": {
        "list-tags-for-resource": Command(
            "Show a pool's tags",
            "describe-identity-pool shows them too, under IdentityPoolTags.",
        ),
        "tag-resource": Command(
            "Put tags on a pool",
            "Adds the tags; one whose key is there already gets the new value. A pool holds up "
            "to 50 tags.",
        ),
        "untag-resource": Command(
            "Take tags off a pool",
            "Takes off the tags with these keys and leaves the others.",
        ),
    },
}
"""The commands by what they are for. An operation that is not here is listed under "other"."""

_POOL = "The pool's id, REGION:GUID."
_PROVIDER = (
    "The provider: cognito-idp.REGION.amazonaws.com/USER_POOL_ID, or the ARN of an OpenID "
    "Connect provider in IAM."
)
_TOKENS = (
    "Logins, PROVIDER=TOKEN. From a file, so that no token stands in the command line: "
    "file://FILE, or PROVIDER@=file://FILE."
)

PARAMETERS: dict[str, str] = {
    "AllowClassicFlow": "Whether get-open-id-token may be used.",
    "AllowUnauthenticatedIdentities": "Whether guests get identities too.",
    "CognitoIdentityProviders": "Cognito user pools and their app clients.",
    "CustomRoleArn": "The role to take when the login's token offers more than one.",
    "DestinationUserIdentifier": "The user whose identity stays.",
    "DeveloperProviderName": "The name under which your own login stands in --logins.",
    "DeveloperUserIdentifier": "The user's id in your own backend.",
    "HideDisabled": "Leave out disabled identities.",
    "IdentityId": "The identity's id, REGION:GUID.",
    "IdentityIdsToDelete": "The identities to delete: any number, sent 60 at a time.",
    "IdentityPoolId": _POOL,
    "IdentityPoolName": "A name for the pool, for people to read.",
    "IdentityPoolTags": "Labels for the pool.",
    "IdentityProviderName": _PROVIDER,
    "Logins": _TOKENS,
    "LoginsToRemove": "The providers whose logins to take off.",
    "MaxResults": "Fetch one page of at most so many, as AWS CLI does. Without it: everything.",
    "NextToken": "Fetch the one page that this token of an earlier reply stands for.",
    "OpenIdConnectProviderARNs": "The ARNs of OpenID Connect providers in IAM.",
    "PrincipalTags": "Session tags: tag=claim of the provider's token.",
    "ResourceArn": (
        "The pool's ARN: arn:aws:cognito-identity:REGION:ACCOUNT:identitypool/POOL_ID."
    ),
    "Roles": "The roles' ARNs, for users (authenticated) and guests (unauthenticated).",
    "RoleMappings": (
        "Rules that choose another role, by provider: accounts.google.com, or "
        "cognito-idp.REGION.amazonaws.com/USER_POOL_ID:CLIENT_ID for a user pool."
    ),
    "SamlProviderARNs": "The ARNs of SAML providers in IAM.",
    "SourceUserIdentifier": "The user who moves to the other's identity.",
    "SupportedLoginProviders": ("Public providers, and your app's id there."),
    "TagKeys": "The keys of the tags to take off.",
    "Tags": "The tags to put on.",
    "TokenDuration": "How many seconds the token is valid; 900 if not given.",
    "UseDefaults": "Use the default tags, username and client, instead of --principal-tags.",
}
"""What a parameter is, wherever it occurs: the model's sentence is worse or missing."""

PARAMETERS_OF: dict[tuple[str, str], str] = {
    (
        "create-identity-pool",
        "DeveloperProviderName",
    ): "A name for your own login; it stays for good.",
    ("get-id", "AccountId"): "The AWS account of the pool; the service finds it without.",
    ("get-id", "Logins"): _TOKENS + " Without: a new guest.",
    ("get-open-id-token-for-developer-identity", "IdentityId"): (
        "Link the login to this identity, instead of to its own or a new one."
    ),
    ("get-open-id-token-for-developer-identity", "Logins"): (
        "Your provider's name=the user's id in your backend; logins of public providers to be "
        "linked may stand beside it."
    ),
    ("get-open-id-token-for-developer-identity", "PrincipalTags"): (
        "Session tags to write into the token: tag=value."
    ),
    (
        "update-identity-pool",
        "DeveloperProviderName",
    ): "A name for your own login; it stays for good.",
}
"""What a parameter is in one command, where that differs."""

COUNTS: dict[tuple[str, str], str] = {
    ("delete-identities", "IdentityIdsToDelete"): "1 item or more",
}
"""How many items cogid takes where the service takes fewer."""

ERRORS: dict[str, str] = {
    "AccessDeniedException": "The caller's IAM policies do not allow the operation.",
    "ConcurrentModificationException": "Someone else changed the pool meanwhile. Try again.",
    "DeveloperUserAlreadyRegisteredException": "Another identity has this developer user.",
    "ExternalServiceException": "The login's provider (Facebook, Twitter) did not answer.",
    "InternalErrorException": "The service failed. Try again.",
    "InvalidIdentityPoolConfigurationException": (
        "The pool has no role for this kind of identity, or the role's trust policy does not "
        "let the pool assume it."
    ),
    "InvalidParameterException": "A value is of the right form but makes no sense to the service.",
    "LimitExceededException": "The account has as many pools or identities as it may have.",
    "NotAuthorizedException": (
        "The caller, the login or the role is refused: a token expired or of the wrong provider, "
        "guests not allowed, a role that may not be passed on."
    ),
    "ResourceConflictException": "The login, or the pair of ids, belongs to another identity.",
    "ResourceNotFoundException": (
        "There is no such pool or identity in this region. The region stands in the id."
    ),
    "TooManyRequestsException": "Too many calls in a second, even after three attempts.",
    "ValidationException": "A value is too short, too long or of the wrong form.",
}
"""The service's errors, the two that its model does not list included."""

EVERYWHERE = frozenset(
    {"InternalErrorException", "InvalidParameterException", "TooManyRequestsException"}
)
"""Errors that any operation may answer with, so that a short page does not repeat them."""

COMMANDS = {name: command for group in GROUPS.values() for name, command in group.items()}
