"""pubtrack rm: entries taken out, with the references to them."""

from __future__ import annotations

import click

from pubtrack.cli.options import dry_run_option
from pubtrack.cli.project import Project, store_options
from pubtrack.cli.store_edits import edit_store


@click.command("rm", epilog="Example: pubtrack rm carberry2012 --dry-run")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.option("--force", is_flag=True, help="Also where other entries inherit fields from it (crossref, xdata).")
@dry_run_option()
@store_options
def command(project: Project, keys: tuple[str, ...], force: bool, dry_run: bool) -> int:
    """Remove entries from the store, with the references to them.

    An entry that others inherit from stays, because they would lose what they inherit; --force removes it.
    """
    from pubtrack.bibtex.document import parse
    from pubtrack.bibtex.edit import remove_entries, remove_references
    from pubtrack.bibtex.references import references
    from pubtrack.model.errors import PubtrackError
    from pubtrack.store.bib_file import BibFile
    from pubtrack.store.store import Store

    remarks: list[str] = []

    def edit(store: Store) -> dict[BibFile, str]:
        homes = {key: store.file_of(key) for key in keys}
        for file in store.files:
            for one in references(file.document, keys):
                if one.entry.key in keys:
                    continue
                if one.field.name.lower() in ("crossref", "xdata") and not force:
                    message = f'"{one.entry.key}" inherits from "{one.target}"; remove both, or use --force'
                    raise PubtrackError(message, file=file.name, line=one.field.line)
                remarks.append(f'{one.entry.key}: "{one.target}" taken out of {one.field.name}')
        texts: dict[BibFile, str] = {}
        for file in store.files:
            texts[file] = remove_references(file.document, keys)
            own = [key for key in dict.fromkeys(keys) if homes[key] is file]
            if own:
                texts[file] = remove_entries(parse(texts[file], file=file.name), own)
        return texts

    edit_store(project, edit, dry_run=dry_run)
    for remark in remarks:
        project.say(remark)
    return 0
