"""What several exports say of a work: its people, date, venue and address as plain words."""

from __future__ import annotations

from datetime import date

from pubtrack.extras import target_of
from pubtrack.names import Name
from pubtrack.richtext import Text, text
from pubtrack.work import Date, Work
from pubtrack.writers._urls import href
from pubtrack.writers.text import inline

PRIVATE = frozenset(
    "file options owner timestamp groups ranking readstatus qualityassured priority printed comment annote annotation "
    "annotator localfile local-url localurl bdsk-file-1 bdsk-url-1 bdsk-url-2 date-added date-modified added-at "
    "creationdate modificationdate username __markedentry".split()
)
"""Fields that reference managers keep for themselves (JabRef, BibDesk, Mendeley), or people for nobody else."""


def words(value: Text) -> str:
    """The characters of `value` in one line, formulas as far as characters go."""
    return inline(value)


def word(value: str) -> str:
    """`value` in one line, without characters that nobody sees."""
    return inline(text(value))


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
