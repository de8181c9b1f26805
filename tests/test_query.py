import pytest

from cogid import model
from cogid.errors import CogidError, UsageError
from cogid.query import compiled, misnamed

PICKED = [
    ("a", {"a": 1}, 1),
    ("b", {"a": 1}, None),
    ("a[].b", {"a": [{"b": 1}, {"b": 2}]}, [1, 2]),
    ("a[?b>`1`]", {"a": [{"b": 1}, {"b": 2}]}, [{"b": 2}]),
    ("length(a)", {"a": [1, 2]}, 2),
    ("{x: a, y: 'z'}", {"a": 1}, {"x": 1, "y": "z"}),
    ("@", {}, {}),
]


@pytest.mark.parametrize(("expression", "document", "found"), PICKED)
def test_an_expression_picks_from_a_document(expression, document, found):
    """A compiled expression is a function on documents."""
    assert compiled(expression)(document) == found


def test_no_expression_is_nothing_to_apply():
    """Without --query documents stay as they are."""
    assert compiled(None) is None


@pytest.mark.parametrize("expression", ["[", "", "a.", "a b", "'", "{a: }", "a[", "!", "&"])
def test_a_mistake_is_found_before_anything_is_sent(expression):
    """What does not parse is a usage error that repeats the expression."""
    with pytest.raises(UsageError) as caught:
        compiled(expression)

    assert caught.value.message.startswith(f"Bad value for --query {expression}: ")


@pytest.mark.parametrize("expression", ["nope(a)", "length(a)", "sort(@)"])
def test_a_mistake_that_only_a_document_shows_is_an_error(expression):
    """A function that is none, or of the wrong type, fails when it is applied."""
    apply = compiled(expression)

    with pytest.raises(CogidError):
        apply({"a": 1})


def test_a_typo_in_query_costs_no_call(cogid, service):
    """A bad --query is reported before anything is sent."""
    result = cogid("list-identity-pools", "--query", "[")

    assert result.code == 252
    assert "Bad value for --query" in result.err
    assert service.requests == []


def test_a_typo_in_query_is_found_before_what_is_missing(cogid):
    """The expression is looked at before the request is built."""
    assert "Bad value for --query" in cogid("get-id", "--query", "[").err


def nested(levels):
    """Make expressions of so many levels, of several kinds."""
    return [
        "a|" * (levels - 1) + "a",
        "!" * (levels - 1) + "a",
        "[" * (levels - 1) + "a" + "]" * (levels - 1),
        "`" + "[" * levels + "`",
    ]


@pytest.mark.parametrize("expression", [*nested(201)[:-1], *nested(5000), "(" * 3000, "9" * 5000])
def test_a_deep_expression_is_found_before_anything_is_sent(expression):
    """What would overflow the stack, when parsed or when applied, is a usage error."""
    with pytest.raises(UsageError, match=r"^Bad value for --query "):
        compiled(expression)


@pytest.mark.parametrize("expression", nested(200)[:-1])
def test_an_expression_may_have_many_levels(expression):
    """Those that are let through can be applied."""
    compiled(expression)({"a": 1})


def test_a_long_expression_is_not_deep():
    """A chain of names is one level."""
    assert compiled("a" + ".a" * 5000)({"a": 1}) is None


def test_a_member_that_is_not_there_is_named_with_the_nearest():
    """The model knows the members of every reply."""
    output = model.load().operations["list-identity-pools"].output

    assert list(misnamed("IdentityPool[].Name", output)) == [
        "--query names IdentityPool, which is not there; perhaps IdentityPools"
    ]


@pytest.mark.parametrize(
    ("command", "expression", "names"),
    [
        ("list-identity-pools", "IdentityPools[].Name", ["Name"]),
        ("list-identity-pools", "IdentityPools[?Nme=='a'].IdentityPoolId | [0]", ["Nme"]),
        ("list-identity-pools", "IdentityPools[0].{a: PoolID, b: IdentityPoolName}", ["PoolID"]),
        ("list-identity-pools", "IdentityPools[:2].[A, B, A]", ["A", "B"]),
        ("list-identity-pools", "@.IdentityPools[] | [0].Name", ["Name"]),
        ("get-identity-pool-roles", "length(Rols)", ["Rols"]),
        (
            "get-identity-pool-roles",
            "RoleMappings.*.RulesConfiguration.Rules[].Claims",
            ["Claims"],
        ),
        (
            "list-identity-pools",
            "IdentityPools[?contains(IdentityPoolName, 'a')].[IdentityPoolId]",
            [],
        ),
        ("list-identity-pools", "sort_by(IdentityPools, &X)[].Y", []),
        ("list-identities", "Identities[].Logins[] | [0]", []),
        ("describe-identity-pool", "IdentityPoolTags.team", []),
        ("list-identity-pools", "NextToken", []),
        ("delete-identity-pool", "a", []),
    ],
)
def test_members_are_looked_for_where_the_expression_goes(command, expression, names):
    """Through lists, maps, filters and pipes; behind functions nothing is known."""
    told = misnamed(expression, model.load().operations[command].output)

    assert [each.split()[2].rstrip(",") for each in told] == names


def test_only_a_person_is_told_of_a_member_that_is_not_there(cogid, service):
    """A pipe gets what the reference says: nothing."""
    service.replies = [{"IdentityPools": []}]
    command = ("list-identity-pools", "--query", "IdentityPool")

    assert cogid(*command).err == ""
    assert cogid(*command, tty=True).err == (
        "note: --query names IdentityPool, which is not there; perhaps IdentityPools\n"
    )
