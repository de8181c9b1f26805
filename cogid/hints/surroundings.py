"""Messages about what is around a call: region, credentials, the way to the service.

The reference's message names the trouble, or only an address; here it is said which flag,
variable or profile it came from, and which would cure it.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from cogid import model, profile

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.errors import CogidError

_ENDPOINT = re.compile(r'endpoint URL: "([^"]{1,2000})"')
_PROXY = re.compile(r"proxy URL: ")
_NAME = re.compile(r"Provided region_name '([^']{1,200})'")
_OF_AWS = re.compile(r"https?://[\w-]{1,100}\.([\w-]{1,100})\.amazonaws\.com(?:\.cn)?(?:[:/]|$)")
# In the order in which botocore looks, a service's own before the one for all.
ENDPOINTS = ("AWS_ENDPOINT_URL_COGNITO_IDENTITY", "AWS_ENDPOINT_URL")
PROXIES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")
_MOST_NAMES = 5  # of profiles, in one line


def hint_for(error: CogidError, app: App) -> str | None:
    """Give the advice for an error that no service answered with."""
    if error.code == "NoRegion":
        return (
            "give --region or AWS_REGION, or choose a profile that has one with --profile"
            f"{_profiles(app)}; --local needs no region"
        )
    if error.code == "NoCredentials":
        return (
            f"choose a profile with --profile{_profiles(app)}, or set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY; --local needs no account"
        )
    if found := _NAME.search(error.message):
        return _other_region(found.group(1), app)
    if _PROXY.search(error.message):
        return _proxy(app)
    if found := _ENDPOINT.search(error.message):
        return _endpoint(found.group(1), app)
    return None


def _profiles(app: App) -> str:
    """List the profiles that there are, when they are few."""
    names = profile.names(app.environ)
    return f" ({', '.join(names)})" if 0 < len(names) <= _MOST_NAMES else ""


def _other_region(region: str, app: App) -> str | None:
    """Say that a region is none that has the service, where it came from, and which is like it."""
    known = model.regions()
    if not known or region in known:
        return None
    source = app.settings.sources["region"] if region == app.settings.region else ""
    by = f" ({source})" if source else ""
    near = difflib.get_close_matches(region, known, n=1, cutoff=0.6)
    meant = f"; perhaps {near[0]}" if near else ""
    return f"no region called {region}{by} is known to have identity pools{meant}"


def _proxy(app: App) -> str | None:
    name = next((each for each in PROXIES if app.environ.get(each)), None)
    return f"{name} says to go through that proxy; NO_PROXY excepts addresses" if name else None


def _endpoint(url: str, app: App) -> str | None:
    """Say what chose an address that does not answer."""
    _, configured = profile.read(app.line.flags.get("profile"), app.environ)
    chosen = {
        "--endpoint-url": app.settings.endpoint_url,
        **{name: app.environ.get(name) for name in ENDPOINTS},
        "endpoint_url in the profile": configured.get("endpoint_url"),
    }
    for source, value in chosen.items():
        if value and url.startswith(value.rstrip("/")):
            return f"the address is that of {source}; is what it names running, and on that port?"
    if "services" in configured:
        return f"the address may be that of the profile's services, {configured['services']}"
    aws = _OF_AWS.match(url)
    return aws and (
        _other_region(aws.group(1), app)
        or "AWS cannot be reached from here: look at the network, or name a proxy in HTTPS_PROXY"
    )
