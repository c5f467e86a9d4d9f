"""A .bib file for a paper: libraries, the keys it cites and a profile to the text, and what is to be said about it.

The entries keep the LaTeX that they were written in; only names of types and fields, dates and the encoding change (see
docs/decisions/0009-exported-entries-keep-their-latex.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pubtrack.bibtex import fields
from pubtrack.exports import _checksum_header
from pubtrack.exports.bib import parents, write_entries
from pubtrack.exports.bib.entry_fields import ExportedEntry, biblatex_field, export_entry
from pubtrack.exports.bib.gather import Gathered, all_keys, gather, has_key, other_keys
from pubtrack.exports.bib.profiles import DEFAULT, PROFILES, Profile, override_profile, profile_named
from pubtrack.model.errors import PubtrackError
from pubtrack.model.findings import Finding, Severity
from pubtrack.store.citation_keys import new_key
from pubtrack.store.library import Library

__all__ = [
    "DEFAULT",
    "PROFILES",
    "Exported",
    "Profile",
    "all_keys",
    "export_bib",
    "has_key",
    "is_former",
    "other_keys",
    "override_profile",
    "profile_named",
]

is_former = _checksum_header.is_sealed

_LISTS = ("xdata", "related", "entryset")
_SINGLE = ("crossref", "xref")


@dataclass(frozen=True, slots=True)
class Exported:
    """The text of the file, the remarks on it (with an error among them it is not to be used), and new keys by old."""

    text: str
    findings: tuple[Finding, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)


def export_bib(
    libraries: Sequence[Library],
    keys: Sequence[str] | None = None,
    profile: Profile = DEFAULT,
    *,
    venues: Mapping[str, str] | None = None,
    pattern: str = "",
) -> Exported:
    """The entries of `keys` (None: all), and those that they refer to, as .bib text with the line that seals it.

    The first of the `libraries` that has a key gives its entry. `venues` are short names of conferences and journals
    with their full ones; `pattern` makes new keys (see `keys.new_key`). Keys that no library has are left out: say so
    before. Raises PubtrackError for a pattern that is wrong; all else that is wrong stands in `findings`.
    """
    gathered = gather(libraries, keys)
    assembly = _Assembly(gathered, profile, venues or {})
    chosen = assembly.entries(keys)
    renamed = _renamed(chosen, gathered, pattern) if pattern else {}
    text = assembly.text(chosen, renamed)
    return Exported(_checksum_header.add_checksum(text, "%"), tuple(assembly.findings), renamed)


class _Assembly:
    """The entries of one file on their way into it."""

    def __init__(self, gathered: Gathered, profile: Profile, venues: Mapping[str, str]) -> None:
        self.gathered = gathered
        self.profile = profile
        self.venues = venues
        self.findings: list[Finding] = []
        self._written: dict[str, ExportedEntry] = {}

    # Which entries, and how each is written --------------------------------------------------------------------------

    def entries(self, keys: Sequence[str] | None) -> dict[str, ExportedEntry]:
        """The entries by key, in the file's order: by key, parents behind all others."""
        waiting = list(self.gathered.entries if keys is None else keys)[::-1]
        chosen: dict[str, ExportedEntry] = {}
        above: dict[str, set[str]] = {}
        while waiting:
            key = waiting.pop()
            real = self.gathered.aliases.get(key, key)
            if self.profile.dialect == "biblatex":
                key = real
            if key in chosen or real not in self.gathered.entries:
                continue
            chosen[key] = self._complete(real, () if keys is not None else self.gathered.entries)
            targets = list(self._targets(chosen[key]))
            above[key] = {target for name, target in targets if name in (*_SINGLE, "xdata")}
            waiting += [target for _, target in targets]
        if keys is None and self.profile.dialect == "bibtex" and not self.profile.whole:
            chosen = {key: one for key, one in chosen.items() if one.type != "xdata"}
        above = {key: targets for key, targets in above.items() if key in chosen}
        self._complain(chosen, keys)
        are_above = {entry.fields.get(parents.CROSSREF, "").strip() for entry in chosen.values()}
        return {
            key: self._with_booktitle(key, chosen[key]) if key in are_above else chosen[key]
            for key in _in_order(chosen, above)
        }

    def _raw(self, key: str) -> ExportedEntry:
        """The entry with all that it inherits."""
        if key not in self._written:
            self._written[key] = export_entry(self.gathered.entries[key].source, self.profile, self.venues)
        return self._written[key]

    def _complete(self, key: str, everything: Iterable[str]) -> ExportedEntry:
        """The entry with what it does not get from the entries that it refers to."""
        entry = self._only_there(key, self._raw(key))
        if self.profile.whole or entry.type == "xdata":
            return entry
        entry = self._beside_parent(key, entry)
        for target in _keys(entry.fields.get("xdata", "")):
            entry = self._beside_container(key, entry, target)
        return entry

    def _only_there(self, key: str, entry: ExportedEntry) -> ExportedEntry:
        """The entry without references that lead nowhere, which BibTeX and biber would complain about."""
        left = dict(entry.fields)
        for name in (*_SINGLE, *_LISTS):
            targets = _keys(left.get(name, ""))
            there = [target for target in targets if self._real(target) in self.gathered.entries]
            if targets and there != targets and not self.profile.whole:
                left[name] = ",".join(there)
                if name in ("related", "entryset", "xref"):
                    lost = ", ".join(f'"{target}"' for target in targets if target not in there)
                    self._note(key, name, f"there is no entry {lost}; the reference is left out")
            if name in left and not (left[name] if self.profile.whole else _keys(left[name])):
                del left[name]
        if "related" not in left and not self.profile.whole:
            for name in ("relatedtype", "relatedstring", "relatedoptions"):
                left.pop(name, None)
        return ExportedEntry(entry.type, left, entry.unsaid)

    def _beside_parent(self, key: str, entry: ExportedEntry) -> ExportedEntry:
        target = entry.fields.get(parents.CROSSREF, "").strip()
        if not target:
            return entry
        alone = ExportedEntry(
            entry.type, {name: value for name, value in entry.fields.items() if name != parents.CROSSREF}, entry.unsaid
        )
        if self._real(target) not in self.gathered.entries or self._is_above(key, target):
            return alone  # also `crossref = {one, two}`, which names no entry
        parent = parents.as_parent(self._only_there(target, self._raw(self._real(target))), self.profile.dialect)
        if not parents.may_refer(entry, parent, self.profile.dialect):
            return alone
        own = self.gathered.entries[key].source.own
        return parents.without_inherited(entry, parent, self.profile.dialect, own) or alone

    def _is_above(self, key: str, target: str) -> bool:
        """Whether `target` takes fields from `key` itself, in a circle."""
        seen = {key}
        while target and (real := self._real(target)) in self.gathered.entries:
            if real in seen:
                return True
            seen.add(real)
            target = self.gathered.entries[real].source.fields.get(parents.CROSSREF, "").strip()
        return False

    def _beside_container(self, key: str, entry: ExportedEntry, target: str) -> ExportedEntry:
        """The entry without what biber gives it from a container of data."""
        given = self._raw(self._real(target)).fields
        own = self.gathered.entries[key].source.own
        left = {
            name: value
            for name, value in entry.fields.items()
            if biblatex_field(name) in own or given.get(name) != value or name == "xdata"
        }
        return ExportedEntry(entry.type, left, entry.unsaid)

    def _with_booktitle(self, key: str, entry: ExportedEntry) -> ExportedEntry:
        """An entry that others refer to as BibTeX needs it; BibTeX sees one parent and no grandparent."""
        if self.profile.whole or self.profile.dialect == "biblatex":
            return entry
        whole = parents.as_parent(self._raw(self._real(key)), "bibtex")
        left = {name: value for name, value in whole.fields.items() if name != parents.CROSSREF}
        return ExportedEntry(entry.type, left, entry.unsaid)

    def _real(self, key: str) -> str:
        """The key of the entry that a reference means: as it stands, one of its `ids`, or in another case."""
        entries = self.gathered.entries
        if key in entries:
            return key
        return self._folded.get(key.lower(), self.gathered.aliases.get(key, key))

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return {key.lower(): key for key in reversed(self.gathered.entries)}

    def _targets(self, entry: ExportedEntry) -> Iterable[tuple[str, str]]:
        for name in (*_SINGLE, *_LISTS):
            for target in _keys(entry.fields.get(name, "")):
                yield name, self._real(target)

    # What is to be said about them -----------------------------------------------------------------------------------

    def _note(self, key: str, name: str, message: str, *, code: str = "exp-reference", error: bool = False) -> None:
        found = self.gathered.entries[key]
        line = found.place_of(name) if name else found.line
        self.findings.append(Finding(code, "error" if error else "warning", message, found.file, line, 0, key, name))

    def _complain(self, chosen: Mapping[str, ExportedEntry], keys: Sequence[str] | None) -> None:
        exported = {self._real(key) for key in chosen}
        for finding in self.gathered.findings:
            is_about_others = finding.key not in exported if finding.key else keys is not None
            if is_about_others and finding.code != "exp-broken":
                continue
            severity: Severity = "error" if finding.code == "exp-broken" else "warning"
            self.findings.append(replace(finding, severity=severity))
        for key in sorted(chosen):
            if self.gathered.entries[self._real(key)].source.type == "set" and self.profile.dialect == "bibtex":
                message = "BibTeX has no @set; cite its members"
                self._note(self._real(key), "", message, code="exp-unsaid", error=True)
            elif chosen[key].unsaid:
                dialect = "BibTeX" if self.profile.dialect == "bibtex" else "biblatex"
                message = f"{dialect} has no field for {', '.join(chosen[key].unsaid)}; left out"
                self._note(self._real(key), "", message, code="exp-unsaid")
        if self.profile.dialect == "bibtex":
            self._complain_of_case(chosen)

    def _complain_of_case(self, chosen: Mapping[str, ExportedEntry]) -> None:
        seen: dict[str, str] = {}
        for key in sorted(chosen):
            other = seen.setdefault(key.lower(), key)
            if other != key:
                message = f'the key "{key}" differs only by case from "{other}"; BibTeX takes them as one'
                self._note(self._real(key), "", message, code="exp-case", error=True)

    # The text --------------------------------------------------------------------------------------------------------

    def text(self, chosen: Mapping[str, ExportedEntry], renamed: Mapping[str, str]) -> str:
        """The file's text; what cannot be encoded is a finding, and left out."""
        encoded = {key: self._encoded(key, entry, renamed) for key, entry in chosen.items()}
        strings = write_entries.defined_macros(encoded.values()) if self.profile.strings == "keep" else {}
        raws = {
            key: {name: write_entries.raw_value(value, strings) for name, value in values.items()}
            for key, values in encoded.items()
        }
        texts = [text for values in encoded.values() for value in values.values() for _, text in value.pieces]
        preambles = write_entries.needed_preambles(self.gathered.preambles, texts)
        entries = [(renamed.get(key, key), entry, raws[key]) for key, entry in chosen.items()]
        return write_entries.text(entries, strings, preambles, self.profile.order)

    def _encoded(self, key: str, entry: ExportedEntry, renamed: Mapping[str, str]) -> dict[str, write_entries.Encoded]:
        found = {}
        # An own field counts though it prints nothing: it hides the parent's, and says how others are to be read.
        counts = self.profile.whole or any(entry.fields.get(name) for name in (parents.CROSSREF, "xdata"))
        for name, value in entry.fields.items():
            if renamed and name in (*_SINGLE, *_LISTS):
                value = ",".join(renamed.get(self._real(target), target) for target in _keys(value))
            try:
                pieces = write_entries.encode_value(
                    biblatex_field(name), value, self.profile.encoding, strings=self.profile.strings == "keep"
                )
            except PubtrackError as error:
                self._note(self._real(key), biblatex_field(name), error.message, code="exp-encoding", error=True)
                pieces = write_entries.Encoded(())
            if any(text for _, text in pieces.pieces):
                found[name] = pieces
            elif counts and biblatex_field(name) not in fields.VERBATIM | fields.RAW:
                found[name] = write_entries.NOTHING
        return found


def _keys(value: str) -> list[str]:
    return [key.strip() for key in value.split(",") if key.strip()]


def _in_order(chosen: Mapping[str, ExportedEntry], above: Mapping[str, set[str]]) -> list[str]:
    """The keys in their order, those that others take fields from behind these, however far."""
    depth = dict.fromkeys(chosen, 0)
    for _ in range(len(chosen)):
        deeper = {
            target: depth[key] + 1
            for key, targets in above.items()
            for target in targets
            if target in depth and depth[target] <= depth[key] < len(chosen)
        }
        if not deeper:
            break
        depth |= deeper
    return sorted(chosen, key=lambda key: (depth[key], key.lower(), key))


def _renamed(chosen: Mapping[str, ExportedEntry], gathered: Gathered, pattern: str) -> dict[str, str]:
    """New keys in the order of the old ones, so that the same library makes the same keys."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for key in sorted(chosen):
        source = gathered.entries[gathered.aliases.get(key, key)].source
        new = key if chosen[key].type == "xdata" else new_key(source.work, pattern, taken)
        taken.add(new.lower())
        found[key] = new
    return found
