"""``cogid doctor``: the way from the configuration to credentials, link by link."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from cogid.errors import CheckFailed
from cogid.options import LOGIN, NONE, POOL, TOKEN, Command, Flag

if TYPE_CHECKING:
    from cogid.app import App
    from cogid.options import Flags


def run(flags: Flags, app: App) -> None:
    """Look at every link, and say what is wrong with the first that is broken."""
    from cogid import doctor, findings
    from cogid.commands import printing

    show = printing.documents(flags, app)
    chain = doctor.Chain(flags, app, doctor.tokens(flags, app))
    if show:
        found = list(chain.walk())
        show({"Findings": findings.document(found)})
    else:
        color = app.terminal.colors(flags.get("color", "auto"), app.terminal.out)
        walked, shown = itertools.tee(chain.walk())
        for line in findings.lines(shown, color=color, width=doctor.WIDEST):
            app.terminal.write(line)  # each is seen as soon as it is there
        found = list(walked)
    if bad := findings.first_wrong(found):
        raise CheckFailed(f"Something is wrong: {bad.name}")


command = Command(
    "doctor",
    run,
    summary="Find out why a pool gives no credentials",
    about="Looks at configuration, credentials, endpoint and clock, and with --pool at everything "
    "between a login (or a guest, without --token) and AWS credentials: the pool, guest access, "
    "provider, audience, token, role mapping, the role and its trust policy. Each is ok, wrong or "
    "unknown, and under the first that is wrong stands the cure. Nothing is changed, and no "
    "identity is made, unless --try signs in. The exit code is 1 when something is wrong.",
    params=[
        POOL,
        TOKEN,
        LOGIN,
        Flag(
            "--try",
            NONE,
            "Sign in and ask STS who that is. It makes an identity where there is none: without a "
            "token, a new guest each time.",
        ),
    ],
    examples=[
        ("Configuration only", "cogid doctor"),
        ("All the way for a user", "cogid doctor --pool shop --token @id.token --try"),
    ],
)
