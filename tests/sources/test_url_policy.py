"""Addresses: which URLs are opened, where a redirect may lead, who may be told of, what is taken out of messages."""

from __future__ import annotations

import pytest

from pubtrack.model.errors import PubtrackError
from pubtrack.sources._url_policy import AddressError, Addresses, checked_base, checked_mailto, redact, user_agent

REAL = Addresses({})
HERE = Addresses({"crossref": "http://127.0.0.1:8123/crossref"})


@pytest.mark.parametrize("address", ["jane.doe@uni.edu", "a+b@x.co.uk", "o'hara@dept.uni.ac.jp", "x@sub-domain.museum"])
def test_an_address_of_a_person_is_taken(address: str) -> None:
    assert checked_mailto(f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    [
        "jane", "jane@", "@uni.edu", "jane@localhost", "jane@uni", "jane doe@uni.edu", "mailto:jane@uni.edu",
        "https://uni.edu/jane", "jane@uni.edu\r\nX-Evil: 1", "jane@uni..edu", "a..b@uni.edu", "jane@10.0.0.1",
        "me@example.com", "me@example.org", "me@example.net", "me@mail.example.com", "me@host.local", "me@a.test",
        "me@x.invalid", "me@a.example", "noreply@uni.edu", "no-reply@uni.edu", "do-not-reply@uni.edu",
        "your-email@uni.edu", "j" * 65 + "@uni.edu", f"jane@{'a.' * 130}edu",
    ],
)  # fmt: skip
def test_what_is_no_address_or_a_placeholder_is_refused_in_one_line(address: str) -> None:
    with pytest.raises(PubtrackError, match=r"network\.mailto: .*(leave it out)") as caught:
        checked_mailto(address)
    assert caught.value.exit_code == 1


def test_without_an_address_none_is_named() -> None:
    assert checked_mailto("  ") == ""
    assert "mailto" not in user_agent("")
    assert user_agent("").startswith("pubtrack/")
    assert user_agent("jane@uni.edu").endswith("mailto:jane@uni.edu)")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8123/crossref", "http://localhost:80/x/", "https://127.9.9.9", "http://[::1]:8080/a"]
)
def test_a_base_url_may_be_on_this_machine(url: str) -> None:
    assert checked_base("crossref", url) == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "https://api.crossref.org", "http://10.0.0.1:80", "http://127.0.0.1.evil.org/", "http://localhost.evil.org",
        "http://me@127.0.0.1/", "ftp://127.0.0.1/", "127.0.0.1:8123", "http://127.0.0.1:99999/", "http://127.0.0.1/?a=1",
        "http://127.0.0.1/#a", "http://0.0.0.0/", "http://127.0.0.1\\@evil.org/", "http://127.0.0.1/a b", "//127.0.0.1",
    ],
)  # fmt: skip
def test_a_base_url_anywhere_else_is_refused(url: str) -> None:
    with pytest.raises(PubtrackError, match="of this machine only"):
        checked_base("crossref", url)


def test_a_replaced_base_stands_for_scheme_and_host() -> None:
    url = "https://api.crossref.org/works/10.5555%2Fx?a=1"
    assert REAL.of("crossref", url) == url
    assert HERE.of("crossref", url) == "http://127.0.0.1:8123/crossref/works/10.5555%2Fx?a=1"
    assert HERE.of("doi", "https://doi.org/10.5555/x") == "https://doi.org/10.5555/x"


@pytest.mark.parametrize(
    "url",
    [
        "http://api.crossref.org/works/x", "https://api.crossref.org.evil.org/x", "https://api.crossref.org",
        "https://api.crossref.org@evil.org/x", "https://doi.org/10.5555/x", "https://api.crossref.org/works/../x",
        "https://api.crossref.org/works/%2e%2E/x", "https://api.crossref.org/..", "https://api.crossref.org/a b",
        "https://api.crossref.org/a\r\nHost: evil.org", "https://api.crossref.org/\x00", "https://api.crossref.org/ü",
        "https://api.crossref.org/<a>", "https://api.crossref.org/a\\..\\b", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_a_url_that_is_not_of_the_service_or_not_clean_is_not_opened(url: str) -> None:
    with pytest.raises(AddressError):
        REAL.of("crossref", url)


def test_dots_within_a_name_are_no_step_upwards() -> None:
    url = "https://api.crossref.org/works/10.5555%2F..%2Fx...y"
    assert REAL.of("crossref", url) == url


def test_a_redirect_may_lead_to_the_hosts_that_the_service_names() -> None:
    here = "https://doi.org/10.5555/x"
    there = "https://api.crossref.org/v1/works/10.5555%2Fx/transform"
    assert REAL.after("doi", here, there) == there
    assert REAL.after("doi", here, "/other#part") == "https://doi.org/other"
    assert REAL.service_at(there, "doi") == "crossref"
    assert REAL.service_at("https://data.medra.org/10.5555/x", "doi") == "doi"


@pytest.mark.parametrize(
    "location",
    [
        "", "http://api.crossref.org/works/x", "https://publisher.org/x", "https://93.184.216.34/x", "https://[::1]/x",
        "https://api.crossref.org:8443/x", "https://me:pw@api.crossref.org/x", "//evil.org/x", "https://evil.org",
        "https://api.crossref.org.evil.org/", "javascript:alert(1)", "file:///etc/passwd", "https://api.crossref.org/../x",
        "https://doi.org\\@evil.org/", "https://api.crossref.org/\r\nX: 1", "http://127.0.0.1/x", "https://localhost/x",
    ],
)  # fmt: skip
def test_a_redirect_leads_nowhere_else(location: str) -> None:
    with pytest.raises(AddressError):
        REAL.after("doi", "https://doi.org/10.5555/x", location)


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:8124/x", "https://127.0.0.1:8123/x", "https://api.crossref.org/x", "http://localhost:8123/"],
)
def test_a_replaced_base_is_left_for_no_other_host_or_port(location: str) -> None:
    here = "http://127.0.0.1:8123/crossref/works/x"
    assert HERE.after("crossref", here, "/datacite/y") == "http://127.0.0.1:8123/datacite/y"
    with pytest.raises(AddressError):
        HERE.after("crossref", here, location)


def test_secrets_are_taken_out_in_every_spelling() -> None:
    text = "GET /x?email=jane.doe%40uni.edu&y=jane.doe@uni.edu&z=JANE.DOE%40UNI.EDU&key=k%2B1"
    assert redact(text, ["jane.doe@uni.edu", "k+1", ""]) == "GET /x?email=…&y=…&z=…&key=…"
