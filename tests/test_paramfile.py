import io
import os

import pytest

from cogid.errors import CogidError, UsageError
from cogid.paramfile import read


@pytest.mark.parametrize("word", ["plain", "", "http://x", "files://x", "FILE://x", "file:x"])
def test_other_words_stay_as_they_are(word):
    """Only ``file://`` and ``fileb://`` name a file."""
    assert read(word, "--flag") == word


def test_text_of_a_file_is_taken_as_it_stands(tmp_path):
    """Nothing is stripped, and nothing translated but the ends of lines."""
    (tmp_path / "a b").write_bytes(" é\t\n\n".encode())

    assert read(f"file://{tmp_path}/a b", "--flag") == " é\t\n\n"


def test_lines_end_in_one_way(tmp_path):
    """Whatever system wrote a text, its lines end as the reference sends them."""
    (tmp_path / "a").write_bytes(b"a\r\nb\rc\nd\r")

    assert read(f"file://{tmp_path}/a", "--flag") == "a\nb\nc\nd\n"


ENCODED = [
    # encoding       bytes                            text
    ("latin-1", b"Zo\xeb", "Zoë"),
    ("cp1251", b"\xc4\xe0", "Да"),
    ("utf-8-sig", b"\xef\xbb\xbfa", "a"),
    ("utf-8", b"\xef\xbb\xbfa", "\ufeffa"),
    ("utf-16", "é\r\n".encode("utf-16"), "é\n"),
]


@pytest.mark.parametrize(("encoding", "data", "text"), ENCODED)
def test_text_is_read_in_the_encoding_that_is_set(tmp_path, monkeypatch, encoding, data, text):
    """AWS_CLI_FILE_ENCODING means here what it means to the reference."""
    monkeypatch.setenv("AWS_CLI_FILE_ENCODING", encoding)
    (tmp_path / "a").write_bytes(data)

    assert read(f"file://{tmp_path}/a", "--flag") == text
    assert read(f"fileb://{tmp_path}/a", "--flag") == data


@pytest.mark.parametrize("encoding", ["no-such", "base64", ""])
def test_an_encoding_that_is_none_is_an_error(tmp_path, monkeypatch, encoding):
    """It is no mistake of the line, so the exit code is 255 as in the reference."""
    monkeypatch.setenv("AWS_CLI_FILE_ENCODING", encoding)
    (tmp_path / "a").write_text("a")

    with pytest.raises(CogidError, match="encoding") as caught:
        read(f"file://{tmp_path}/a", "--flag")

    assert caught.value.exit_code == 255


def test_bytes_of_a_file_are_bytes(tmp_path):
    """``fileb://`` decodes nothing."""
    (tmp_path / "a").write_bytes(b"\xff\x00")

    assert read(f"fileb://{tmp_path}/a", "--flag") == b"\xff\x00"


def test_home_and_variables_are_expanded(tmp_path, monkeypatch):
    """``~`` and ``$NAME`` mean in a path what they mean at the shell."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NAME", "token")
    (tmp_path / "token").write_text("x")

    assert read("file://~/$NAME", "--flag") == "x"


def test_a_path_may_be_relative(tmp_path, monkeypatch):
    """A path counts from the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").write_text("x")

    assert read("file://a", "--flag") == "x"


def test_a_dash_reads_standard_input(monkeypatch):
    """``file://-`` is how a secret stays out of argv."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("é\n".encode())))

    assert read("file://-", "--flag") == "é\n"


@pytest.mark.skipif(not os.path.exists("/dev/stdin"), reason="no /dev/stdin here")  # noqa: PTH110
def test_dev_stdin_reads_standard_input(program, service):
    """``file:///dev/stdin`` does the same where the system has it."""
    program("get-id", "--identity-pool-id", "file:///dev/stdin", stdin="us-east-1:x")

    assert service.asked == [("GetId", {"IdentityPoolId": "us-east-1:x"})]


def test_a_pipe_can_be_read_through_the_program(program, service):
    """``file://-`` reads the process's own standard input."""
    program("get-id", "--identity-pool-id", "us-east-1:x", "--logins", "file://-", stdin="a=b")

    assert service.asked == [("GetId", {"IdentityPoolId": "us-east-1:x", "Logins": {"a": "b"}})]


def test_a_missing_file_is_named():
    """The message says which flag and which file."""
    with pytest.raises(UsageError) as caught:
        read("file://no/such", "--logins")

    assert caught.value.message == (
        "Error parsing parameter '--logins': Unable to load paramfile file://no/such: "
        "[Errno 2] No such file or directory: 'no/such'"
    )


def test_a_folder_is_no_file(tmp_path):
    """A folder cannot be read, and that is a usage error."""
    with pytest.raises(UsageError, match="Is a directory"):
        read(f"file://{tmp_path}", "--flag")


def test_a_null_byte_is_no_path():
    """A path that no system takes is a usage error, too."""
    with pytest.raises(UsageError, match="Unable to load paramfile"):
        read("file://a\0b", "--flag")


def test_bytes_that_are_no_text_point_to_fileb(tmp_path):
    """What cannot be decoded is refused with the way out."""
    (tmp_path / "a").write_bytes(b"\xff")

    with pytest.raises(UsageError, match="please use the fileb:// prefix"):
        read(f"file://{tmp_path}/a", "--flag")
