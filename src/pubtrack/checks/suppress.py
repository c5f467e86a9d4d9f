"""`pubtrack-ignore = {ttl-protect: house style, fld-pages-dash}`: what an entry says is to be left alone, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from pubtrack.bibtex.blocks import Field
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import EntryView, View
from pubtrack.checks.rule_table import ALIASES, CHECKS
from pubtrack.model.errors import did_you_mean
from pubtrack.model.findings import Finding

FIELD = "pubtrack-ignore"
UNUSED = "sup-unused"
_ID = pattern(r"[a-z]{2,40}(?:-[a-z]{1,40}){0,4}")


class Suppression(NamedTuple):
    """One rule, or the beginning of several, that an entry ignores; `reason` is for people."""

    code: str
    reasons: list[str]
    offset: int

    @property
    def reason(self) -> str:
        return ", ".join(self.reasons)


def suppressions(item: EntryView) -> tuple[tuple[Suppression, ...], Field | None]:
    """What the entry ignores, and the field that says so. A comma within a reason parts nothing."""
    field = item.entry.get(FIELD)
    if field is None:
        return (), None
    is_delimited = field.value[:1] in ("{", '"')
    found: list[Suppression] = []
    offset = field.value_start + is_delimited
    for part in (field.value[1:-1] if is_delimited else field.value).split(","):
        name, _, reason = (word.strip() for word in part.partition(":"))
        if _is_item(name, first=not found):
            found.append(Suppression(name, [reason], offset + len(part) - len(part.lstrip())))
        elif found:
            found[-1].reasons.append(part.strip())
        offset += len(part) + 1
    return tuple(found), field


def _is_item(name: str, *, first: bool) -> bool:
    """Whether a word between commas names rules, and is not part of a reason."""
    if not _ID.fullmatch(name):
        return False
    return first or "-" in name or name in ALIASES or any(known.startswith(f"{name}-") for known in CHECKS)


def without_suppressed(view: View, findings: Iterable[Finding], names: Collection[str]) -> tuple[Finding, ...]:
    """The findings that no entry suppresses, and one on each suppression that suppresses nothing.

    A suppression of a rule that did not run (it is not among `names`) is not judged.
    """
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


def _saying(view: View) -> Iterable[EntryView]:
    """The entries that suppress something; a text without the word is not looked at."""
    pages = {id(page) for page in view.pages if FIELD in page.text.lower()}
    return (
        (item for item in view.items if id(item.page) in pages and item.entry.get(FIELD) is not None) if pages else ()
    )


def _covers(code: str, name: str, aliases: Mapping[str, tuple[str, ...]]) -> bool:
    return name == code or name.startswith(f"{code.rstrip('-')}-") or name in aliases.get(code, ())
