import io

import pytest

from cogid.retries import RetryNotes

POOL = ("--identity-pool-id", "us-east-1:p")
IDENTITY = {"IdentityId": "us-east-1:i"}
NOTE = "note: the service is busy (TooManyRequestsException); trying again, attempt"


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


class Http:
    """An HTTP reply of which only the status matters."""

    def __init__(self, status):
        self.status_code = status


class Waiting:
    """A clock that a test turns, and what is to be done when it gets there."""

    def __init__(self):
        self.now = 0.0
        self.planned = []
        self.told = []
        self.notes = RetryNotes(self.told.append, lambda: self.now, self.later)

    def later(self, seconds, act):
        """Plan something, and give the function that drops it."""
        plan = (self.now + seconds, act)
        self.planned.append(plan)
        return lambda: plan in self.planned and self.planned.remove(plan)

    def wait(self, seconds):
        """Let time go by."""
        end = self.now + seconds
        for plan in sorted(self.planned, key=lambda each: each[0]):
            if plan[0] <= end:
                self.planned.remove(plan)
                self.now = plan[0]
                plan[1]()
        self.now = end

    def fail(self, context, attempt, status=400, code="TooManyRequestsException"):
        """Let an attempt fail."""
        reply = (Http(status), {"Error": {"Code": code}} if code else {})
        request = {"context": context}
        self.notes.failed(reply, None, attempt, request_dict=request, operation=None)


@pytest.fixture
def waiting():
    """Give a patience with a clock of its own."""
    return Waiting()


def call(most=3):
    """Make the context of a call, as botocore does."""
    return {"retries": {"max": most}}


def test_a_second_of_waiting_is_told(waiting):
    """Whoever waits for a second learns why, and which attempt comes."""
    waiting.fail(call(), 1)
    waiting.wait(1.5)

    assert waiting.told == [f"{NOTE} 2 of 3"]


def test_a_quick_retry_is_not_told(waiting):
    """What is over within a second is nobody's business."""
    context = call()
    waiting.fail(context, 1)
    waiting.wait(0.9)
    waiting.notes.done(context)
    waiting.wait(60)

    assert waiting.told == []


def test_waits_add_up(waiting):
    """Short waits of several attempts and calls are one long wait to a person."""
    first, second = call(), call()
    waiting.fail(first, 1)
    waiting.wait(0.4)
    waiting.fail(first, 2)
    waiting.wait(0.4)
    waiting.notes.done(first)
    waiting.fail(second, 1)
    waiting.wait(0.4)

    assert waiting.told == [f"{NOTE} 2 of 3"]


def test_the_last_failure_announces_no_attempt(waiting):
    """After the last attempt there is nothing to wait for."""
    context = call()
    waiting.fail(context, 2)
    waiting.wait(2)
    waiting.fail(context, 3)
    waiting.wait(2)

    assert waiting.told == [f"{NOTE} 3 of 3"]


def test_one_note_a_second_is_enough(waiting):
    """Calls that wait side by side speak with one voice."""
    for _ in range(8):
        waiting.fail(call(10), 1)
    waiting.wait(1.2)

    assert waiting.told == [f"{NOTE} 2 of 10"]


def test_an_unknown_number_of_attempts_is_left_out(waiting):
    """Botocore's legacy mode does not tell how often it tries."""
    waiting.fail({}, 1)
    waiting.wait(1)

    assert waiting.told == [f"{NOTE} 2"]


def test_a_reply_that_is_none_begins_no_wait(waiting):
    """Every reply comes by; only failures count."""
    waiting.fail(call(), 1, status=200, code=None)

    assert waiting.planned == []


REASONS = [
    # status, code                     told
    ((429, None), "the service is busy (429)"),
    ((400, "ThrottlingException"), "the service is busy (ThrottlingException)"),
    ((500, "InternalErrorException"), "the service answered InternalErrorException"),
    ((503, None), "the service answered 503"),
    ((500, "\x1b[31m"), "the service answered \\x1b[31m"),
]


@pytest.mark.parametrize(("reply", "told"), REASONS)
def test_the_reason_is_named(waiting, reply, told):
    """A note says what went wrong, and nothing that a terminal would obey."""
    waiting.fail(call(), 1, *reply)
    waiting.wait(1)

    assert waiting.told == [f"note: {told}; trying again, attempt 2 of 3"]


def test_a_failed_connection_is_a_reason(waiting):
    """Where no reply came, the kind of the failure is named."""
    waiting.notes.failed(None, TimeoutError(), 1, request_dict={"context": call()})
    waiting.wait(1)

    assert waiting.told == ["note: no answer (TimeoutError); trying again, attempt 2 of 3"]


@pytest.fixture
def busy(service):
    """Make the service refuse once, and then take longer than anyone waits in silence."""
    refusal = service.error("TooManyRequestsException", "Slow.", status=429)
    service.replies = [refusal, service.reply(IDENTITY, sleep=1.2)]


@pytest.mark.usefixtures("busy")
def test_a_retry_is_told_on_a_terminal(screen):
    """A person at a real terminal sees the note, on a line of its own, and then the reply."""
    result = screen("get-id", *POOL, "--output", "text", env={"NO_COLOR": "1"})

    assert result.code == 0
    assert result.out == f"\r\x1b[K{NOTE} 2 of 3\nus-east-1:i\n"


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("mode", ["standard", "adaptive", "legacy"])
def test_every_mode_of_retrying_is_told(cogid, mode):
    """The note does not depend on how botocore was told to retry."""
    result = cogid("get-id", *POOL, tty=True, env={"AWS_RETRY_MODE": mode, "TERM": "dumb"})

    assert result.code == 0
    assert result.err.startswith(f"{NOTE} 2")


@pytest.mark.usefixtures("busy")
def test_a_pipe_is_told_nothing(cogid):
    """Standard error in a file or a pipe stays as the reference's."""
    assert cogid("get-id", *POOL).err == ""


def test_giving_up_is_told_once(cogid, service):
    """The failure at the end is the error's to tell."""
    service.replies = [service.error("TooManyRequestsException", "Slow.", status=429)]
    result = cogid("get-id", *POOL, tty=True, env={"AWS_MAX_ATTEMPTS": "2"})

    assert result.code == 254
    assert "attempt 3" not in result.err
    assert "(reached max retries: 1): Slow." in result.err
