"""pubtrack fmt: the layout of the store's files made tidy, on demand and their meaning untouched."""

from __future__ import annotations

import click

from pubtrack.cli.options import dry_run_option
from pubtrack.cli.project import Project, store_options
from pubtrack.cli.store_edits import edit_store


@click.command("fmt", epilog="Example: pubtrack fmt --sort key --dry-run")
@click.option("--check", is_flag=True, help="Write nothing; name the files that are not tidy and exit 1.")
@click.option("--sort", default="", metavar="KEY", help="Sort the entries by key, type or a field; -KEY descending.")
@click.option("--indent", default=2, show_default=True, type=click.IntRange(0, 16), help="Blanks before a field.")
@click.option("--no-align", is_flag=True, help="Leave the equals signs unaligned.")
@click.option("--keep-case", is_flag=True, help="Leave types and field names as they are written.")
@click.option("--no-trailing-comma", is_flag=True, help="No comma behind the last field.")
@click.option("--blank-lines", default=1, show_default=True, type=click.IntRange(0, 5), help="Between entries.")
@dry_run_option()
@store_options
def command(
    project: Project,
    check: bool,
    sort: str,
    indent: int,
    no_align: bool,
    keep_case: bool,
    no_trailing_comma: bool,
    blank_lines: int,
    dry_run: bool,
) -> int:
    """Tidy the layout of the store's files; what they say stays the same, which is checked."""
    from pubtrack.bibtex.tidy import Options, tidy
    from pubtrack.cli.saves import open_store
    from pubtrack.model.errors import PubtrackError
    from pubtrack.store.bib_file import BibFile
    from pubtrack.store.store import Store

    options = Options(indent, not no_align, not keep_case, not no_trailing_comma, blank_lines, sort)

    def edit(store: Store) -> dict[BibFile, str]:
        texts: dict[BibFile, str] = {}
        for file in store.files:
            try:
                texts[file] = tidy(file.document.text, options)
            except PubtrackError as error:
                raise PubtrackError(error.message, file=file.name, line=error.line) from error
        return texts

    if check:
        untidy = [
            file.name
            for file, text in edit(open_store(project, project.bib_path)).items()
            if text != file.document.text
        ]
        for name in untidy:
            click.echo(name)
        return 1 if untidy else 0
    edit_store(project, edit, dry_run=dry_run)
    return 0
