"""Whole commands, from words to printed text."""

import pytest

POOL = "us-east-1:p"
LISTS = [
    # command, flags, items
    ("list-identity-pools", [], "IdentityPools"),
    ("list-identities", ["--identity-pool-id", POOL], "Identities"),
    (
        "lookup-developer-identity",
        ["--identity-pool-id", POOL, "--developer-user-identifier", "me"],
        "DeveloperUserIdentifierList",
    ),
]
PARAMETERS = {
    "list-identity-pools": {},
    "list-identities": {"IdentityPoolId": POOL},
    "lookup-developer-identity": {"IdentityPoolId": POOL, "DeveloperUserIdentifier": "me"},
}


def pages(key):
    """Script three pages of a list."""
    return [
        {key: ["a", "b"], "NextToken": "t1"},
        {key: ["c"], "NextToken": "t2"},
        {key: ["d"]},
    ]


@pytest.fixture
def in_pages(service):
    """Script a list in three pages, whose items the model would not know."""

    def script(key):
        item = {"IdentityPools": "IdentityPoolName", "Identities": "IdentityId"}.get(key)
        service.replies = [
            {**page, key: [{item: each} if item else each for each in page[key]]}
            for page in pages(key)
        ]
        return f"{key}[].{item}" if item else key

    return script


def bodies(service):
    """Give what was asked for, page by page."""
    return [body for _, body in service.asked]


@pytest.mark.parametrize(("command", "flags", "key"), LISTS)
def test_a_list_fetches_everything_by_itself(cogid, service, in_pages, command, flags, key):
    """Without --max-results all pages are fetched, 60 at a time, and printed as one."""
    names = in_pages(key)
    fixed = {**PARAMETERS[command], "MaxResults": 60}
    result = cogid(command, *flags, "--query", names)

    assert result.json == ["a", "b", "c", "d"]
    assert bodies(service) == [fixed, {**fixed, "NextToken": "t1"}, {**fixed, "NextToken": "t2"}]


@pytest.mark.parametrize(("command", "flags", "key"), LISTS)
def test_a_list_as_a_whole_ends_without_a_token(cogid, in_pages, command, flags, key):
    """When nothing remains there is no NextToken, and the items stand in one list."""
    in_pages(key)
    found = cogid(command, *flags).json

    assert "NextToken" not in found
    assert len(found[key]) == 4


@pytest.mark.parametrize(("command", "flags", "key"), LISTS)
def test_a_list_takes_the_paging_flags(cogid, service, in_pages, command, flags, key):
    """--page-size is asked for, --max-items ends it, and --starting-token goes on."""
    names = in_pages(key)
    first = cogid(command, *flags, "--page-size", "2", "--max-items", "3")
    asked = bodies(service)
    service.requests.clear()
    service.replies = service.replies[2:]
    token = first.json["NextToken"]
    rest = cogid(command, *flags, "--starting-token", token, "--query", names)

    assert len(first.json[key]) == 3
    assert [body["MaxResults"] for body in asked] == [2, 2]
    assert bodies(service)[0]["NextToken"] == "t2"
    assert rest.json == ["d"]


@pytest.mark.parametrize(("command", "flags", "key"), LISTS)
@pytest.mark.parametrize("more", [[], ["--next-token", "t0"]])
def test_max_results_fetches_one_page(cogid, service, in_pages, command, flags, key, more):
    """With --max-results a list does what the reference does: one call, its token printed."""
    in_pages(key)
    result = cogid(command, *flags, "--max-results", "2", *more)

    token = {"NextToken": "t0"} if more else {}
    assert bodies(service) == [{**PARAMETERS[command], "MaxResults": 2, **token}]
    assert result.json["NextToken"] == "t1"
    assert result.err == ""


def test_no_paginate_fetches_one_page(cogid, service, in_pages):
    """--no-paginate asks once, for as much as the service gives."""
    in_pages("IdentityPools")

    assert cogid("list-identity-pools", "--no-paginate").json["NextToken"] == "t1"
    assert bodies(service) == [{"MaxResults": 60}]


