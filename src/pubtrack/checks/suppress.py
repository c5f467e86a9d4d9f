"""`pubtrack-ignore = {ttl-protect: house style, fld-pages-dash}`: what an entry says is to be left alone, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from pubtrack.bibtex.blocks import Field
from pubtrack.checks.patterns import pattern
from pubtrack.checks.view import Item, View
from pubtrack.errors import did_you_mean
from pubtrack.findings import Finding

FIELD = "pubtrack-ignore"
UNUSED = "sup-unused"
_ITEM = pattern(r"\s*([a-z][a-z-]*[a-z])\s*(?::\s*((?:[^,]|,(?!\s*[a-z]{3}(?:-[a-z]+)*\s*(?:[,:]|\Z)))*))?(?:,|\Z)")


class Suppression(NamedTuple):
    """One rule, or the beginning of several, that an entry ignores; `reason` is for people."""

    code: str
    reason: str
    offset: int


def suppressions(item: Item) -> tuple[tuple[Suppression, ...], Field | None]:
    """What the entry ignores, and the field that says so."""
    field = item.entry.get(FIELD)
    if field is None:
        return (), None
    inner = field.value[1:-1] if field.value[:1] in ("{", '"') else field.value
    start = field.value_start + (field.value[:1] in ("{", '"'))
    found = (Suppression(one[1], (one[2] or "").strip(), start + one.start(1)) for one in _ITEM.finditer(inner))
    return tuple(found), field


def without_suppressed(view: View, findings: Iterable[Finding], names: Collection[str]) -> tuple[Finding, ...]:
    """The findings that no entry suppresses, and one on each suppression that suppresses nothing.

    A suppression of a rule that did not run (it is not among `names`) is not judged.
    """
    from pubtrack.checks import ALIASES, CHECKS

    said = {(item.page.document.file, item.key): (item, *suppressions(item)) for item in _saying(view)}
    if not said:
        return tuple(findings)
    used: set[tuple[str, str, str]] = set()
    kept: list[Finding] = []
    for one in findings:
        _, chosen, _ = said.get((one.file, one.key), (None, (), None))
        hit = next((each.code for each in chosen if _covers(each.code, one.code, ALIASES)), "")
        if hit:
            used.add((one.file, one.key, hit))
        else:
            kept.append(one)
    if UNUSED in names:
        for (file, key), (item, chosen, field) in said.items():
            for each in chosen:
                covered = [name for name in CHECKS if _covers(each.code, name, ALIASES)]
                if (file, key, each.code) in used or (covered and not set(covered) <= set(names)):
                    continue
                message = f"{each.code} finds nothing here; remove the suppression"
                if not covered:
                    message = f'no rule is called "{each.code}"{did_you_mean(each.code, CHECKS)}'
                line, column = item.page.document.places.of(each.offset)
                kept.append(Finding(UNUSED, "info", message, file, line, column, key, field.name if field else ""))
        return view.in_order(kept)
    return tuple(kept)


def _saying(view: View) -> Iterable[Item]:
    """The entries that suppress something; a text without the word is not looked at."""
    pages = {id(page) for page in view.pages if FIELD in page.text.lower()}
    return (
        (item for item in view.items if id(item.page) in pages and item.entry.get(FIELD) is not None) if pages else ()
    )


def _covers(code: str, name: str, aliases: Mapping[str, tuple[str, ...]]) -> bool:
    return name == code or name.startswith(f"{code.rstrip('-')}-") or name in aliases.get(code, ())
