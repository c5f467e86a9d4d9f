"""Documents as a mapping of paths to texts, and what they cite."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pubtrack.citation_scan import Cited, cited_in

Files = Mapping[str, str | bytes]


def reader(files: Files) -> Callable[[str], bytes | None]:
    """Reads from a mapping as the command line does from the disk."""

    def read(path: str) -> bytes | None:
        content = files.get(path)
        return content.encode("utf-8") if isinstance(content, str) else content

    return read


def cites(files: Files | str | bytes, *documents: str, name: str = "paper.tex") -> Cited:
    """What `documents` cite, by default the first of the files; a text stands for one file called `name`."""
    given = {name: files} if isinstance(files, str | bytes) else files
    return cited_in(documents or [next(iter(given))], reader(given))


def keys(files: Files | str | bytes, *documents: str, name: str = "paper.tex") -> str:
    """The keys with blanks between, `*` last for all entries; nothing may have gone wrong."""
    found = cites(files, *documents, name=name)
    assert not found.problems and not found.warnings, [*map(str, found.problems), *map(str, found.warnings)]
    return " ".join([*found.keys, *("*" for _ in range(found.everything))])


def said(found: Cited) -> list[str]:
    """Problems, then warnings, as the user reads them."""
    return [*map(str, found.problems), *(f"warning {warning}" for warning in found.warnings)]
