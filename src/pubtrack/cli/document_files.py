"""Documents whose citations are sought, on the disk: their names in, how to read them or what they cite out."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtrack.cli.terminal import printable
from pubtrack.model.errors import PubtrackError
from pubtrack.store import atomic_files

if TYPE_CHECKING:
    from pubtrack.citation_scan import Cited

MAX_SIZE = 200_000_000
"""Bytes. A document may name any file of the machine; one that never ends must not be read to the end."""


def reading(documents: Container[str]) -> Callable[[str], bytes | None]:
    """The function that reads the documents and what they include.

    It gives None where there is no such file, or it is a folder, and raises PubtrackError for one that cannot be
    read or is too large. Standard input (`-`), pipes and devices are read only where the user named them, never
    where a document does.
    """

    def read(path: str) -> bytes | None:
        if path == "-" and path in documents:
            return sys.stdin.buffer.read()
        try:
            status = Path(path).stat()
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None  # ValueError: a NUL in the name
        except OSError as error:
            raise PubtrackError(f"cannot read this file: {error.strerror}", file=path) from None
        if stat.S_ISDIR(status.st_mode):
            return None
        if not stat.S_ISREG(status.st_mode) and path not in documents:
            raise PubtrackError("this is a device or a pipe, no document", file=path)
        if status.st_size > MAX_SIZE:
            raise PubtrackError(f"this file is larger than {MAX_SIZE:,} bytes; it is not read", file=path)
        return atomic_files.read(path)

    return read


def cited_by(documents: Sequence[str]) -> Cited:
    """What the documents cite. Warnings are printed, and what makes it unreliable; the last of that is raised."""
    from pubtrack.citation_scan import cited_in

    found = cited_in(documents, reading(documents))
    for remark in (*found.warnings, *found.problems[:-1]):
        click.echo(printable(str(remark)), err=True)
    if found.problems:
        raise found.problems[-1]
    return found
