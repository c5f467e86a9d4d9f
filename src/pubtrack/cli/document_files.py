"""Documents whose citations are sought, on the disk: their names in, how to read them or what they cite out."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtrack.cli.terminal import printable
from pubtrack.regular_files import DOCUMENT_LIMIT, read_regular_file

if TYPE_CHECKING:
    from pubtrack.citation_scan import Cited


def document_reader(documents: Container[str]) -> Callable[[str], bytes | None]:
    """The function that reads the documents and what they include.

    It gives None where there is no such file, or it is a folder, and raises PubtrackError for a pipe or device, which
    a document may name too, and for a file that cannot be read or is too large. Standard input (`-`) is read only
    where the user named it.
    """

    def read(path: str) -> bytes | None:
        if path == "-" and path in documents:
            return sys.stdin.buffer.read()
        try:
            if stat.S_ISDIR(Path(path).stat().st_mode):
                return None
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None  # ValueError: a NUL in the name
        except OSError:
            pass  # reading it says why
        return read_regular_file(path, DOCUMENT_LIMIT)

    return read


def cited_by(documents: Sequence[str]) -> Cited:
    """What the documents cite. Warnings are printed, and what makes it unreliable; the last of that is raised."""
    from pubtrack.citation_scan import cited_in

    found = cited_in(documents, document_reader(documents))
    for remark in (*found.warnings, *found.problems[:-1]):
        click.echo(printable(str(remark)), err=True)
    if found.problems:
        raise found.problems[-1]
    return found
