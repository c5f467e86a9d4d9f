"""A URL becomes a link when it is http, https or mailto, and then holds nothing that any markup could trip over."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtrack.writers._urls import href

LINKS = {
    "https://doi.org/10.1000/xyz": "https://doi.org/10.1000/xyz",
    "HTTP://X.Y": "http://X.Y",
    " https://x.y/a b ": "https://x.y/a%20b",
    "https://doi.org/10.1002/(SICI)1097(1998)49:8<693::AID>3.0.CO;2-O": (
        "https://doi.org/10.1002/(SICI)1097(1998)49:8%3C693::AID%3E3.0.CO;2-O"
    ),
    "https://x.y/%41%zz%": "https://x.y/%41%25zz%25",
    "https://x.y/é熊": "https://x.y/%C3%A9%E7%86%8A",
    "https://exämple.de/": "https://ex%C3%A4mple.de/",
    "https://[::1]:80/x[1]": "https://[::1]:80/x%5B1%5D",
    "https://x.y#a#b": "https://x.y#a%23b",
    'https://x.y/"{}\\^`|<>': "https://x.y/%22%7B%7D%5C%5E%60%7C%3C%3E",
    "http://u:p@x.y:8/": "http://u:p@x.y:8/",
    "mailto:a@b.org?subject=x y": "mailto:a@b.org?subject=x%20y",
}
NONE = [
    "", "x.y", "//x.y", "ftp://x.y", "javascript:alert(1)", "JavaScript://x.y/%0aalert(1)", "data:text/html,x", "file:///etc",
    "vbscript:x", "https://", "https:///x", "http:\\\\x.y", "http://a b/", "http://x\\@y/", "https://[zz]/", "https://x.y:z/",
    "java\nscript:x", "https://x.y/\x00", "https://x.y/\u202e", "https://x.y/\ud800", "https://x.y/\u200b",
    "mailto:", "mailto:x",
    "http://[", "https://../", "https://-/",
]  # fmt: skip


@pytest.mark.parametrize("url", LINKS)
def test_a_link_is_percent_encoded(url: str) -> None:
    assert href(url) == LINKS[url]
    assert href(href(url)) == href(url)


@pytest.mark.parametrize("url", NONE)
def test_anything_else_is_no_link(url: str) -> None:
    assert href(url) == ""


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["", "https://x.y/", "http://", "mailto:a@", "https://a@"]), st.text(st.characters(codec=None)))
def test_a_link_holds_only_the_characters_of_urls(start: str, rest: str) -> None:
    assert re.fullmatch(
        r"((https?://|mailto:)([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)?", href(start + rest)
    )
