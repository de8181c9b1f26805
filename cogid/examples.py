"""A few examples for every operation, to be pasted and changed: purpose and command line.

Ids are made up but well-formed. Values are shorthand where that is shorter, quoted so that sh,
fish and PowerShell read them alike. ``layout`` breaks lines that are too long, but cannot break
an ARN: the pool's id in it stands on a line before, as a variable.
"""

from __future__ import annotations

POOL = "us-east-1:4e1f8c1d-7d2b-4c0a-9a53-6f2d8b1e7c90"
IDENTITY = "us-east-1:b7c9a2f4-13de-4f60-8a71-0c5d9e2f6a38"
OTHER_IDENTITY = "us-east-1:2f64d1c8-9b0e-47a5-b3c6-e81a5f7d0924"
USER_POOL = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab12Cd34E"
CLIENT = "3n4b5v6c7x8z9a1s2d3f4g5h6j"
ROLE = "arn:aws:iam::123456789012:role"

_POOL_ID = f"--identity-pool-id {POOL}"
_IDENTITY_ID = f"--identity-id {IDENTITY}"
_ARN = "--resource-arn arn:aws:cognito-identity:us-east-1:123456789012:identitypool/$pool"

EXAMPLES: dict[str, dict[str, str]] = {
    "create-identity-pool": {
        "A pool for guests, on this machine": (
            "cogid --local create-identity-pool --identity-pool-name shop "
            "--allow-unauthenticated-identities"
        ),
        "A pool for Facebook users": (
            "cogid create-identity-pool --identity-pool-name shop "
            "--no-allow-unauthenticated-identities "
            "--supported-login-providers graph.facebook.com=7346241598935552"
        ),
        "A pool for the users of a Cognito user pool, tagged": (
            "cogid create-identity-pool --identity-pool-name shop "
            "--no-allow-unauthenticated-identities --cognito-identity-providers "
            f"'ProviderName={USER_POOL},ClientId={CLIENT}' --identity-pool-tags stage=test"
        ),
    },
    "delete-identities": {
        "Two identities": (
            f"cogid delete-identities --identity-ids-to-delete {IDENTITY} {OTHER_IDENTITY}"
        ),
        "The ids of a file, a JSON list of any length": (
            "cogid delete-identities --identity-ids-to-delete file://ids.json"
        ),
    },
    "delete-identity-pool": {
        "A pool": f"cogid delete-identity-pool {_POOL_ID}",
    },
    "describe-identity": {
        "An identity": f"cogid describe-identity {_IDENTITY_ID}",
        "Only its logins, one a line": (
            f"cogid describe-identity {_IDENTITY_ID} --query 'Logins[].[@]' --output text"
        ),
    },
    "describe-identity-pool": {
        "A pool": f"cogid describe-identity-pool {_POOL_ID}",
        "As YAML, to be changed and given to update-identity-pool --cli-input-yaml": (
            f"cogid describe-identity-pool {_POOL_ID} --output yaml"
        ),
    },
    "get-credentials-for-identity": {
        "For a guest": f"cogid get-credentials-for-identity {_IDENTITY_ID}",
        "For a Google user whose id token is on standard input": (
            f"cogid get-credentials-for-identity {_IDENTITY_ID} "
            "--logins accounts.google.com@=file://-"
        ),
    },
    "get-id": {
        "A new guest": f"cogid get-id {_POOL_ID}",
        'The user of a user pool; logins.json holds {"PROVIDER": "ID TOKEN"}': (
            f"cogid get-id {_POOL_ID} --logins file://logins.json"
        ),
    },
    "get-identity-pool-roles": {
        "The roles of a pool": f"cogid get-identity-pool-roles {_POOL_ID}",
        "Only the users' role": (
            f"cogid get-identity-pool-roles {_POOL_ID} --query Roles.authenticated --output text"
        ),
    },
    "get-open-id-token": {
        "The token alone, for a guest": (
            f"cogid get-open-id-token {_IDENTITY_ID} --query Token --output text"
        ),
        "For a Google user whose id token is in a file": (
            f"cogid get-open-id-token {_IDENTITY_ID} --logins accounts.google.com@=file://token.txt"
        ),
    },
    "get-open-id-token-for-developer-identity": {
        "Sign in user 17 of your backend": (
            f"cogid get-open-id-token-for-developer-identity {_POOL_ID} "
            "--logins login.example.com=user-17"
        ),
        "With a session tag, and a token for five minutes": (
            f"cogid get-open-id-token-for-developer-identity {_POOL_ID} "
            "--logins login.example.com=user-17 --principal-tags department=sales "
            "--token-duration 300"
        ),
    },
    "get-principal-tag-attribute-map": {
        "The tags for a user pool": (
            f"cogid get-principal-tag-attribute-map {_POOL_ID} --identity-provider-name {USER_POOL}"
        ),
    },
    "list-identities": {
        "All identities of a pool": f"cogid list-identities {_POOL_ID} --output table",
        "The ids of the guests, one a line": (
            f"cogid list-identities {_POOL_ID} "
            "--query 'Identities[?!Logins].[IdentityId]' --output text"
        ),
    },
    "list-identity-pools": {
        "All pools on this machine": "cogid --local list-identity-pools",
        "The id of the pool named shop": (
            "cogid list-identity-pools --region us-east-1 --output text "
            "--query \"IdentityPools[?IdentityPoolName=='shop'].IdentityPoolId\""
        ),
    },
    "list-tags-for-resource": {
        "The tags of a pool": f"pool={POOL}\ncogid list-tags-for-resource {_ARN}",
    },
    "lookup-developer-identity": {
        "The identity of user 17": (
            f"cogid lookup-developer-identity {_POOL_ID} --developer-user-identifier user-17 "
            "--query IdentityId --output text"
        ),
        "The users of an identity": f"cogid lookup-developer-identity {_POOL_ID} {_IDENTITY_ID}",
    },
    "merge-developer-identities": {
        "Give user 17 the identity of user 42": (
            f"cogid merge-developer-identities {_POOL_ID} "
            "--developer-provider-name login.example.com --source-user-identifier user-17 "
            "--destination-user-identifier user-42"
        ),
    },
    "set-identity-pool-roles": {
        "A role for users and one for guests": (
            f"cogid set-identity-pool-roles {_POOL_ID} "
            f"--roles 'authenticated={ROLE}/user,unauthenticated={ROLE}/guest'"
        ),
        "Another role for Google users of one domain": (
            f"cogid set-identity-pool-roles {_POOL_ID} --roles authenticated={ROLE}/user "
            "--role-mappings 'accounts.google.com={Type=Rules,"
            "AmbiguousRoleResolution=AuthenticatedRole,RulesConfiguration={Rules=["
            f"{{Claim=hd,MatchType=Equals,Value=example.com,RoleARN={ROLE}/staff}}]}}}}'"
        ),
    },
    "set-principal-tag-attribute-map": {
        "Make the claim custom:dept of a user pool the tag department": (
            f"cogid set-principal-tag-attribute-map {_POOL_ID} "
            f"--identity-provider-name {USER_POOL} --no-use-defaults "
            "--principal-tags department=custom:dept"
        ),
    },
    "tag-resource": {
        "Two tags": f"pool={POOL}\ncogid tag-resource {_ARN} --tags 'stage=test,owner=Jane Roe'",
    },
    "unlink-developer-identity": {
        "User 17": (
            f"cogid unlink-developer-identity {_POOL_ID} {_IDENTITY_ID} "
            "--developer-provider-name login.example.com --developer-user-identifier user-17"
        ),
    },
    "unlink-identity": {
        'The Google login; logins.json holds {"accounts.google.com": "ID TOKEN"}': (
            f"cogid unlink-identity {_IDENTITY_ID} --logins file://logins.json "
            "--logins-to-remove accounts.google.com"
        ),
    },
    "untag-resource": {
        "Two tags": f"pool={POOL}\ncogid untag-resource {_ARN} --tag-keys stage owner",
    },
    "update-identity-pool": {
        "Rename a pool and keep guests out; all else goes back to its default": (
            f"cogid update-identity-pool {_POOL_ID} --identity-pool-name shop-2 "
            "--no-allow-unauthenticated-identities"
        ),
        "Change one thing: edit what describe-identity-pool printed, then": (
            "cogid update-identity-pool --cli-input-json file://pool.json"
        ),
    },
}
