"""Calls for the sake of a TAB: one attempt, a short time-out, never a question.

Loads botocore by way of ``client``; import it only when something is really sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cogid import client, loader, model, profile
from cogid.request import Request
from cogid.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Hurried(Settings):
    """Settings, but nothing is tried twice."""

    def retries(self, *, patient: bool) -> dict[str, Any]:  # noqa: ARG002 - never patient
        return {"mode": "standard", "total_max_attempts": 1}


class Service:
    """The service that the flags and the environment lead to; the client is made once.

    Raises LookupError for a profile whose credentials take a code from an MFA device: botocore
    would ask for it in the middle of the line.
    """

    def __init__(self, flags: dict[str, Any], environ: Mapping[str, str], *, seconds: int) -> None:
        times = {"cli_read_timeout": seconds, "cli_connect_timeout": seconds}
        self._settings = _Hurried({**flags, **times}, environ)
        self._client: client.Client | None = None
        if _asks(profile.chosen(self._settings.profile, environ), environ):
            raise LookupError("mfa_serial")

    def call(self, operation: str, parameters: dict[str, Any]) -> Any:
        """Give the reply to one call."""
        told = model.load().operations[model.kebab(operation)]
        wanted = Request(told, parameters)
        if self._client is None:
            self._client = client.Client(self._settings, wanted)
        return next(iter(self._client.pages(wanted)))

    def account(self, region: str) -> tuple[str, str]:
        """Give the partition and the number of the account, which only STS knows."""
        import botocore.session
        from botocore.config import Config

        session = botocore.session.Session()
        data_path = session.get_config_variable("data_path")
        session.register_component("data_loader", loader.make(data_path))
        if self._settings.profile:
            session.set_config_variable("profile", self._settings.profile)
        # An endpoint that was named is a simulator's, which has STS on the same port.
        sts = session.create_client(
            "sts",
            region_name=region,
            endpoint_url=self._settings.endpoint_url,
            verify=self._settings.verify,
            config=Config(
                retries=self._settings.retries(patient=False),
                read_timeout=self._settings.timeout("read"),
                connect_timeout=self._settings.timeout("connect"),
            ),
        )
        arn = sts.get_caller_identity()["Arn"].split(":")
        return arn[1], arn[4]


def _asks(name: str, environ: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        settings = profile.read(name, environ)
        if "mfa_serial" in settings:
            return True
        name = settings.get("source_profile", "")
    return False
