import json
import re
import signal
import time

import pytest

from cogid import model
from cogid.batches import complain, cut, joined, send, size
from cogid.errors import CogidError, SomeFailed
from cogid.request import Request

DELETE = model.load().operations["delete-identities"]
UNDONE = [{"IdentityId": "a", "ErrorCode": "InternalServerError"}]


def ids(count):
    """Name so many identities."""
    return [f"us-east-1:{number}" for number in range(count)]


def deletion(count):
    """Make a request to delete so many identities."""
    return Request(DELETE, {"IdentityIdsToDelete": ids(count)})


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, [0]), (1, [1]), (60, [60]), (61, [60, 1]), (120, [60, 60]), (150, [60, 60, 30])],
)
def test_ids_are_cut_into_calls_of_sixty(count, sizes):
    """The service takes 60 ids at a time."""
    parts = [part.parameters["IdentityIdsToDelete"] for part in cut(deletion(count))]

    assert [len(part) for part in parts] == sizes
    assert [each for part in parts for each in part] == ids(count)


def test_what_is_no_list_stays_whole_for_the_validation():
    """A wrong type goes to botocore as it is, which names it."""
    request = Request(DELETE, {"IdentityIdsToDelete": "x" * 100})

    assert cut(request) == [request]


def test_other_operations_stay_whole():
    """Nothing else is cut."""
    request = Request(model.load().operations["get-id"], {"Logins": {}})

    assert cut(request) == [request]


def test_replies_join_to_one():
    """The ids left undone by all calls stand in one reply."""
    replies = [{"UnprocessedIdentityIds": UNDONE}, {}, {"UnprocessedIdentityIds": UNDONE}]

    assert joined(replies, deletion(130)) == {"UnprocessedIdentityIds": UNDONE + UNDONE}


def test_calls_are_sent_and_told_of():
    """Each call is sent once, and each one done is reported."""
    sent, told = [], []

    def send_one(call):
        sent.append(size(call))
        return {}

    assert send(cut(deletion(130)), send_one, told.append) == (
        {"UnprocessedIdentityIds": []},
        None,
    )
    assert sorted(sent) == sorted(told) == [10, 60, 60]


def test_a_call_that_fails_ends_it_and_says_how_far_it_came():
    """No more are begun, and the error says that the command can be run again."""

    def send_one(call):
        if "us-east-1:0" in call.parameters["IdentityIdsToDelete"]:
            raise CogidError("no")
        return {}

    _, error = send(cut(deletion(6000)), send_one, lambda _: None)

    assert error is not None
    assert error.message == "no"
    assert re.fullmatch(
        r"(\d+) of 6000 were sent, \1 of them deleted; run it again to go on", error.hint
    )


def test_what_was_left_undone_before_a_failure_is_kept():
    """The reply of the calls that went well is given beside the error."""

    def send_one(call):
        if size(call) == 1:  # the last one, begun while the first ones are done
            time.sleep(0.1)
            raise CogidError("no")
        return {"UnprocessedIdentityIds": UNDONE}

    reply, error = send(cut(deletion(121)), send_one, lambda _: None)

    assert reply == {"UnprocessedIdentityIds": UNDONE + UNDONE}
    assert error.hint == "120 of 121 were sent, 118 of them deleted; run it again to go on"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_although_calls_hang(program, service, number):
    """Within two seconds it is said how far it came, and what was left undone is printed."""
    undone = {"UnprocessedIdentityIds": UNDONE}
    service.replies = [undone, service.reply({}, sleep=20)]
    with program.started("delete-identities", "--cli-input-json", "file://-") as process:
        process.stdin.write(json.dumps({"IdentityIdsToDelete": ids(1800)}).encode())
        process.stdin.close()
        while len(service.requests) < 9:  # one is answered, eight hang
            time.sleep(0.01)
        time.sleep(0.2)
        began = time.monotonic()
        process.send_signal(number)
        code = process.wait(5)
        took = time.monotonic() - began
        said = process.stderr.read().decode()

        assert took < 2
        assert code == 128 + number
        assert json.loads(process.stdout.read()) == undone
    assert "hint: 60 of 1800 were sent, 59 of them deleted; 480 more are under way" in said


def test_ids_left_undone_are_a_failure():
    """The service calls it a success; a script must not."""
    with pytest.raises(SomeFailed) as caught:
        complain({"UnprocessedIdentityIds": UNDONE}, deletion(3))

    assert caught.value.exit_code == 1
    assert caught.value.message == "1 of 3 identities were not deleted: InternalServerError"


@pytest.mark.parametrize("document", [{"UnprocessedIdentityIds": []}, {}])
def test_nothing_left_undone_is_no_failure(document):
    """A clean reply raises nothing."""
    complain(document, deletion(1))


def test_any_number_of_ids_is_deleted_in_calls_of_sixty(cogid, service):
    """All ids are sent, each once, in as few calls as the service allows."""
    result = cogid("delete-identities", "--identity-ids-to-delete", *ids(130))

    parts = [body["IdentityIdsToDelete"] for _, body in service.asked]
    assert [name for name, _ in service.asked] == ["DeleteIdentities"] * 3
    assert sorted(len(part) for part in parts) == [10, 60, 60]
    assert sorted(each for part in parts for each in part) == sorted(ids(130))
    assert result.json == {"UnprocessedIdentityIds": []}
    assert (result.code, result.err) == (0, "")


def test_ids_left_undone_are_printed_and_fail_with_one(cogid, service):
    """The merged reply is on stdout, the exit code is 1, and stderr says how many."""
    service.replies = [{"UnprocessedIdentityIds": UNDONE}]
    result = cogid("delete-identities", "--identity-ids-to-delete", *ids(61))

    assert result.code == 1
    assert result.json == {"UnprocessedIdentityIds": UNDONE + UNDONE}
    assert "2 of 61 identities were not deleted: InternalServerError" in result.err


def test_ids_left_undone_by_one_call_fail_with_one(cogid, service):
    """A single call that leaves ids undone fails as well, with the reply as it came."""
    service.replies = [{"UnprocessedIdentityIds": UNDONE}]
    result = cogid("delete-identities", "--identity-ids-to-delete", "us-east-1:a")

    assert result.code == 1
    assert result.json == {"UnprocessedIdentityIds": UNDONE}


def test_a_query_that_hides_what_is_undone_changes_no_exit_code(cogid, service):
    """Whatever is printed, ids left undone are a failure."""
    service.replies = [{"UnprocessedIdentityIds": UNDONE}]
    words = ["--identity-ids-to-delete", "us-east-1:a", "--query", "x", "--output", "text"]

    assert cogid("delete-identities", *words)[:2] == (1, "None\n")


def test_a_failure_on_the_way_says_how_far_it_came(cogid, service):
    """When the service says no to one of the calls, the error stands, with how to go on."""
    service.replies = [service.error("NotAuthorizedException", "No.")]
    result = cogid("delete-identities", "--identity-ids-to-delete", *ids(61))

    assert result.code == 254
    assert "hint: 0 of 61 were sent, 0 of them deleted; run it again to go on" in result.err


def test_a_throttled_call_is_tried_again(cogid, service):
    """Many calls at once do not give up when the service asks them to slow down."""
    service.replies = [service.error("TooManyRequestsException", "Slow."), {}]
    result = cogid("delete-identities", "--identity-ids-to-delete", *ids(61))

    assert result.code == 0
    assert len(service.requests) == 3
