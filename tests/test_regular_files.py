"""Only regular files of a bounded size are read, and what else stands at a path is named."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from pubtrack.model.errors import PubtrackError
from pubtrack.regular_files import CONFIGURATION_LIMIT, STORE_LIMIT, read_regular_file

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


def refusal(path: Path, limit: int = STORE_LIMIT) -> str:
    with pytest.raises(PubtrackError) as error:
        read_regular_file(path, limit)
    assert "\n" not in str(error.value)
    assert error.value.file == str(path)
    return error.value.message


@pytest.mark.parametrize("content", [b"", b"x", b"\0\xff" * 3_000_000])
def test_a_regular_file_is_read_whole(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    assert read_regular_file(tmp_path / "a") == content
    assert read_regular_file(str(tmp_path / "a"), len(content)) == content


@POSIX
def test_a_pipe_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    assert refusal(tmp_path / "a") == "cannot read this file: it is a named pipe, not a regular file"


@POSIX
def test_a_device_is_named(tmp_path: Path) -> None:
    assert refusal(Path("/dev/zero")) == "cannot read this file: it is a device, not a regular file"
    (tmp_path / "a").symlink_to("/dev/zero")
    assert refusal(tmp_path / "a").endswith("it is a device, not a regular file")


@POSIX
def test_a_socket_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket has a hundred bytes at most
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("a")
        assert refusal(Path("a")).endswith("it is a socket, not a regular file")


def test_a_folder_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "cannot read this file: it is a folder, not a regular file"


def test_a_file_is_not_read_beyond_its_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_regular_file(tmp_path / "a", 5) == b"12345"
    assert refusal(tmp_path / "a", 4) == "this file is larger than 4 bytes; it is not read"


def test_a_huge_sparse_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as stream:
        stream.truncate(STORE_LIMIT + 1)
    assert "larger than 536,870,912 bytes" in refusal(tmp_path / "a")
    assert "larger than 1,048,576 bytes" in refusal(tmp_path / "a", CONFIGURATION_LIMIT)


@pytest.mark.skipif(sys.platform != "linux", reason="only there are files that tell no size")
def test_a_file_that_tells_no_size_is_bounded_too() -> None:
    path = Path("/proc/self/status")
    assert path.stat().st_size == 0
    assert read_regular_file(path).startswith(b"Name:")
    assert refusal(path, 10) == "this file is larger than 10 bytes; it is not read"


@pytest.mark.parametrize(
    ("name", "said"),
    [("no", "there is no such file or folder"), ("a/b", "a folder in its path is a file"), ("a\0", "not a valid name")],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(PubtrackError, match=said):
        read_regular_file(f"{tmp_path}/{name}")
