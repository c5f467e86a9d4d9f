"""pubtrack refresh: what the registries would change, proposed, and applied only on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pubtrack.cli.network import Network, network_options
from pubtrack.cli.options import dry_run_option, json_option, refuse
from pubtrack.cli.project import Project, store_options

if TYPE_CHECKING:
    from pubtrack.cli.refresh_run import Chosen
    from pubtrack.refresh.published import Publishing

ID = "ID"


@click.command("refresh", epilog="Example: pubtrack refresh carberry2008 --apply-safe --dry-run")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--where", metavar="FILTER", default="", help="Only entries that this filter accepts.")
@click.option("--apply", "apply", multiple=True, metavar=ID, help="Write this proposal of the last run (repeatable).")
@click.option("--apply-safe", is_flag=True, help="Write what only fills or updates, in this run.")
@click.option("--keep", multiple=True, metavar=ID, help="Decline: mine stays, until the registry changes (repeatable).")
@click.option("--keep-all", is_flag=True, help="Decline all proposals of the last run.")
@click.option("--undo", is_flag=True, help="Undo the last refresh.")
@click.option("--published", type=click.Choice(["link", "upgrade"]), help="What to propose for a published preprint.")
@click.option("--no-search", is_flag=True, help="Do not search for entries without an identifier.")
@json_option()
@dry_run_option()
@network_options
@store_options
def command(
    project: Project, keys: tuple[str, ...], where: str, apply: tuple[str, ...], apply_safe: bool,
    keep: tuple[str, ...], keep_all: bool, undo: bool, published: Publishing | None, no_search: bool, as_json: bool,
    dry_run: bool, network: Network,
) -> int:  # fmt: skip
    """Propose what DOI registries and the other services would change, field by field.

    Only --apply and --apply-safe write to the .bib files, and never over what a person changed unless its proposal is
    named. Each proposal has an id; --undo takes the last refresh back.
    """
    from pubtrack.cli import refresh_edits, refresh_run

    asked = [name for name, given in (("--apply", apply), ("--apply-safe", apply_safe), ("--keep", keep),
                                      ("--keep-all", keep_all), ("--undo", undo)) if given]  # fmt: skip
    if len(asked) > 1:
        refuse(f"{asked[0]} and {asked[1]} do not go together; run them one after the other")
    if asked and asked != ["--apply-safe"]:
        if keys or where:
            refuse(f"{asked[0]} goes by the ids of proposals, so it takes no keys and no filter")
        if undo:
            return refresh_edits.undo_refresh(project, dry_run=dry_run, as_json=as_json)
        if apply:
            return refresh_edits.apply(project, apply, dry_run=dry_run, as_json=as_json)
        return refresh_edits.decline_proposals(project, keep, dry_run=dry_run, as_json=as_json)
    chosen: Chosen = refresh_run.Chosen(keys, where, published, search=not no_search)
    return refresh_run.refresh(project, chosen, network, apply_safe=apply_safe, dry_run=dry_run, as_json=as_json)
