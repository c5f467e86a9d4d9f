"""What a library says, in a form in which two texts that mean the same are equal: what fixes may not change."""

from __future__ import annotations

import html
import re
import unicodedata

from pubtrack.bibtex.date_fields import issued
from pubtrack.model.mojibake import repair_mojibake
from pubtrack.model.richtext import plain
from pubtrack.model.work import Work
from pubtrack.store.library import Library

_TAG = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|scp|sc|italic|bold|inf)>|\$\\less\$\s*/?\s*[a-z]+\s*\$\\greater\$", re.I
)
_ENTITY = re.compile(r"&#?\w+;")
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]"
)
_RESOLVER = re.compile(r"https?://(?:dx\.)?(?:doi\.org|doi\.acm\.org)/")
_LIST = frozenset(("and", "others", "et", "al"))


def meaning(library: Library) -> list[object]:
    """The works of a library in a normal form, with the order of everything that has one."""
    return [_work(work) for work in library.works]


def _work(work: Work) -> object:
    values = {name: _text(plain(value)) for name, value in work.values.items()}
    values["doi"] = values.get("doi", "").removeprefix("https://doi.org/")
    values = {name: value for name, value in values.items() if value}
    people = {name: words for name in {*work.people, *work.others} if (words := _people(work, name))}
    custom = {name: _month(value) if name == "month" else _text(value) for name, value in work.custom.items()}
    custom = {name: value for name, value in custom.items() if value}
    dates = {name: (date.parts, date.end, date.season, _text(date.literal)) for name, date in work.dates.items()}
    return work.id, work.type, values, people, dates, custom


def _month(text: str) -> object:
    date = issued({"year": "2000", "month": _text(text)}).date
    return date.parts if date is not None and len(date.parts) > 1 else _text(text)


def _people(work: Work, name: str) -> str:
    """The letters of all names: how they are joined is what some fixes mend."""
    names = work.people.get(name, ())
    parts = [
        part
        for one in names
        for part in (one.literal, one.given, one.dropping_particle, one.non_dropping_particle, one.family, one.suffix)
    ]
    words = re.findall(r"\w+", " ".join(map(_text, parts)))
    return "".join(sorted("".join(word for word in words if word not in _LIST)))


def _text(text: str) -> str:
    """Without markup, hidden characters, wrong encodings, blanks, and the full stop at the end."""
    for _ in range(3):
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), _TAG.sub("", text))
    text = repair_mojibake(text)
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text))
    text = text.replace("–", "-")
    text = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    text = _RESOLVER.sub("https://doi.org/", text.replace("\\url", "").replace("\\", ""))
    text = re.sub(r"\s*\$\s*", "", text).replace("\u2212", "-")  # a formula that is only a number is none
    return " ".join(text.split()).rstrip(".,; ")
