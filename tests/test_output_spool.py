import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import pages, yaml_text
from cogid.errors import CogidError
from cogid.output import Style, as_json, as_yaml, spool

STYLE = Style("ListThings")
ORDER = ["Pool", "Items", "NextToken"]
FORMATS = pytest.mark.parametrize("module", [as_json, as_yaml])


class Scripted:
    """Pages without a client: the protocol that ``pages`` knows."""

    results = "Items"

    def __init__(self, replies, resume_token=None, error=None):
        self._replies = replies
        self._resume_token = resume_token
        self._error = error
        self.resume_token = None

    def __iter__(self):
        """Give the pages, then fail if asked to."""
        yield from self._replies
        if self._error:
            raise self._error
        self.resume_token = self._resume_token


SCALARS = st.none() | st.booleans() | st.integers() | st.text()
ITEMS = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
PAGES = st.lists(
    st.fixed_dictionaries({}, optional={"Pool": st.text(), "Items": st.none() | st.lists(ITEMS)}),
    min_size=1,
    max_size=4,
)


@FORMATS
@given(replies=PAGES, token=st.none() | st.text(min_size=1))
def test_a_list_page_by_page_is_the_list_as_a_whole(module, replies, token):
    """Holding one page in memory writes what holding all of them writes, to the letter."""
    text = "".join(module.render_pages(Scripted(replies, token), ORDER, STYLE))

    assert text == module.render(pages.whole(Scripted(replies, token), ORDER), STYLE)


@FORMATS
def test_a_failure_on_the_way_prints_nothing(module):
    """Nothing is given before the last page is there."""
    failing = Scripted([{"Items": [1]}, {"Items": [2]}], error=CogidError("no"))

    with pytest.raises(CogidError):
        next(module.render_pages(failing, ORDER, STYLE))


def test_a_long_list_goes_to_disk_and_comes_back():
    """What does not fit in memory is printed all the same."""
    items = [{"Name": "x" * 1000, "Number": number} for number in range(2000)]
    text = "".join(as_json.render_pages(Scripted([{"Items": items}] * 2), ORDER, STYLE))

    assert len(text) > spool.IN_MEMORY
    assert json.loads(text) == {"Items": items + items}


def test_a_disk_that_is_full_is_an_error():
    """A list that cannot be kept is a failure with a message."""

    class Full:
        def write(self, _):
            raise OSError(28, "No space left on device")

    with pytest.raises(CogidError, match="Cannot keep the list until it is whole: No space"):
        spool._keep(Full(), "x")  # noqa: SLF001


def test_the_mark_of_the_items_may_be_an_item():
    """What stands for the items meanwhile is no trouble when the service sends it."""
    replies = [{"Pool": spool.ITEMS, "Items": [spool.ITEMS]}]
    text = "".join(as_yaml.render_pages(Scripted(replies), ORDER, STYLE))

    assert yaml_text.load(text) == {"Items": [spool.ITEMS], "Pool": spool.ITEMS}
