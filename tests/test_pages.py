import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import model
from cogid.app import App
from cogid.pages import page_by_page, whole
from cogid.request import Paging, Request
from cogid.service import Replies

TWO = [{"Items": [1, 2], "Pool": "p", "NextToken": "t"}, {"Items": [3], "Pool": "q"}]


def test_pages_join_to_one_document_in_the_models_order(replies):
    """Items of all pages come together; all else is the first page's."""
    [found] = whole(replies(TWO))

    assert list(found.items()) == [("Pool", "p"), ("Items", [1, 2, 3])]


def test_the_token_to_go_on_with_is_the_resume_token(replies):
    """The service's own token is left out, and the resuming one comes last."""
    [found] = whole(replies(TWO, resume_token="go"))

    assert list(found) == ["Pool", "Items", "NextToken"]
    assert found["NextToken"] == "go"


@pytest.mark.parametrize("documents", [whole, page_by_page])
def test_a_single_reply_stays_as_it_is(replies, documents):
    """What is not paged is one document as it came, with the service's token and order."""
    reply = {"NextToken": "t", "Items": [1]}
    [found] = documents(replies([reply], items=None))

    assert list(found.items()) == list(reply.items())


def test_pages_without_items_join_to_an_empty_list(replies):
    """A missing or null list of items counts as empty."""
    assert list(whole(replies([{"Items": None}, {}]))) == [{"Items": []}]


def test_text_prints_what_is_no_item_once(replies):
    """Of the second page on only the items are given; of the first all but the token."""
    assert list(page_by_page(replies(TWO))) == [{"Items": [1, 2], "Pool": "p"}, {"Items": [3]}]


def test_text_ends_with_where_to_go_on(replies):
    """A last document says the resuming token, as the reference prints it."""
    assert list(page_by_page(replies(TWO, resume_token="go")))[2:] == [
        {"NextToken": {"NextToken": "go"}}
    ]


class ServiceOf:
    """A paging service as a boto3 client: gives ``items``, at most 60 at a time."""

    def __init__(self, items, result, service_model):
        self.items = items
        self.result = result
        self.sizes = []
        self.meta = self
        self.service_model = service_model

    def page(self, MaxResults=60, NextToken="0", **_):  # noqa: N803 - names of the API
        """Answer one request."""
        self.sizes.append(MaxResults)
        start = int(NextToken)
        stop = start + min(MaxResults, 60)
        reply = {self.result: self.items[start:stop], "ResponseMetadata": {}}
        return {**reply, "NextToken": str(stop)} if stop < len(self.items) else reply

    list_identity_pools = list_identities = lookup_developer_identity = page


LISTS = ["list-identity-pools", "list-identities", "lookup-developer-identity"]


def fetch(command, items, service_model, *paging):
    """Fetch one document of a list, and the sizes that were asked for."""
    operation = model.load().operations[command]
    client = ServiceOf(items, operation.items, service_model)
    request = Request(operation, {}, Paging(*paging))
    [document] = whole(Replies(App(environ={}), client, request, [request], "us-east-1"))
    return document, client.sizes


@given(
    st.sampled_from(LISTS),
    st.integers(0, 200),
    st.integers(1, 60),
    st.integers(1, 250),
)
def test_resuming_gives_every_item_once_and_in_order(service_model, command, count, size, most):
    """Whatever the sizes, going on from each NextToken reaches every item, and then ends."""
    items = [{"n": number} for number in range(count)]
    key = model.load().operations[command].items
    found, token = [], None
    while True:
        document, _ = fetch(command, items, service_model, size, most, token)
        assert len(document[key]) == min(most, count - len(found))
        found += document[key]
        token = document.get("NextToken")
        if token is None:
            break

    assert found == items


@given(st.sampled_from(LISTS), st.integers(0, 200), st.integers(1, 60))
def test_without_a_limit_everything_comes_in_few_requests(service_model, command, count, size):
    """All items come together, in no more requests than their number needs."""
    items = [{"n": number} for number in range(count)]
    document, sizes = fetch(command, items, service_model, size, None, None)

    assert document == {model.load().operations[command].items: items}
    assert sizes == [size] * max(1, -(-count // size))
