"""What is safe to show on a terminal; differences, and tables there and in a pipe."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

import click

_GAP = 2
"""Blanks between columns."""
_LEAST = 12
"""A column is cut down to so much before the next one is cut."""
_ROOM_BELOW = 60
"""Columns that may stand on a second line do so where they would have less room."""
_INDENT = "    "
_BETWEEN = " · "

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


def wants_colour(stream: TextIO) -> bool:
    """Whether colours and bold letters are shown on `stream`: a terminal whose user has not declined (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, cut: Sequence[str], below: Sequence[str] = ()) -> None:
    """Prints a table, fitted to a terminal; in a pipe one row a line with tabs between, without a head.

    `cut` and `below` are as in `lay_out_table`.
    """
    safe = [[printable(" ".join(cell.split())) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in safe:
            click.echo("\t".join(row))
        return
    title, rule, *lines = lay_out_table(head, safe, shutil.get_terminal_size().columns, cut=cut, below=below)
    click.echo(click.style(title, bold=True) if wants_colour(sys.stdout) else title, color=True)
    for line in (rule, *lines):
        click.echo(line)


def lay_out_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, cut: Sequence[str], below: Sequence[str] = ()
) -> list[str]:
    """The lines of a table, none wider than `width`: its head, a rule, and its rows.

    Where it is too wide, the columns named in `cut` are cut in that order, the least important first, and then left
    out. The columns named in `below` stand on a second line of each row where a narrow table would leave them little.
    """
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(head, *rows, strict=True)]
    upper = [place for place, name in enumerate(head) if name not in below]
    lower = [place for place, name in enumerate(head) if name in below]
    order = [head.index(name) for name in cut]
    room = width - sum(widths[place] + _GAP for place in upper)
    two_lines = bool(lower) and room < _ROOM_BELOW and room < sum(widths[place] + _GAP for place in lower) - _GAP
    fitted = _fit({place: widths[place] for place in (upper if two_lines else range(len(head)))}, width, order)
    lines = [_line(head, fitted), _line(["─" * widths[place] for place in range(len(head))], fitted, mark="─")]
    for row in rows:
        lines.append(_line(row, fitted))
        if two_lines:
            cells = {place: cell_len(row[place]) for place in lower if row[place]}
            small = _fit(cells, width - len(_INDENT), order, gap=len(_BETWEEN))
            lines.append(_INDENT + _BETWEEN.join(_cropped(row[place], size) for place, size in small.items()))
    return [line.rstrip() for line in lines]


def _fit(widths: Mapping[int, int], room: int, order: Sequence[int], *, gap: int = _GAP) -> dict[int, int]:
    """The widths of columns so that they take no more than `room`; a column without room has none."""
    fitted = dict(widths)

    def excess() -> int:
        return sum(fitted.values()) + gap * (len(fitted) - 1) - room

    places = [place for place in order if place in fitted]
    for place in places:
        if excess() > 0:
            fitted[place] = max(min(fitted[place], _LEAST), fitted[place] - excess())
    for place in places:
        if excess() > 0 and len(fitted) > 1:
            del fitted[place]
    for place in reversed(places):  # what a column that was left out has freed
        if excess() < 0 and place in fitted:
            fitted[place] = min(widths[place], fitted[place] - excess())
    if excess() > 0:
        fitted[next(iter(fitted))] -= excess()
    return fitted


def _line(cells: Sequence[str], widths: Mapping[int, int], *, mark: str = "…") -> str:
    from rich.cells import set_cell_size

    return (" " * _GAP).join(
        set_cell_size(_cropped(cells[place], width, mark=mark), width) for place, width in widths.items()
    )


def _cropped(value: str, width: int, *, mark: str = "…") -> str:
    """`value` within `width` columns, `mark` in place of its end where it is cut."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(value) <= width:
        return value
    return f"{set_cell_size(value, width - 1).rstrip()}{mark}"
