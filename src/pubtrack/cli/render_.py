"""pubtrack render: a list of publications in a citation style and a markup, printed or written to a file."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from pubtrack.cli.options import WHERE, dry_run_option, output_option, refuse
from pubtrack.cli.project import Project, store_options

FORMATS = ("markdown", "html", "latex", "text", "typst", "docx", "rtf", "pdf", "json")


@click.command("render", epilog="Example: pubtrack render --style apa --to html --where 'year >= 2020' -o papers.html")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--list", "list_name", default="cv", metavar="NAME", help="The list of pubtrack.toml (cv).")
@click.option("--style", metavar="STYLE", help="A style's name or a .csl file; `pubtrack styles` lists them.")
@click.option("--to", "format_", type=click.Choice(FORMATS), help="The markup (markdown, or as -o's ending says).")
@WHERE
@click.option(
    "--sort",
    metavar="KEYS",
    help="The order (-date, unless the list says otherwise), as in author,-date; style: the style's own.",
)
@click.option("--locale", metavar="LANG", help="The language of the terms, as in de-DE.")
@click.option("--year-suffix", is_flag=True, help="Tell works of one year apart as 2023a, 2023b.")
@click.option("--standalone", is_flag=True, help="A whole document for html, latex and typst, not a fragment.")
@output_option("Write to FILE; - is stdout.")
@dry_run_option("With -o, only say what would be written.")
@store_options
def command(
    project: Project,
    keys: tuple[str, ...],
    list_name: str,
    style: str | None,
    format_: str | None,
    where: str | None,
    sort: str | None,
    locale: str | None,
    year_suffix: bool,
    standalone: bool,
    output: str | None,
    dry_run: bool,
) -> int:
    """Print the publications in a citation style, the owner's name highlighted.

    KEYs choose entries; without them the list shows what it selects. In every style the order is that of --sort, or
    else of the list, which without a sort is the newest first.
    """
    from pathlib import Path

    from pubtrack import writers
    from pubtrack.cli.list_remarks import say_absent, say_left_out
    from pubtrack.cli.lists import configured_list, listing_of

    options = configured_list(project, list_name)
    if style is not None:
        if style.lower().endswith(".csl") and ("/" in style or Path(style).is_file()):
            style = str(Path(style).absolute())  # one in pubtrack.toml is relative to that file, this one to us
        options = replace(options, style=style)
    filters = ((f'the list "{list_name}"', options.where), ("--where", where or ""))
    options = replace(
        options,
        where=f"({options.where}) and ({where})" if where and options.where else where or options.where,
        sort=sort or options.sort,
        locale=locale or options.locale,
        year_suffix=year_suffix or options.year_suffix,
    )
    writer = format_ or _format_of(output)
    listing = listing_of(project, options, keys, named_style=style or "")
    content = writers.write(listing, writer, standalone=standalone)
    works = [item.work for item in listing.items]
    say_left_out(project, filters, (work.id for work in works), keys or options.keys, preprints=options.preprints)
    _put(project, content, output, writer, dry_run=dry_run)
    failed = project.report_problems()
    say_absent(project, works)
    return 1 if failed else 0


def _format_of(output: str | None) -> str:
    """The format that the ending of the output file asks for."""
    endings = {
        "md": "markdown", "markdown": "markdown", "htm": "html", "html": "html", "tex": "latex", "txt": "text",
        "typ": "typst", "docx": "docx", "rtf": "rtf", "pdf": "pdf", "json": "json",
    }  # fmt: skip
    from pathlib import Path

    suffix = Path(output or "").suffix
    if suffix and suffix[1:].lower() not in endings:
        refuse(f'the ending "{suffix}" stands for no format; name one with --to')
    return endings.get(suffix[1:].lower(), "markdown")


def _put(project: Project, content: str | bytes, output: str | None, writer: str, *, dry_run: bool) -> None:
    from pathlib import Path

    from pubtrack.cli.saves import finish_interrupted, save_outputs

    if output not in (None, "-"):
        assert output is not None
        project.check_output(Path(output))
        if dry_run:
            click.echo(f"would write {output}")
            return
        finish_interrupted(project, [Path(output)])
        save_outputs({Path(output): content.encode() if isinstance(content, str) else content})
        project.say(f"{output}: written")
        return
    if isinstance(content, bytes):
        stream = sys.stdout.buffer
        if stream.isatty():
            refuse(f"{writer} is not for a terminal; give -o FILE")
        stream.write(content)
    else:
        click.echo(content, nl=False)
