"""pubtrack export: a .bib for a paper, and the files that CV generators, web sites and other programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pubtrack.cli.options import DIFF, WHERE, dry_run_option, output_option
from pubtrack.cli.project import Project, store_options

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS = (
    "bibtex", "biblatex", "rendercv", "json-resume", "al-folio", "hugo", "csl-json", "json-ld",
    "ris", "endnote-xml", "mods", "bibtexml", "csv", "hayagriva", "jsonl",
)  # fmt: skip
BIB_FORMATS = ("bibtex", "biblatex")


def _bib_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how a .bib is to look, and which other libraries it may draw on."""
    choice = click.Choice
    options = [
        click.option("--profile", metavar="NAME", help="What a venue wants: ieee, acm, …, or one of [exports]."),
        click.option("--also-from", multiple=True, metavar="FILE", help="Look for keys here too (repeatable)."),
        click.option("--unused", is_flag=True, help="Print the keys that no DOCUMENT cites, and nothing else."),
        click.option("--dialect", type=choice(BIB_FORMATS), help="The words of the .bib, as --to says them."),
        click.option("--encoding", type=choice(("latex", "unicode")), help="Letters as commands or as characters."),
        click.option("--journals", type=choice(("full", "iso4", "short", "keep")), help="Names of journals."),
        click.option("--venues", type=choice(("keep", "short", "full")), help="Names that [venues] knows."),
        click.option("--protect", type=choice(("keep", "acronyms")), help="Braces around acronyms in titles."),
        click.option("--strings", type=choice(("keep", "resolve")), help="@string macros."),
        click.option("--keep", multiple=True, metavar="FIELD", help="Export this private field (repeatable)."),
        click.option("--drop", multiple=True, metavar="FIELD", help="Leave this field out (repeatable)."),
        click.option(
            "--rekey", is_flag=False, flag_value="", metavar="[PATTERN]",
            help="New keys, as in --rekey={family}{year}; a map stands in FILE.keys.tsv.",
        ),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command("export", epilog="Example: pubtrack export paper.tex --profile ieee -o paper.bib")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--to", "format_", type=click.Choice(FORMATS), help="What to write (bibtex).")
@click.option("--list", "list_name", metavar="NAME", help="What a list of pubtrack.toml shows, in its sections.")
@WHERE
@click.option(
    "--key", "keys", multiple=True, metavar="KEY", help="Only this entry (repeatable); besides what is cited."
)
@_bib_options
@click.option("--me", default="admin", metavar="WORD", help="hugo: the owner's word among authors (admin).")
@output_option("Write to this file, or for hugo to this folder.", "PATH")
@click.option("--check", is_flag=True, help="Write nothing; print the difference and exit 1 if PATH is stale.")
@DIFF
@click.option("--force", is_flag=True, help="Replace files that are not a former export, or were changed since.")
@dry_run_option("Write nothing; say which files would be written.")
@store_options
def command(project: Project, documents: tuple[str, ...], **options: Any) -> int:
    """Write the .bib that a paper needs, or publications for other programs.

    DOCUMENT is what cites: .aux, .bcf, .tex, .typ, Markdown, Quarto, R Markdown, .ipynb, .docx, or a list of keys
    (.txt). Only what is cited is written, with the entries that this refers to, and nothing private.

    \b
    bibtex, biblatex  a .bib, as a --profile has it
    rendercv          YAML for RenderCV, with the list's sections
    json-resume       the publications of a JSON Resume
    al-folio          a .bib for al-folio and jekyll-scholar
    hugo              a folder of pages for Hugo Blox (content/publication)
    csl-json          CSL-JSON for Zotero, Pandoc and citeproc
    json-ld           schema.org for a web page
    ris               RIS for EndNote, Zotero, Mendeley
    endnote-xml       EndNote's own XML, with italics
    mods              MODS for libraries and repositories
    bibtexml          BibTeX's entries as XML
    csv               a table for Excel and LibreOffice
    hayagriva         YAML for Typst's bibliographies
    jsonl             CSL-JSON, one item in each line

    Without DOCUMENT, --list, --where and --key these are all entries.
    """
    from pubtrack.cli.export_run import run

    return run(project, documents, options)
