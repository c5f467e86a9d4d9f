"""What is safe to show on a terminal; differences, and tables there and in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

_BREAKING = frozenset("\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")


def printable(value: str) -> str:
    """`value` with control, bidirectional and undecodable characters shown as `?`; tabs and line feeds stay."""
    if value.isprintable():
        return value
    return "".join(sign if sign.isprintable() or (sign.isspace() and sign not in _BREAKING) else "?" for sign in value)


def difference(file: str, before: str, after: str) -> str:
    """A unified diff of two texts of `file`, safe to show; "" where they are equal."""
    import difflib

    names = (f"{file} (as it is)", f"{file} (as it should be)")
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="")
    return "".join(f"{printable(line)}\n" for line in lines)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a table, fitted to a terminal; in a pipe one row a line with tabs between, without a head."""
    safe = [[printable(" ".join(cell.split())) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in safe:
            click.echo("\t".join(row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, title in enumerate(head):
        shown.add_column(title, no_wrap=number == 0, overflow="fold")
    for row in safe:
        shown.add_row(*(Text(cell) for cell in row))
    Console().print(shown)
