"""The service's errors: code, HTTP status, and the texts that recur.

Every text here was seen from the service unless its function says "a choice": then no log of it
exists and the words are ours.
"""

from __future__ import annotations


class Fault(Exception):  # what the service's own model calls its errors
    """The service says no: ``code`` is the error's short name, ``status`` the HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status


def invalid(message: str) -> Fault:
    """InvalidParameterException."""
    return Fault("InvalidParameterException", message)


def refused(message: str) -> Fault:
    """NotAuthorizedException."""
    return Fault("NotAuthorizedException", message)


def conflict(message: str) -> Fault:
    """ResourceConflictException; all its texts are choices."""
    return Fault("ResourceConflictException", message)


def missing(message: str) -> Fault:
    """ResourceNotFoundException."""
    return Fault("ResourceNotFoundException", message)


def limit(message: str) -> Fault:
    """LimitExceededException; all its texts are choices."""
    return Fault("LimitExceededException", message)


def internal(message: str) -> Fault:
    """InternalErrorException, the only one that answers 500."""
    return Fault("InternalErrorException", message, 500)


def no_pool(pool_id: str) -> Fault:
    """No such pool in this region."""
    return missing(f"IdentityPool '{pool_id}' not found.")


def no_identity(identity_id: str) -> Fault:
    """No such identity; Amplify compares this text letter by letter."""
    return missing(f"Identity '{identity_id}' not found.")


def forbidden_identity(identity_id: str) -> Fault:
    """Say that an authenticated or disabled identity was used without a login."""
    return refused(f"Access to Identity '{identity_id}' is forbidden.")


def forbidden_role(role: str) -> Fault:
    """Say that a role may not be passed, is in another account, or is no role ARN at all."""
    return refused(f"Access to Role '{role}' is forbidden.")


def no_guests() -> Fault:
    """Say that the pool admits no guests."""
    return refused("Unauthenticated access is not supported for this identity pool.")


def logins_differ() -> Fault:
    """No login given belongs to the identity, or the pool has no provider at all."""
    return refused(
        "Logins don't match. Please include at least one valid login for this identity or"
        " identity pool."
    )


def bad_token(reason: str) -> Fault:
    """Say why a login token is not accepted."""
    return refused(f"Invalid login token. {reason}")


def foreign_token() -> Fault:
    """Say that the token's audience is not one that the pool is configured with."""
    return refused("Token is not from a supported provider of this identity pool.")


def no_public_provider() -> Fault:
    """Refuse a Logins key that names no public provider (the text ends without a full stop)."""
    return invalid("Please provide a valid public provider")


def no_developer_provider() -> Fault:
    """Refuse another developer provider name than the pool's; the code is a choice."""
    return invalid("This identity pool does not support the specified developer provider")


def no_usable_role() -> Fault:
    """No role for this kind of identity."""
    return Fault(
        "InvalidIdentityPoolConfigurationException",
        "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
    )
