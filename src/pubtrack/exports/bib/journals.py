"""The names of journals and conferences as a profile wants them: in full, abbreviated by ISO 4, or by a short name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pubtrack.bibtex import macros
from pubtrack.bibtex.dialect_fields import DialectEntry
from pubtrack.bibtex.latex import characters, encode
from pubtrack.exports.bib.profiles import Profile
from pubtrack.lists.venue_names import find_venue
from pubtrack.model.richtext import text

if TYPE_CHECKING:
    from pyiso4.ltwa import Abbreviate

_MACRO_ALONE = re.compile(r"\s*+\{*+\s*+\\[A-Za-z]++\s*+\}*+\s*+")
_BEYOND = "    "
_WORD = re.compile(r"[^\W\d_]+")
_STOPPED = re.compile(r"\b([^\W\d_]{2,})\.")
_VOLUMES = frozenset({"proceedings", "mvproceedings"})


def name_venues(source: DialectEntry, profile: Profile, venues: Mapping[str, str]) -> DialectEntry:
    """The entry with its journal and book named as the profile has it; `venues` maps short names to full ones."""
    found = dict(source.fields)
    if "journaltitle" in found:
        found["journaltitle"] = _journal(source, found, profile)
    if profile.venues != "keep" and venues:
        for name in ("journaltitle", "booktitle", *(("title",) if source.type in _VOLUMES else ())):
            if name in found:
                other = _other_name(characters(macros.resolve_macros(found[name])), profile, venues)
                found[name] = encode(text(other)) if other else found[name]
    return replace(source, fields=found)


def _journal(source: DialectEntry, found: Mapping[str, str], profile: Profile) -> str:
    written = found["journaltitle"]
    if profile.journals == "short":
        return found.get("shortjournal") or written
    plain = macros.resolve_macros(written)
    container = source.work.values.get("container_title", ())
    if _MACRO_ALONE.fullmatch(plain) and container and profile.journals != "keep":
        written = plain = encode(container)  # AASTeX's \aap, which no other class defines
    if profile.journals != "iso4" or "." in plain:  # with full stops it is abbreviated already
        return written
    return encode(text(abbreviate_journal(characters(plain))))


@cache
def abbreviate_journal(title: str) -> str:
    """A journal's title by ISO 4, with the words of the LTWA; a title that pyiso4 fails on stays as it is.

    A full stop marks what was cut off (ISO 4), so a word that is whole has none: pyiso4 writes "Control.".
    """
    if not any(map(str.isascii, title)):
        return title
    try:
        # pyiso4 0.1.6 looks beyond the title's end where its last word is as long as the abbreviation with its stop.
        found = str(_abbreviate()(title + _BEYOND, remove_part=True)).strip()
    except IndexError:
        return title
    if not found:
        return title
    words = {word.casefold() for word in _WORD.findall(title)}
    return _STOPPED.sub(lambda match: match[1] if match[1].casefold() in words else match[0], found)


@cache
def _abbreviate() -> Abbreviate:
    """pyiso4's tables take half a second to load."""
    from pyiso4.ltwa import Abbreviate

    return Abbreviate.create()


def _other_name(name: str, profile: Profile, venues: Mapping[str, str]) -> str:
    """The venue's short or full name, as the profile has it; in full, what stood before it stays. "" if unknown."""
    venue = find_venue(name, venues)
    if venue is None:
        return ""
    return venue.short if profile.venues == "short" else f"{venue.before}{venue.full}"
