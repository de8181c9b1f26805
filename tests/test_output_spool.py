import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogid import output, pages
from cogid.errors import CogidError
from cogid.output import View, as_json, as_yaml, spool, yaml_text

VIEWS = st.sampled_from([View("x"), View("x", width=80, escape=True, color=True)])
SCALARS = st.none() | st.booleans() | st.integers() | st.text()
ITEMS = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
PAGES = st.lists(
    st.fixed_dictionaries({}, optional={"Pool": st.text(), "Items": st.none() | st.lists(ITEMS)}),
    min_size=1,
    max_size=4,
)
FORMATS = pytest.mark.parametrize("form", [as_json, as_yaml])
PIPE = View("ListThings")


@FORMATS
@given(some=PAGES, token=st.none() | st.text(min_size=1), view=VIEWS)
def test_a_list_page_by_page_is_the_list_as_a_whole(replies, form, some, token, view):
    """Holding one page in memory writes what holding all of them writes, to the letter."""
    text = "".join(spool.texts(replies(some, resume_token=token), form, view))
    [document] = pages.whole(replies(some, resume_token=token))

    assert text == form.render(document, view)


@FORMATS
def test_a_failure_on_the_way_prints_nothing(replies, form):
    """Nothing is given before the last page is there."""
    failing = replies([{"Items": [1]}, {"Items": [2]}], error=CogidError("no"))

    with pytest.raises(CogidError):
        next(spool.texts(failing, form, PIPE))


def test_a_long_list_goes_to_disk_and_comes_back(replies):
    """What does not fit in memory is printed all the same."""
    items = [{"Name": "x" * 1000, "Number": number} for number in range(2000)]
    text = "".join(spool.texts(replies([{"Items": items}] * 2), as_json, PIPE))

    assert len(text) > spool.IN_MEMORY
    assert json.loads(text) == {"Items": items + items}


class Full:
    """A file on a disk without room."""

    def __init__(self, *_, **__):
        pass

    def __enter__(self):
        """Open it."""
        return self

    def __exit__(self, *_):
        """Close it."""

    def write(self, _):
        """Fail."""
        raise OSError(28, "No space left on device")


def test_a_disk_that_is_full_is_an_error(replies, monkeypatch):
    """A list that cannot be kept is a failure with a message."""
    monkeypatch.setattr(spool, "SpooledTemporaryFile", Full)

    with pytest.raises(CogidError, match="Cannot keep the list until it is whole: No space"):
        list(spool.texts(replies([{"Items": [1]}]), as_json, PIPE))


@FORMATS
def test_the_mark_of_the_items_may_be_an_item(replies, form):
    """What stands for the items meanwhile is no trouble when the service sends it."""
    [mark] = spool.MARK
    text = "".join(spool.texts(replies([{"Pool": mark, "Items": [mark]}]), form, PIPE))

    assert yaml_text.load(text) == {"Items": [mark], "Pool": mark}


@pytest.mark.parametrize("name", ["json", "yaml"])
def test_a_list_takes_the_memory_of_a_page(replies, name):
    """However long a list is, a page of it is held at a time, and what is kept is on disk."""
    some = ({"Items": [{"Name": "x" * 1000, "Number": n} for n in range(60)]} for _ in range(200))
    tracemalloc.start()
    size = sum(map(len, output.load(name).texts(replies(some), None, PIPE)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 12_000_000
    assert most < 4_000_000
