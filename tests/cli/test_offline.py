"""No command opens a socket: each runs while making one, or asking for an address, is an error."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from pubtrack.cli import GROUPS
from tests.cli.project import make_project
from tests.cli.run import run_in

STORE = "@book{a, author={Doe, Jane}, title={On Work}, year=1999, doi={10.1000/1}, url={https://example.org}}\n"

COMMANDS: dict[str, list[str]] = {
    "init": ["--name", "Doe, Jane"],
    "add": ["new.bib"],
    "list": [],
    "show": ["a"],
    "set": ["a", "volume=1"],
    "unset": ["a", "volume"],
    "rename": ["a", "b"],
    "rm": ["b"],
    "fmt": [],
    "recover": [],
    "render": ["--style", "apa"],
    "cv": ["cv.md"],
    "styles": ["ieee"],
    "export": ["--to", "csl-json"],
    "refresh": ["--offline", "--where", "not has doi"],
    "dedupe": [],
    "check": ["--ignore", "fld"],
    "who": [],
    "completion": ["bash"],
}


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) == {name for names in GROUPS.values() for name in names}


def test_no_command_opens_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: Any, **options: Any) -> None:
        raise AssertionError("a command opened a socket")

    make_project(tmp_path, STORE)
    (tmp_path / "new.bib").write_text("@book{n, title={New}}\n", encoding="utf-8")
    (tmp_path / "cv.md").write_text("<!-- pubtrack:begin cv -->\n<!-- pubtrack:end -->\n", encoding="utf-8")
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)
    for name, arguments in COMMANDS.items():
        result = run_in(tmp_path, name, *arguments)
        assert result.code == 0, f"{name}: {result.err}"
