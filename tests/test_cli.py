import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from cogid import model, options

POOL = ("--identity-pool-id", "us-east-1:p")
COMMANDS = list(model.load().operations)


def test_global_flags_stand_before_or_after_the_command(cogid, service):
    """Both places mean the same."""
    service.replies = [{"IdentityId": "us-east-1:i"}]
    before = cogid("--output", "text", "get-id", *POOL)
    after = cogid("get-id", *POOL, "--output", "text")

    assert before == after == (0, "us-east-1:i\n", "")


def test_of_both_places_the_later_one_wins(cogid, service):
    """A flag after the command overrules the same one before it."""
    service.replies = [{"IdentityId": "us-east-1:i"}]
    result = cogid("--output", "yaml", "--query", "x", "get-id", *POOL, "--output", "text")

    assert result.out == "None\n"


@pytest.mark.parametrize("where", ["before", "after"])
@pytest.mark.parametrize(
    "words", [("--output", "text"), ("--output=text",), ("--outp", "text"), ("--outp=text",)]
)
def test_global_flags_may_be_joined_and_shortened(cogid, service, where, words):
    """``--flag=value`` and an unambiguous beginning are taken in both places."""
    service.replies = [{"IdentityId": "us-east-1:i"}]
    line = [*words, "get-id", *POOL] if where == "before" else ["get-id", *POOL, *words]

    assert cogid(*line).out == "us-east-1:i\n"


def test_flags_may_be_shortened(cogid, service):
    """A member's flag may be shortened as long as it stays unambiguous."""
    cogid("list-identity-pools", "--max-res", "5")

    assert service.asked == [("ListIdentityPools", {"MaxResults": 5})]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["--allow-unauthenticated-identities"], True),
        (["--no-allow-unauthenticated-identities"], False),
        (["--allow-unauthenticated-identities", "--no-allow-unauthenticated-identities"], False),
        (["--no-allow-unauthenticated-identities", "--allow-unauthenticated-identities"], True),
    ],
)
def test_a_switch_says_yes_or_no(cogid, service, words, value):
    """Of ``--x`` and ``--no-x`` the last one counts."""
    cogid("create-identity-pool", "--identity-pool-name", "p", *words)

    assert service.asked[0][1]["AllowUnauthenticatedIdentities"] is value


def test_a_list_flag_takes_several_words(cogid, service):
    """All words up to the next flag are the list's."""
    words = ["--identity-id", "us-east-1:i", "--logins-to-remove", "a", "b", "--logins", "a=t"]
    cogid("unlink-identity", *words)

    assert service.asked[0][1]["LoginsToRemove"] == ["a", "b"]


HELP = [
    ["-h"],
    ["--help"],
    ["help"],
    ["--output", "text", "-h"],
    *([command, word] for command in ("get-id", "list-identities") for word in ("-h", "help")),
    ["get-id", "--help"],
    ["get-id", *POOL, "-h"],
    ["help", "get-id"],
    ["help", "query"],
]


@pytest.mark.parametrize("words", HELP)
def test_help_works_at_every_level(cogid, service, words):
    """``-h``, ``--help`` and ``help`` print help and end well, whatever stands beside them."""
    result = cogid(*words)

    assert (result.code, result.err) == (0, "")
    assert len(result.out) > 200
    assert service.requests == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("word", ["-h", "help"])
def test_help_of_a_command_names_its_flags(cogid, command, word):
    """Every flag of every operation is in its help."""
    text = cogid(command, word).out

    for flag in options.of_operation(model.load().operations[command]):
        assert flag.spelling in text


def test_help_needs_no_region_or_credentials(cogid):
    """Nothing has to be set up to read help."""
    env = {"AWS_REGION": None, "AWS_ACCESS_KEY_ID": None, "AWS_PROFILE": "nope"}

    assert cogid("get-id", "--help", env=env).code == 0


@pytest.mark.parametrize("words", [["--version"], ["get-id", "--version"], ["--version", "get-id"]])
def test_the_version_is_told(cogid, words):
    """--version prints the version and ends well, wherever it stands."""
    result = cogid(*words)

    assert result.code == 0
    assert result.out.startswith("cogid/0.")


USAGE = [
    # words                                      what stderr says
    ([], "the following arguments are required: operation"),
    (["no-such"], "argument operation: Found invalid choice 'no-such'"),
    (["get-id"], "the following arguments are required: --identity-pool-id"),
    (["get-id", *POOL, "--nope"], "Unknown options: --nope"),
    (["get-id", *POOL, "word"], "Unknown options: word"),
    (["--nope", "get-id"], "Unknown options: --nope"),
    (["get-id", "--identity-pool-id"], "argument --identity-pool-id: expected one argument"),
    (["get-id", *POOL, "--output", "xml"], "argument --output: Found invalid choice 'xml'"),
    (["--output", "xml", "get-id", *POOL], "argument --output: Found invalid choice 'xml'"),
    (["get-id", *POOL, "--color", "blue"], "argument --color: Found invalid choice 'blue'"),
    (["get-id", *POOL, "--no-paginate=1"], "argument --no-paginate: ignored explicit argument"),
    (["list-identity-pools", "--max", "1"], "ambiguous option: --max could match"),
    (["help", "no-such"], "no help on 'no-such'"),
    (
        ["get-id", *POOL, "--cli-auto-prompt", "--no-cli-auto-prompt"],
        "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified",
    ),
]


@pytest.mark.parametrize(("words", "message"), USAGE)
def test_a_wrong_line_is_a_usage_error(cogid, service, words, message):
    """What is wrong is named, with exit code 252 and nothing sent."""
    result = cogid(*words)

    assert (result.code, result.out) == (252, "")
    assert message in result.err
    assert service.requests == []


