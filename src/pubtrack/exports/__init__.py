"""A `Selection` of works in; the files that other programs read out. The table of formats and `export` are here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from pubtrack.exports._checksum_header import add_checksum as seal
from pubtrack.exports._selection import Selection, SelectionSection
from pubtrack.model.errors import UsageError, did_you_mean

__all__ = ["EXPORTS", "Export", "Selection", "SelectionSection", "export", "exported_before", "is_folder", "seal"]

Export = Callable[[Selection], "str | Mapping[str, str]"]
"""One file's text, or a folder's: the text of each file by its path in the folder, with "/" between names."""

EXPORTS: Mapping[str, str] = {
    "bibtex": "pubtrack.exports.bibtex",
    "biblatex": "pubtrack.exports.biblatex",
    "rendercv": "pubtrack.exports.rendercv",
    "json-resume": "pubtrack.exports.json_resume",
    "al-folio": "pubtrack.exports.al_folio",
    "hugo": "pubtrack.exports.hugo",
    "csl-json": "pubtrack.exports.csl_json",
    "json-ld": "pubtrack.exports.json_ld",
    "ris": "pubtrack.exports.ris",
    "endnote-xml": "pubtrack.exports.endnote_xml",
    "mods": "pubtrack.exports.mods",
    "bibtexml": "pubtrack.exports.bibtexml",
    "csv": "pubtrack.exports.csv",
    "hayagriva": "pubtrack.exports.hayagriva",
    "jsonl": "pubtrack.exports.jsonl",
}
"""A format's name to its module, loaded when it is asked for.

Each has `export`, an `Export`, and `is_former(text)`: whether a file's text is that of an earlier export that nobody
has changed since, as far as the format lets one tell.
"""
_FOLDERS = frozenset({"hugo"})


def export(selection: Selection, to: str) -> str | Mapping[str, str]:
    """`selection` in the format `to`; the same selection makes the same text. Raises UsageError for an unknown one."""
    found: Export = import_module(_module(to)).export
    return found(selection)


def exported_before(text: str, to: str) -> bool:
    """Whether `text` is an unchanged earlier export in the format `to`, so that it may be replaced."""
    found: Callable[[str], bool] = import_module(_module(to)).is_former
    return found(text.replace("\r\n", "\n"))


def is_folder(to: str) -> bool:
    """Whether the format is a folder of files. Raises UsageError for an unknown one."""
    _module(to)
    return to in _FOLDERS


def _module(to: str) -> str:
    if to not in EXPORTS:
        hint = did_you_mean(to, EXPORTS) or f"; there is {', '.join(EXPORTS)}"
        raise UsageError(f'unknown export format "{to}"{hint}')
    return EXPORTS[to]
