r"""Which files a LaTeX document reads: TeX's rules for finding them, and what follows when one is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pubtrack.citation_scan._collector import Gathering, SourceText
from pubtrack.citation_scan._paths import folder_of, join_path
from pubtrack.citation_scan._tex_names import DefinedNames

Scan = Callable[[SourceText], None]
_UNKNOWN = "what it cites is not counted"


class Files:
    r"""What the files of one document share: names, folders, and whether its end was met.

    `folder` is that of the main file, from which all names count; before it TeX looks into the folders of `\import`
    that are open and of `\input@path`.
    """

    def __init__(self, gathering: Gathering, names: DefinedNames, folder: str) -> None:
        self.gathering = gathering
        self.names = names
        self.folder = folder
        self.ended = False
        self.optional: set[str] = set()
        self._imported: list[str] = []
        self._searched: list[str] = []
        self._packages: set[str] = set()

    def add_search(self, folders: Iterable[str]) -> None:
        r"""Folders of `\input@path`."""
        self._searched += [f"{folder.strip().rstrip('/')}/" for folder in folders]

    def input(self, name: str, source: SourceText, offset: int, scan: Scan, *, silent: bool = False) -> None:
        r"""`\input`: `name.tex` or `name`. One that is not there may be a file of the TeX installation.

        So that is a problem only where the name has a folder, as a document's own parts have.
        """
        if not self._read(name, source, offset, scan) and not silent and name not in self.optional:
            self._missing(name, source, offset, problem="/" in name)

    def include(self, name: str, source: SourceText, offset: int, scan: Scan) -> None:
        r"""`\include`: always `name.tex`. Where it is not there LaTeX says so and goes on; so do we."""
        if not self._read(name.removesuffix(".tex") + ".tex", source, offset, scan):
            self._missing(name, source, offset, problem=False)

    def import_(self, folder: str, name: str, source: SourceText, offset: int, scan: Scan) -> None:
        r"""`\import{folder}{name}`: the file and what it inputs are sought in that folder first."""
        self._imported.append(f"{folder.rstrip('/')}/" if folder else "")
        if not self._read(name, source, offset, scan):
            self._missing(folder + name, source, offset, problem=True)
        self._imported.pop()

    def subfile(self, name: str, source: SourceText, offset: int, scan: Scan) -> None:
        r"""`\subfile{name}`: what it inputs is sought in its own folder first (subfiles manual, 2)."""

        def scan_within(inner: SourceText) -> None:
            self._imported.append(folder_of(name))
            scan(inner)
            self._imported.pop()

        if not self._read(name, source, offset, scan_within):
            self._missing(name, source, offset, problem=True)

    def open_folder(self) -> str:
        r"""The folder of the `\import` that is open, from which `\subimport` counts."""
        return self._imported[-1] if self._imported else ""

    def package(self, name: str, suffix: str, source: SourceText, offset: int, scan: Scan) -> None:
        """A package, class or parent document, if it stands beside the document: its definitions count."""
        if name + suffix not in self._packages:
            self._packages.add(name + suffix)
            self._read(name + suffix, source, offset, scan)

    def _read(self, name: str, source: SourceText, offset: int, scan: Scan) -> bool:
        """Scans the file of this name; False if it is nowhere."""
        name = name.strip()
        suffixes = ("",) if name.endswith((".tex", ".sty", ".cls")) else (".tex", "")
        folders = dict.fromkeys([*self._imported[::-1], "", *self._searched])
        paths = [join_path(self.folder, folder + name + suffix) for folder in folders for suffix in suffixes]
        return bool(name) and self.gathering.include(paths, scan, source, offset)

    def _missing(self, name: str, source: SourceText, offset: int, *, problem: bool) -> None:
        shown = join_path(self.folder, name.strip())
        if problem:
            message = f"{shown} is not there; write it, or take the \\input out"
            self.gathering.problems.append(source.error(message, offset))
        else:
            message = f"{shown} is not beside the document; {_UNKNOWN}"
            self.gathering.warnings.append(source.error(message, offset))