NOTE = "note: more remain; leave out --max-results and --next-token to fetch them all"


def test_a_person_is_told_when_more_remains(cogid, in_pages):
    """On a terminal one page of several comes with a line that says how to get them all."""
    in_pages("IdentityPools")

    assert NOTE in cogid("list-identity-pools", "--max-results", "2", tty=True).err


def test_nothing_is_said_when_nothing_remains(cogid, service):
    """A page that is the last needs no line."""
    service.replies = [{"IdentityPools": []}]

    assert cogid("list-identity-pools", "--max-results", "2", tty=True).err == ""


def test_a_person_who_fetched_all_is_told_nothing(cogid, in_pages):
    """A list that paged by itself is whole."""
    in_pages("IdentityPools")

    assert cogid("list-identity-pools", tty=True).err == ""


def test_a_look_up_of_both_ids_is_one_call(cogid, service):
    """Asking whether two ids belong together has no pages."""
    words = ["--identity-pool-id", POOL, "--identity-id", "us-east-1:i"]
    cogid("lookup-developer-identity", *words, "--developer-user-identifier", "me")

    assert ["MaxResults" in body for body in bodies(service)] == [False]


def test_max_items_of_nothing_is_warned_of(cogid, in_pages):
    """The reference's warning about --max-items 0 is given as well."""
    in_pages("IdentityPools")

    assert "Non-positive values for --max-items" in (
        cogid("list-identity-pools", "--max-items", "0").err
    )


@pytest.mark.parametrize("fmt", ["json", "yaml", "table"])
def test_a_list_that_fails_on_the_way_prints_nothing(cogid, service, fmt):
    """Half a list is not passed for a whole one."""
    page = {"IdentityPools": [{"IdentityPoolName": "a"}], "NextToken": "t"}
    service.replies = [page, service.error("NotAuthorizedException", "No.")]

    assert cogid("list-identity-pools", "--output", fmt)[:2] == (254, "")


@pytest.mark.parametrize("fmt", ["text", "yaml-stream"])
def test_formats_of_pages_print_what_came_before_a_failure(cogid, service, fmt):
    """Text and yaml-stream print each page when it is there; the exit code tells the rest."""
    page = {"IdentityPools": [{"IdentityPoolName": "a"}], "NextToken": "t"}
    service.replies = [page, service.error("NotAuthorizedException", "No.")]
    result = cogid("list-identity-pools", "--output", fmt)

    assert result.code == 254
    assert "a" in result.out


@pytest.mark.parametrize("fmt", ["json", "yaml"])
def test_a_list_is_printed_the_same_with_and_without_a_query(cogid, in_pages, fmt):
    """The way that holds one page in memory prints what the other prints."""
    in_pages("IdentityPools")
    plain = cogid("list-identity-pools", "--output", fmt, "--max-items", "3")
    in_pages("IdentityPools")

    assert "IdentityPoolName" in plain.out


def test_off_prints_nothing(cogid, service):
    """--output off sends the request and prints no reply."""
    service.replies = [{"IdentityId": POOL}]

    assert cogid("get-id", "--identity-pool-id", POOL, "--output", "off") == (0, "", "")
    assert len(service.requests) == 1


EVIL = "\x1b[2Jevil\u202e"


@pytest.mark.parametrize("fmt", ["text", "table"])
def test_a_terminal_is_not_steered_by_a_name(cogid, service, fmt):
    """What the service sends cannot rewrite what a person sees."""
    service.replies = [{"DeveloperProviderName": EVIL, "IdentityPoolName": "p"}]
    words = ["--identity-pool-id", POOL, "--output", fmt, "--color", "off"]
    result = cogid("describe-identity-pool", *words, tty=True)

    assert "\\x1b[2Jevil\\u202e" in result.out
    assert "\x1b" not in result.out


