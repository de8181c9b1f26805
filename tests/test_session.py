import json
from pathlib import Path

import botocore.loaders  # noqa: TID253 - the witness
import botocore.regions  # noqa: TID253 - the witness
import pytest

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
