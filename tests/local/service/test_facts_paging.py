"""Section 4 of the facts: pages, and tokens that survive what happens between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[..., Any]
    Refusal = Callable[..., tuple[str, str]]


@pytest.fixture
def some(call: Call, pool: str) -> Any:
    """Make a number of guests and give their ids in order."""
    return lambda count: [call("GetId", IdentityPoolId=pool)["IdentityId"] for _ in range(count)]


@pytest.fixture
def page(call: Call, pool: str) -> Any:
    """Read one page of identities: their ids, and the token of the next page."""

    def page(size: Any, token: Any = None, **more: Any) -> Any:
        asked = {"NextToken": token} if token else {}
        answer = call("ListIdentities", IdentityPoolId=pool, MaxResults=size, **asked, **more)
        return [each["IdentityId"] for each in answer["Identities"]], answer.get("NextToken")

    return page


def test_pages_together_are_the_whole_list(some: Any, page: Any) -> None:
    """In order, each once; the last page has no token."""
    made = some(5)

    first, token = page(2)
    second, later = page(2, token)
    third, end = page(2, later)

    assert first + second + third == made
    assert end is None


def test_a_full_last_page_has_no_token(some: Any, page: Any) -> None:
    """There is nothing after it."""
    some(2)
    assert page(2)[1] is None


def test_an_empty_pool_has_an_empty_page(call: Call, pool: str) -> None:
    """The member is there all the same."""
    assert call("ListIdentities", IdentityPoolId=pool, MaxResults=1) == {
        "IdentityPoolId": pool,
        "Identities": [],
    }


def test_a_token_survives_deletes_and_inserts(call: Call, some: Any, page: Any) -> None:
    """Nothing twice, nothing lost: deleted before, at and after the mark, and one added."""
    made = some(6)
    first, token = page(3)
    call("DeleteIdentities", IdentityIdsToDelete=[made[0], made[2], made[3]])
    added = some(1)

    rest, end = page(60, token)

    assert first == made[:3]
    assert rest == [made[4], made[5], *added]
    assert end is None


def test_pools_are_paged_alike(call: Call, make_pool: Call) -> None:
    """A region's pools, in the order they were made."""
    made = [make_pool(IdentityPoolName=f"pool {n}") for n in range(3)]

    seen, token = [], {}
    while True:
        answer = call("ListIdentityPools", MaxResults=1, **token)
        seen += [each["IdentityPoolId"] for each in answer["IdentityPools"]]
        if "NextToken" not in answer:
            break
        token = {"NextToken": answer["NextToken"]}

    assert [each for each in seen if each in made] == made
    assert len(seen) == len(set(seen))


def test_tokens_are_opaque_words(some: Any, page: Any) -> None:
    """No white space, so that they can be pasted."""
    some(2)
    _, token = page(1)
    assert token == "".join(token.split())


@pytest.mark.parametrize("token", ["x", "1", "MTIz", "AAAA====", "é", "0" * 500])
def test_a_bad_token_is_an_invalid_parameter(refusal: Refusal, pool: str, token: Any) -> None:
    """Choice: what no list gave out is refused."""
    asked = {"IdentityPoolId": pool, "MaxResults": 1, "NextToken": token}
    assert refusal("ListIdentities", **asked)[0] == "InvalidParameterException"


def test_a_token_of_another_list_is_refused(
    refusal: Refusal, make_pool: Call, some: Any, page: Any
) -> None:
    """Each pool's list has tokens of its own."""
    some(2)
    _, token = page(1)
    asked = {"IdentityPoolId": make_pool(), "MaxResults": 1, "NextToken": token}
    assert refusal("ListIdentities", **asked)[0] == "InvalidParameterException"
    assert refusal("ListIdentityPools", MaxResults=1, NextToken=token)[0] == (
        "InvalidParameterException"
    )