MEANT = [
    (["get-ids"], "get-id"),
    (["list-identity-pool"], "list-identity-pools"),
    (["GET-ID"], "get-id"),
    (["describe-identitypool"], "describe-identity-pool"),
    (["get-id", "--identity-pol-id", "x"], "--identity-pool-id"),
    (["get-id", *POOL, "--outptu", "text"], "--output"),
    (["--regoin", "x", "get-id"], "--region"),
    (["help", "qurey"], "query"),
]


@pytest.mark.parametrize(("words", "meant"), MEANT)
def test_a_typo_gets_what_was_meant(cogid, words, meant):
    """An unknown command, flag or topic is answered with the nearest there is."""
    result = cogid(*words)

    assert result.code == 252
    assert f"Maybe you meant:\n\n  * {meant}\n" in result.err


@pytest.mark.parametrize(
    ("name", "commands"),
    [
        ("ls", "list-identities, list-identity-pools, list-tags-for-resource"),
        ("list", "list-identities, list-identity-pools, list-tags-for-resource"),
        ("rm", "delete-identities, delete-identity-pool"),
        ("credentials", "get-credentials-for-identity"),
        ("show-pool", "describe-identity-pool"),
    ],
)
def test_a_name_that_other_tools_use_gets_the_commands_of_that_meaning(cogid, name, commands):
    """Words are looked for in the names of commands, in the singular and the plural."""
    assert cogid(name).err.endswith(f"\nhint: perhaps {commands}\n")


def test_the_harmless_commands_are_proposed_first(cogid):
    """Somebody who types a noun wants to look."""
    hint = "hint: perhaps list-identity-pools, describe-identity-pool, "

    assert hint in cogid("pools").err


def test_what_is_like_nothing_gets_no_proposal(cogid):
    """A far-fetched guess helps nobody."""
    assert "Maybe" not in cogid("qqqqqqqq").err
    assert "hint" not in cogid("qqqqqqqq").err


def test_auto_prompt_says_that_there_is_nothing_to_prompt_on(cogid, service):
    """The flag is taken, and the command goes on."""
    result = cogid("get-id", *POOL, "--cli-auto-prompt")

    assert result.code == 0
    assert "--cli-auto-prompt" in result.err
    assert len(service.requests) == 1


ACCEPTED = [
    ["--no-verify-ssl"],
    ["--no-cli-auto-prompt"],
    ["--cli-binary-format", "base64"],
    ["--cli-binary-format", "raw-in-base64-out"],
    ["--cli-connect-timeout", "5"],
    ["--cli-read-timeout", "0"],
    ["--no-cli-pager"],
    ["--color", "auto"],
    ["--no-sign-request"],
    ["--no-paginate"],
    ["--cli-error-format", "legacy"],
]


@pytest.mark.parametrize("words", ACCEPTED)
def test_every_global_flag_is_taken(cogid, service, words):
    """No flag of the reference stops a command that needs nothing of it."""
    service.replies = [{"IdentityId": "us-east-1:i"}]

    assert cogid("get-id", *POOL, *words, "--output", "text")[:2] == (0, "us-east-1:i\n")


CODES = {0, 1, 130, 141, 252, 253, 254, 255}
WORDS = st.sampled_from(
    [
        *COMMANDS,
        *(flag.name for flag in options.GLOBAL if not flag.name.startswith("--local")),
        *(flag.name for flag in options.INPUT + options.PAGING),
        *("--identity-pool-id", "--identity-id", "--logins", "--max-results", "--identity-ids-to"),
        *("help", "-h", "--", "-", "", "a=b", "a=[", "{}", "[]", "[1]", "1", "0", "-1", "json"),
        *("text", "table", "yaml", "output", "yaml-input", "us-east-1", "us-east-1:x", "file://-"),
        *("file://no", "fileb:///dev/null", "@", "[", "IdentityId", "\ud800", "é\x1b"),
    ]
)
VALID = {"integer": "1", "map": "a=b", "list": "us-east-1:x", "structure": "{}", "boolean": None}


def line_of(command, more):
    """Give a line that has what a command requires, and more."""
    shape = model.load().operations[command].input
    words = [command]
    for name in shape.required:
        valid = VALID.get(shape.members[name].type, "us-east-1:x")
        words += [f"--{model.kebab(name)}", *([valid] if valid else [])]
    return words + more


LINES = st.lists(WORDS | st.text(max_size=5), max_size=8)
MORE = st.just([]) | st.lists(WORDS, max_size=3)
WHOLE_LINES = st.builds(line_of, st.sampled_from(COMMANDS), MORE)
REPLIES = st.sampled_from(
    [
        lambda _: {},
        lambda _: {
            "IdentityPools": [{"IdentityPoolId": "us-east-1:p"}],
            "Token": "\x1b",
            "X": None,
        },
        lambda service: service.error("NotAuthorizedException", "No."),
        lambda service: service.error("TooManyRequestsException", "Slow.", status=429),
        lambda service: service.reply(raw=b"oops"),
        lambda service: service.reply(raw=b"", status=500),
    ]
)


@given(LINES | WHOLE_LINES, REPLIES, st.booleans())
def test_any_words_end_in_a_known_exit_code(cogid, service, words, reply, tty):
    """Whatever is typed, the end is one of the codes that scripts know, without a traceback."""
    service.replies = [reply(service)]
    words = [word for word in words if word not in ("local", "--debug", "--endpoint-url")]
    result = cogid(*words, tty=tty, env={"AWS_MAX_ATTEMPTS": "1", "AWS_PAGER": ""})

    event(str(result.code))
    assert result.code in CODES
    assert "Traceback" not in result.err