@pytest.mark.parametrize("fmt", ["json", "yaml", "yaml-stream"])
def test_no_format_lets_control_characters_through_to_a_terminal(cogid, service, fmt):
    """JSON and YAML escape by themselves what the others have to be taught."""
    service.replies = [{"DeveloperProviderName": "\x1b[2J\x9b\u202e", "IdentityPoolName": "p"}]
    words = ["--identity-pool-id", POOL, "--output", fmt, "--color", "off"]
    result = cogid("describe-identity-pool", *words, tty=True)

    assert result.code == 0
    assert not set("\x1b\x9b\u202e") & set(result.out)


def test_a_pipe_gets_a_name_as_it_is(cogid, service):
    """A program gets the service's own bytes."""
    service.replies = [{"DeveloperProviderName": EVIL}]
    result = cogid("describe-identity-pool", "--identity-pool-id", POOL, "--output", "text")

    assert result.out == f"{EVIL}\n"


def test_a_terminal_is_not_steered_by_an_error(cogid, service):
    """The service's message is shown escaped on a terminal."""
    service.replies = [service.error("InvalidParameterException", EVIL)]
    result = cogid("get-id", "--identity-pool-id", POOL, tty=True)

    assert "\\x1b[2Jevil\\u202e" in result.err
    assert EVIL not in result.err


def test_parameters_come_from_standard_input(cogid, service):
    """``file://-`` keeps a login out of argv."""
    words = ["--identity-pool-id", POOL, "--logins", "file://-"]
    cogid("get-id", *words, stdin='{"accounts.google.com": "secret"}')

    assert bodies(service) == [
        {"IdentityPoolId": POOL, "Logins": {"accounts.google.com": "secret"}}
    ]


def test_flags_are_laid_over_the_input(cogid, service):
    """A flag says more than --cli-input-json."""
    words = ["--cli-input-json", '{"IdentityPoolId": "j", "AccountId": "1"}']
    cogid("get-id", *words, "--identity-pool-id", "f")

    assert bodies(service) == [{"IdentityPoolId": "f", "AccountId": "1"}]


KEYS = [
    ("'a b'=c", {"a b": "c"}),
    ('"a@b.c"=d', {"a@b.c": "d"}),
    ("'naïve, key'=d", {"naïve, key": "d"}),
]


@pytest.mark.parametrize(("word", "tags"), KEYS)
def test_keys_of_shorthand_may_be_quoted(cogid, service, word, tags):
    """A tag's key may hold any letter, a space or an @, when it is quoted."""
    result = cogid("tag-resource", "--resource-arn", "arn:aws:x:us-east-1:1:y", "--tags", word)

    assert result.code == 0
    assert bodies(service)[0]["Tags"] == tags


@pytest.mark.parametrize(
    ("command", "flag"),
    [
        ("list-identity-pools", "--max-results"),
        ("list-identity-pools", "--page-size"),
        ("list-identity-pools", "--max-items"),
        ("get-open-id-token-for-developer-identity", "--token-duration"),
        ("get-id", "--cli-read-timeout"),
    ],
)
@pytest.mark.parametrize("word", ["abc", "", "1.5"])
def test_a_wrong_number_names_its_flag(cogid, service, command, flag, word):
    """What is no number is a usage error before anything is sent."""
    result = cogid(command, flag, word)

    assert result.code == 252
    assert f"argument {flag}: invalid int value: {word!r}" in result.err
    assert service.requests == []


MIXED = [
    "[`1`, 'a', `null`, [`2`, [`3`]], {a: IdentityId}]",
    "[[[`1`]]]",
    "[[`1`, `2`], [`3`], []]",
    "IdentityId",
    "nope",
    "`1`",
]


@pytest.mark.parametrize("expression", MIXED)
def test_a_table_takes_whatever_a_query_gives(cogid, service, expression):
    """Mixed and nested lists, scalars and null are drawn, where the reference crashes."""
    service.replies = [{"IdentityId": POOL}]
    words = ["--identity-pool-id", POOL, "--output", "table"]

    assert cogid("get-id", *words, "--query", expression).code == 0


