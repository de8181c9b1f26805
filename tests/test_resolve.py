"""What a word names a pool by, and when somebody is asked for it."""

import io

import pytest

from cogid import resolve
from cogid.app import App
from cogid.argv import Line
from cogid.errors import ConfigError, UsageError
from cogid.terminal import Terminal

ID = "us-east-1:00000000-0000-4000-8000-000000000001"
OTHER = "us-east-1:00000000-0000-4000-8000-000000000002"
ARN = f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{ID}"


def page(*pools, **more):
    """Make a reply that lists pools."""
    listed = [{"IdentityPoolId": id_, "IdentityPoolName": name} for id_, name in pools]
    return {"IdentityPools": listed, **more}


@pytest.fixture
def pool(environ, monkeypatch):
    """Resolve a word in a run of its own."""
    monkeypatch.setenv("HOME", environ["HOME"])
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"):
        monkeypatch.setenv(name, environ[name])

    def run(word, **flags):
        app = App(Terminal(io.StringIO(), io.StringIO(), environ), environ)
        app.line = Line(None, None, "creds", flags)
        return resolve.pool(word, app)

    return run


@pytest.mark.parametrize("word", [ID, ARN, f" {ID}\n"])
def test_ids_and_arns_are_used_as_they_are(pool, service, word):
    """Nobody is asked."""
    assert pool(word) == ID
    assert service.requests == []


def test_a_name_is_looked_up_on_all_pages(pool, service):
    """The one pool of that name is used."""
    service.replies = [page((OTHER, "shop-test"), NextToken="t"), page((ID, "shop"))]

    assert pool("shop") == ID
    assert [body for _, body in service.asked] == [
        {"MaxResults": 60},
        {"MaxResults": 60, "NextToken": "t"},
    ]


def test_a_name_is_looked_up_once_a_minute(pool, service):
    """The next run knows it; one for another region asks again."""
    service.replies = [page((ID, "shop"))]
    pool("shop")
    pool("shop")
    assert len(service.requests) == 1

    pool("shop", region="eu-west-1")
    assert len(service.requests) == 2


WRONG = [
    # pools, what is told
    ([(ID, "shop"), (OTHER, "shop")], f"2 pools are called 'shop'.*{ID}.*{OTHER}"),
    ([(ID, "Shop"), (OTHER, "x")], f"no pool is called 'shop'; there are:\n  {ID}  Shop$"),
    ([(ID, "x")], f"no pool is called 'shop'; there are:\n  {ID}  x"),
    ([], "no pool is called 'shop', nor is there any other"),
]


@pytest.mark.parametrize(("pools", "told"), WRONG)
def test_a_name_must_be_one_pools(pool, service, pools, told):
    """The candidates are listed with their ids, and nothing is kept."""
    service.replies = [page(*pools)]

    for _ in range(2):
        with pytest.raises(UsageError, match=f"(?s){told}"):
            pool("shop")
    assert len(service.requests) == 2


@pytest.mark.parametrize("word", ["arn:aws:s3:::bucket", ARN.replace(ID, "x")])
def test_another_arn_is_refused(pool, service, word):
    """The right form is shown."""
    with pytest.raises(UsageError, match="identitypool/REGION:GUID"):
        pool(word)
    assert service.requests == []


def test_a_name_needs_a_region(pool, environ):
    """An id says its region, a name does not."""
    del environ["AWS_REGION"]

    with pytest.raises(ConfigError, match="specify a region") as raised:
        pool("shop")
    assert "--pool REGION:GUID" in raised.value.hint
