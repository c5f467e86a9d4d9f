"""Which addresses of pages are asked, what counts as public, and when a page counts as dead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtrack.sources._special_addresses import is_public
from pubtrack.sources.page_status import DAY, PageStatus, address_after, page_address

NOON = 1_800_000_000.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://tea.org/a_b%20c~x?q=1&r=2#part", "https://tea.org/a_b%20c~x?q=1&r=2"),
        ("HTTP://Tea.ORG", "http://tea.org/"),
        ("http://tea.org:80/x", "http://tea.org/x"),
        ("https://tea.org:8443/x", "https://tea.org:8443/x"),
        ("https://tea.org./x", "https://tea.org/x"),
        ("https://bücher.org/ä?q=é", "https://xn--bcher-kva.org/%C3%A4?q=%C3%A9"),
        ("http://[2606:4700::1111]/x", "http://[2606:4700::1111]/x"),
    ],
)
def test_an_address_is_asked_in_ascii_and_without_its_fragment(text: str, expected: str) -> None:
    assert page_address(text) == expected
    assert page_address(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "tea.org/x", "ftp://tea.org/x", "javascript:alert(1)", "file:///etc/passwd", "http:///x", "http://a..b/",
        "https://ann@tea.org/", "https://ann:secret@tea.org/", "http://tea.org\\@evil.org/", "http://tea.org:99999/",
        "http://tea.org:0/", "http://tea.org/a b", "http://tea.org/\r\nHost: evil", "http://[fe80::1%25eth0]/",
        "http://[::1", "https://tea.org/" + "x" * 3000, "https://doi.org/10.1000/x", "http://dx.doi.org/10.1000/x",
        "https://arxiv.org/abs/2001.00001", "https://api.crossref.org/works/x",
    ],
)  # fmt: skip
def test_what_is_no_page_or_a_registrys_is_not_asked(text: str) -> None:
    assert page_address(text) == ""


@given(st.text(), st.text())
def test_no_text_raises_or_gets_out_of_its_line(text: str, more: str) -> None:
    for written in (text, f"http://{text}/{more}", f"https://tea.org/{text}?{more}"):
        found = page_address(written)
        assert found.isascii()
        assert not set(found) & set(' \r\n\t\\"<>')
        assert address_after("https://tea.org/x", text).isascii()


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/new", "https://tea.org/new"),
        ("new#part", "https://tea.org/old/new"),
        ("http://coffee.org/x", "http://coffee.org/x"),
        ("//coffee.org/x", "https://coffee.org/x"),
        ("/", ""),
        ("https://coffee.org", ""),
        ("/?lost=1", "https://tea.org/?lost=1"),
        ("", ""),
        ("mailto:ann@tea.org", ""),
        ("https://ann@tea.org/x", ""),
        ("https://doi.org/10.1000/x", ""),
        ("http://[::1", ""),
        ("https://x]/", ""),
    ],
)
def test_a_redirect_is_followed_to_what_may_be_asked_but_not_to_the_home_page(location: str, expected: str) -> None:
    assert address_after("https://tea.org/old/page", location) == expected


def test_a_home_page_may_move() -> None:
    assert address_after("http://tea.org/", "https://www.tea.org/") == "https://www.tea.org/"


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.1.2.3", "10.1.1.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0.0.0.0",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "192.0.0.9", "192.0.0.170", "192.88.99.1",
        "2001:20::1", "3fff::1", "5f00::1", "100::1",
        "::1", "::", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::7f00:1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1",
        "fd00::1", "ff02::1", "ff0e::1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::1", "2001:db8::1",
        "2001:0:4136:e378::", "", "tea.org", "127.1",
    ],
)  # fmt: skip
def test_addresses_of_this_or_a_private_network_are_not(address: str) -> None:
    assert not is_public(address)


def seen(*looks: tuple[int, float]) -> PageStatus:
    found = PageStatus(0, 0.0)
    for status, days in looks:
        found = found.after(status, NOON + days * DAY)
    return found


@pytest.mark.parametrize(
    "looks",
    [
        ((404, 0.0), (404, 1.0)),
        ((404, 0.0), (410, 1.5)),
        ((404, 0.0), (404, 0.5), (404, 1.0)),
        ((404, 0.0), (503, 0.5), (404, 1.0)),
        ((200, 0.0), (404, 1.0), (404, 2.0)),
    ],
)
def test_a_page_that_is_gone_a_day_later_too_is_dead(looks: tuple[tuple[int, float], ...]) -> None:
    assert seen(*looks).is_dead


@pytest.mark.parametrize(
    "looks",
    [
        ((404, 0.0),),
        ((404, 0.0), (404, 0.99)),
        ((404, 0.0), (200, 0.5), (404, 1.0)),
        ((404, 0.0), (403, 1.0), (429, 2.0), (500, 3.0)),
        ((404, 0.0), (404, 1.0), (403, 2.0)),
        ((404, 0.0), (404, 1.0), (200, 2.0)),
        ((404, 5.0), (404, 0.0)),  # the clock was set back
    ],
)
def test_any_other_page_is_not(looks: tuple[tuple[int, float], ...]) -> None:
    assert not seen(*looks).is_dead
