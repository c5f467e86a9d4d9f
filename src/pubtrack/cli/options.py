"""Options that several commands have, each declared once, and the end of a command that is called wrongly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import click

Option = Callable[[Any], Any]

WHERE: Option = click.option("--where", metavar="FILTER", help="Only these, as in 'type = book and year >= 2020'.")
DIFF: Option = click.option("--diff", is_flag=True, help="Write nothing; print what would change.")


def json_option(about: str = "Print JSON for programs.") -> Option:
    """--json, as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help=about)


def dry_run_option(about: str = "Write nothing; print what would change.") -> Option:
    """--dry-run, as `dry_run`."""
    return click.option("--dry-run", is_flag=True, help=about)


def output_option(about: str, metavar: str = "FILE") -> Option:
    """-o, as `output`."""
    return click.option("-o", "--output", metavar=metavar, help=about)


def refuse(message: str) -> NoReturn:
    """Raise UsageError: the command is called wrongly, exit code 2."""
    from pubtrack.model.errors import UsageError

    raise UsageError(message)