@pytest.mark.parametrize("fmt", ["csv", "jsonl"])
def test_formats_without_a_place_for_it_tell_the_token_on_stderr(cogid, service, fmt):
    """A list that was cut says where it goes on, though only items are printed."""
    pools = [{"IdentityPoolId": "p1"}, {"IdentityPoolId": "p2"}]
    service.replies = [{"IdentityPools": pools, "NextToken": "t1"}]
    cut = cogid("list-identity-pools", "--max-items", "2", "--output", fmt)
    paged = cogid("list-identity-pools", "--max-results", "2", "--output", fmt)

    assert (
        cut.out
        == paged.out
        == {
            "csv": "IdentityPoolId,IdentityPoolName\np1,\np2,\n",
            "jsonl": '{"IdentityPoolId":"p1"}\n{"IdentityPoolId":"p2"}\n',
        }[fmt]
    )
    assert cut.err == (
        "note: more remain; go on with --starting-token eyJOZXh0VG9rZW4iOiAidDEifQ==\n"
    )
    assert paged.err == "note: more remain; go on with --next-token t1\n"


@pytest.mark.parametrize("fmt", ["csv", "jsonl"])
@pytest.mark.parametrize("words", [["--max-items", "1"], ["--max-results", "1"]])
def test_a_token_steers_no_terminal(cogid, service, fmt, words):
    """The note of where a list goes on holds what the service sent."""
    service.replies = [{"IdentityPools": [{"IdentityPoolId": "p1"}], "NextToken": f"t{EVIL}\r"}]
    err = cogid("list-identity-pools", *words, "--output", fmt, tty=True).err

    assert "note: more remain" in err
    assert not set("\x1b\u202e\r") & set(err)


@pytest.mark.parametrize(
    ("flags", "more", "colored"),
    [
        ([], {}, False),
        ([], {"env": {"FORCE_COLOR": "1"}}, False),
        (["--color", "on"], {}, False),
        ([], {"tty": True}, True),
        ([], {"tty": True, "env": {"FORCE_COLOR": "0"}}, False),
    ],
)
def test_json_is_coloured_for_who_looks_alone(cogid, service, flags, more, colored):
    """In a pipe the next program reads it, jq for one."""
    service.replies = [{"IdentityId": "i"}]
    out = cogid("get-id", "--identity-pool-id", "us-east-1:p", *flags, **more).out

    assert out == (
        '{\n    \x1b[1m"IdentityId"\x1b[0m: \x1b[32m"i"\x1b[0m\n}\n'
        if colored
        else '{\n    "IdentityId": "i"\n}\n'
    )


def test_a_bad_number_of_attempts_names_the_variable(cogid):
    """Botocore's own complaint says only that x is no number."""
    result = cogid("list-identity-pools", env={"AWS_MAX_ATTEMPTS": "x"})

    assert result.code == 255
    assert "AWS_MAX_ATTEMPTS" in result.err


def test_standard_input_may_stand_for_two_flags(program, service):
    """Both get all of it, where a second read would find nothing."""
    service.replies = [{}]
    words = ("--source-user-identifier", "file://-", "--destination-user-identifier", "file://-")
    further = ("--developer-provider-name", "d", "--identity-pool-id", "us-east-1:p")
    program("merge-developer-identities", *words, *further, stdin="u")

    assert service.requests[0].body["SourceUserIdentifier"] == "u"
    assert service.requests[0].body["DestinationUserIdentifier"] == "u"


@pytest.mark.parametrize("fmt", ["text", "jsonl", "yaml-stream", "json"])
def test_a_list_that_goes_into_a_file_shows_its_progress(screen, service, tmp_path, fmt):
    """A person who waits for a file sees from the first second on that something comes."""
    service.replies = [service.reply({"IdentityPools": []}, sleep=1.7)]
    with (tmp_path / "file").open("wb") as file:
        result = screen("list-identity-pools", "--output", fmt, file=file)

    assert result.code == 0
    assert "0 identity pools fetched" in result.out
    assert b"\x1b" not in (tmp_path / "file").read_bytes()
