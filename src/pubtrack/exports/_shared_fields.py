"""What several exports say about a work as plain words: people, date, venue, address."""

from __future__ import annotations

import re
from datetime import date

from pubtrack.lists.links_and_remarks import target_of
from pubtrack.model.date_words import SEASON_NAMES
from pubtrack.model.identifiers import orcid_within
from pubtrack.model.name import Name
from pubtrack.model.richtext import Text, text
from pubtrack.model.work import Date, Work
from pubtrack.writers._urls import href
from pubtrack.writers.text import inline

PRIVATE = frozenset(
    "file options owner timestamp groups ranking readstatus qualityassured priority printed comment annote annotation "
    "annotator localfile local-url localurl bdsk-file-1 bdsk-url-1 bdsk-url-2 date-added date-modified added-at "
    "creationdate modificationdate username __markedentry".split()
)
"""Fields that reference managers keep for themselves (JabRef, BibDesk, Mendeley), or people for nobody else."""


_MORE_PAGES = re.compile("[,;&]")


def words(value: Text) -> str:
    """The characters of `value` in one line, formulas as far as characters go."""
    return inline(value)


def word(value: str) -> str:
    """`value` in one line, without characters that nobody sees."""
    return inline(text(value))


def value(work: Work, variable: str) -> str:
    """A text or number variable as `words` has it, "" where it is absent."""
    return words(work.values.get(variable, ()))


def people(work: Work) -> tuple[tuple[Name, ...], bool]:
    """The authors, else the editors, and whether there are others that are not named."""
    role = "author" if work.author else "editor"
    return work.people.get(role, ()), role in work.others


def iso_date(when: Date | None) -> str:
    """`when` as YYYY, YYYY-MM or YYYY-MM-DD, as far as a calendar has it; "" outside the years 1 to 9999."""
    if when is None or not when.parts or not 1 <= when.parts[0] <= 9999:
        return ""
    year, *rest = when.parts
    if not rest or not 1 <= rest[0] <= 12:
        return f"{year:04}"
    if len(rest) > 1:
        try:
            return date(year, rest[0], rest[1]).isoformat()
        except ValueError:
            pass
    return f"{year:04}-{rest[0]:02}"


def inverted_name(name: Name) -> str:
    """`name` as programs of EndNote's family read it: "van der Berg, Jan, Jr.", a group as "World Weather Office,".

    A comma within a part would part the name anew, so it is left out.
    """
    family, given, suffix = (
        word(part).replace(",", "")
        for part in (
            f"{name.non_dropping_particle} {name.family}",
            f"{name.given} {name.dropping_particle}",
            name.suffix,
        )
    )
    if name.literal or not family:
        return word(name.literal or name.given).replace(",", "") + ","
    return ", ".join((family, given, suffix) if suffix else (family, given) if given else (family,))


def inverted_names(work: Work, role: str) -> list[str]:
    """The people of a role, each as `inverted_name`; "et al.," for those that are not named."""
    named = [shown for name in work.people.get(role, ()) if (shown := inverted_name(name)) != ","]
    return [*named, *(["et al.,"] if role in work.others else [])]


def orcid(name: Name) -> str:
    """The bare ORCID iD, "" for none or one that is none."""
    return name.orcid if orcid_within(name.orcid) == name.orcid else ""


def year(when: Date | None) -> str:
    """The (first) year as people write it: "1999", "44 BC", "" where there is none."""
    if when is None or when.year is None:
        return ""
    return str(when.year) if when.year > 0 else f"{-when.year} BC"


def season(when: Date) -> str:
    """The English name of the season, "" for none."""
    return SEASON_NAMES[when.season] if 0 < when.season < len(SEASON_NAMES) else ""


def pages(work: Work) -> tuple[str, str]:
    """The first page and the last one of a single range; else all that `page` says, and ""."""
    written = value(work, "page")
    first, _, last = written.partition("–" if "–" in written else "-")
    if last and not _MORE_PAGES.search(written) and not ("–" in last or ("-" in last and "–" not in written)):
        return first.strip(), last.strip()
    return written, ""


def address(work: Work) -> str:
    """Where the work is found: its DOI's address, else its URL; "" for none or one that must be no link."""
    return href(target_of(work, "doi")) or href(work.get("url"))


def link(work: Work, name: str) -> str:
    """The address in the link `name` of `work` (pdf, code, …), "" where it is none that can be opened from anywhere."""
    return href(target_of(work, name))


def venue(work: Work) -> str:
    """Where it was published: the journal or book, else the kind of thing and its institution or publisher."""
    container = words(work.values.get("container_title", ()))
    if container:
        return container
    parts = ("genre", "publisher") if work.type in ("thesis", "report", "patent") else ("publisher",)
    named = [words(work.values.get(part, ())) for part in parts]
    return ", ".join(part for part in named if part) or words(work.values.get("event_title", ()))


def numbers(work: Work) -> str:
    """Volume, issue and pages as in "12(3), 45–67"."""
    volume, issue, page = (words(work.values.get(name, ())) for name in ("volume", "issue", "page"))
    both = f"{volume}({issue})" if volume and issue else volume or issue
    return ", ".join(part for part in (both, page.replace("-", "–")) if part)


def keywords(work: Work) -> list[str]:
    """The keywords, each once."""
    listed = words(work.values.get("keyword", ())) or word(work.custom.get("keywords", ""))
    return list(dict.fromkeys(part.strip() for part in listed.replace(";", ",").split(",") if part.strip()))


def is_selected(work: Work) -> bool:
    """Whether `selected` says so, al-folio's field for the works one is proud of."""
    return work.custom.get("selected", "").strip().lower() not in ("", "false", "no", "0")
