import json
from pathlib import Path

import botocore.loaders  # noqa: TID253 - the witness
import botocore.regions  # noqa: TID253 - the witness
import pytest
from botocore.retries import standard  # noqa: TID253 - what is changed

from cogid.session import REACHED, Loader, make, reduced
from cogid.settings import Settings

REAL = botocore.loaders.Loader()


def test_reduced_endpoints_are_botocores_for_the_services_that_are_reached():
    """Of the endpoints nothing is lost but what concerns other services."""
    whole = REAL.load_data("endpoints")
    ours = Loader().load_data("endpoints")

    for partition in whole["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in REACHED if name in services}
    assert ours == whole


@pytest.mark.parametrize("service", REACHED)
@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1"])
def test_endpoints_resolve_as_with_botocore(service, region):
    """A reached service has the endpoint that botocore's own loader gives it."""
    ours = botocore.regions.EndpointResolver(Loader().load_data("endpoints"))
    theirs = botocore.regions.EndpointResolver(REAL.load_data("endpoints"))

    assert ours.construct_endpoint(service, region) == theirs.construct_endpoint(service, region)


def test_the_services_that_are_reached_have_models():
    """Each service that botocore may be asked for is one that it has."""
    named = Loader().list_available_services("service-2")

    assert {"cognito-identity", "sts", "sso", "sso-oidc", "signin"} <= set(named)
    assert Loader().load_service_model("cognito-identity", "service-2")["operations"]


@pytest.mark.parametrize("text", ["{}", "[", '{"partitions": [{"services": {}}]}', ""])
def test_what_is_not_laid_out_as_known_is_left_to_botocore(text):
    """A file of another form is not cut."""
    assert reduced(text) is None


def test_a_folder_of_models_of_ones_own_is_looked_into(tmp_path, monkeypatch):
    """AWS_DATA_PATH may hold models and endpoints, several folders of them, ``~`` included."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_DATA_PATH", "/nowhere:~/data")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "endpoints.json").write_text(json.dumps({"partitions": []}))
    session = make(Settings({}, {"HOME": str(tmp_path)}))

    assert session.get_component("data_loader").load_data("endpoints") == {"partitions": []}


def test_the_cut_relies_on_a_file_that_is_there():
    """The endpoints that botocore ships today are laid out as known."""
    path = Path(REAL.BUILTIN_DATA_PATH, "endpoints.json")

    assert reduced(path.read_text()) is not None


LIST = ("list-identity-pools", "--max-results", "5")
ON_EC2 = {"AWS_REGION": None, "AWS_EC2_METADATA_DISABLED": None}
METADATA = {
    "/latest/api/token": b"metadata-token",
    "/latest/meta-data/placement/availability-zone/": b"eu-west-3b",
}


@pytest.fixture
def on_ec2(cogid, service, monkeypatch):
    """Run a command where instance metadata answers, beside the service."""

    def run(*words, metadata=METADATA, env=None):
        def answer(asked):
            service.requests.append(asked)
            if not asked.operation.startswith("/"):
                return service.reply({"IdentityPools": []})
            known = asked.operation in metadata
            return service.reply(
                raw=metadata.get(asked.operation, b""), status=200 if known else 404
            )

        monkeypatch.setattr(service, "answer", answer)
        env = {**ON_EC2, "AWS_EC2_METADATA_SERVICE_ENDPOINT": f"{service.url}/", **(env or {})}
        return cogid(*words, env=env)

    return run


def signed_for(service):
    """Give the regions that requests were signed for."""
    return [each.region for each in service.requests if each.region]


def test_an_instance_knows_its_region(on_ec2, service):
    """Where nothing else says it, the region is the EC2 instance's own (2.36.7)."""
    assert on_ec2(*LIST).code == 0
    assert signed_for(service) == ["eu-west-3"]


NEARER = [
    # words, environment, region
    ((*LIST, "--region", "eu-west-1"), {}, "eu-west-1"),
    (LIST, {"AWS_REGION": "eu-west-2"}, "eu-west-2"),
    (("describe-identity-pool", "--identity-pool-id", "us-west-2:p"), {}, "us-west-2"),
]


@pytest.mark.parametrize(("words", "env", "region"), NEARER)
def test_metadata_is_not_asked_where_the_region_is_known(on_ec2, service, words, env, region):
    """A flag, a variable and the id of a pool say it first, and no call is made for it."""
    on_ec2(*words, env=env)

    assert [each.region for each in service.requests] == [region]


NOWHERE = [
    {},
    {"/latest/api/token": b"t"},
    {**METADATA, "/latest/meta-data/placement/availability-zone/": b""},
]


@pytest.mark.parametrize("metadata", NOWHERE)
def test_metadata_that_knows_no_region_is_none(on_ec2, service, metadata):
    """What is missing then is told as anywhere else."""
    result = on_ec2(*LIST, metadata=metadata, env={"AWS_METADATA_SERVICE_NUM_ATTEMPTS": "1"})

    assert result.code == 253
    assert "You must specify a region." in result.err
    assert signed_for(service) == []


def test_disabled_metadata_is_not_asked(on_ec2, service):
    """AWS_EC2_METADATA_DISABLED counts for the region as well."""
    assert on_ec2(*LIST, env={"AWS_EC2_METADATA_DISABLED": "TRUE"}).code == 253
    assert service.requests == []


@pytest.mark.parametrize(("attempt", "longest"), [(1, 1), (2, 2), (3, 4), (9, 20)])
def test_attempts_are_as_far_apart_as_the_references(attempt, longest):
    """They are a random part of 1 second, then of 2: a service gets time to come back (2.36.7)."""
    context = standard.RetryContext(attempt_number=attempt)
    waits = [standard.ExponentialBackoff().delay_amount(context) for _ in range(500)]

    assert 0.9 * longest < max(waits) <= longest
    assert min(waits) < 0.1 * longest or longest == 20
