"""The table of services, and that each module is what `Service` says."""

from __future__ import annotations

from pathlib import Path

import pytest

import pubtrack.sources
from pubtrack.model.errors import PubtrackError
from pubtrack.sources import SOURCES, ReplyError, service

FOLDER = Path(pubtrack.sources.__file__).parent
NO_SERVICES = {"author_search", "best_record", "fetch", "http", "search", "link_check", "page_status"}
"""Modules of the folder that are no service: the door, who is asked behind it, and the pages that entries link to."""
GOOD = {
    "crossref": "10.1000/x", "doi": "10.1000/x", "datacite": "10.1000/x", "arxiv": "2301.01234",
    "openalex": "10.1000/x",
    "orcid": "0000-0002-1825-0097/12", "semanticscholar": "10.1000/x", "dblp": "conf/nips/Doe12", "pubmed": "12345",
}  # fmt: skip
HOSTILE = ("10.1000/../../x", "10.1000/a\r\nHost: evil", "10.1000/\x00", "../../etc", "", " ", "https://evil.example/",
           "1,2&x=y", "a/b?c#d", "0000-0002-1825-0097/../x", "conf/../x")  # fmt: skip


def test_the_table_is_the_folder() -> None:
    files = {path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_")}
    assert set(SOURCES) == files - NO_SERVICES


@pytest.mark.parametrize("name", SOURCES)
def test_a_service_says_what_it_is(name: str) -> None:
    module = service(name)
    assert name == module.NAME
    assert module.BATCH >= 1
    assert "/" in module.ACCEPT
    assert module.url([GOOD[name]]).startswith("https://")


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("identifier", HOSTILE)
def test_what_is_no_identifier_gets_into_no_address(name: str, identifier: str) -> None:
    with pytest.raises((PubtrackError, ValueError)):
        service(name).url([identifier])


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Resource not found.",
        b"<!DOCTYPE html><html><body>Making sure you are not a bot</body></html>",
        b"<html><head/></html>",
        b"null",
        b"{}",
        b'{"status":"failed","message-type":"validation-failure","message":[{"type":"x"}]}',
        b'{"status":"ok","message-type":"work","message":{"DOI"',
        b'{"status":"ok","message-type":"work","message":{"DOI":"10.1000/x","a":NaN}}',
        b'{"a":1e999}',
        b'{"a":' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b"\xff\xfe{\x00}\x00",
        b"\x1f\x8b\x08\x00",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>',
        b"<a>" * 10_000,
        b'"' + b"x" * 1000,
    ],
)
def test_what_is_no_reply_of_the_service_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ReplyError):
        service(name).parse(content)
