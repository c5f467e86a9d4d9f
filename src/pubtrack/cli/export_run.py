"""What `pubtrack export` does: options to works or entries, these to files, and files beside what stands there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubtrack.cli.list_remarks import say_absent, say_articles, say_empty_store, say_left_out
from pubtrack.cli.options import refuse
from pubtrack.cli.project import Project
from pubtrack.cli.saves import finish_interrupted, save_outputs
from pubtrack.cli.terminal import printable

if TYPE_CHECKING:
    from pubtrack.citation_scan import Cited
    from pubtrack.cli.list_remarks import Filters
    from pubtrack.config import ExportConfig
    from pubtrack.exports import Selection
    from pubtrack.exports.bib import Exported, Profile
    from pubtrack.model.work import Work
    from pubtrack.store.library import Library

BIB_FORMATS = ("bibtex", "biblatex")
_BIB_ONLY = (
    "profile", "dialect", "encoding", "journals", "venues", "protect", "strings", "keep", "drop", "rekey",
)  # fmt: skip
_OWNERS = frozenset({"rendercv", "json-resume", "al-folio", "hugo"})
"""Formats of CVs and personal pages, in which the owner is marked or whose works these are."""
Options = Mapping[str, Any]
Stale = Mapping[Path, "tuple[bytes | None, bytes]"]
"""Files that differ from what is wanted: what they hold (None where there is none) and what they should."""


def run(project: Project, documents: Sequence[str], options: Options) -> int:
    """The command's exit code."""
    from pubtrack.cli.document_files import cited_by

    format_ = _format(options)
    _refuse_contradictions(documents, options, format_)
    cited = cited_by(documents) if documents else None
    if cited is None:
        say_empty_store(project)
    libraries = [project.library, *map(project.other_library, options["also_from"])]
    if options["unused"]:
        assert cited is not None
        return _print_unused(cited, libraries[0])
    if cited is not None and _complain_of_missing(cited, libraries):
        return 1
    if format_ in BIB_FORMATS:
        return _run_bib(project, cited, libraries, options)
    return _run_other(project, cited, libraries, options, format_)


def _format(options: Options) -> str:

    format_, dialect = options["format_"], options["dialect"]
    if format_ in BIB_FORMATS and dialect not in (None, format_):
        refuse(f"--to {format_} and --dialect {dialect} contradict each other")
    return format_ or dialect or "bibtex"


def _refuse_contradictions(documents: Sequence[str], options: Options, format_: str) -> None:
    from pubtrack import exports

    to_stdout = options["output"] in (None, "-")
    if to_stdout and exports.is_folder(format_):
        refuse(f"{format_} is a folder of files; give -o FOLDER")
    if to_stdout and (options["check"] or options["diff"] or options["dry_run"]):
        refuse("there is no file to compare or to write; give -o FILE")
    if options["unused"] and not documents:
        refuse("nothing is cited without a DOCUMENT; name one, or leave --unused out")
    if format_ not in BIB_FORMATS:
        for name in _BIB_ONLY:
            if options[name] not in (None, ()):
                refuse(f"--{name} is for .bib files; {format_} has no such choice")
    if options["rekey"] and "{" not in options["rekey"]:
        refuse(f'"{options["rekey"]}" is not a pattern of keys; write it as --rekey={{family}}{{year}}')


# What is cited -------------------------------------------------------------------------------------------------------


def _print_unused(cited: Cited, library: Library) -> int:
    from pubtrack.citation_scan import unused_keys
    from pubtrack.exports.bib import all_keys

    for key in unused_keys(cited, all_keys(library)):
        click.echo(printable(key))
    return 0


def _complain_of_missing(cited: Cited, libraries: Sequence[Library]) -> bool:
    """Prints a line for each cited key that no library has; whether there are any."""
    from pubtrack.citation_scan import missing_keys
    from pubtrack.exports.bib import all_keys, other_keys

    lost = [key for key in cited.keys if not any(library_has(library, key) for library in libraries)]
    if not lost:
        return False
    known = [key for library in libraries for key in all_keys(library)]
    errors = missing_keys(cited, [*known, *other_keys(libraries, lost)])
    for error in errors:
        click.echo(printable(str(error)), err=True)
    return bool(errors)


def library_has(library: Library, key: str) -> bool:
    """Whether the library has an entry of this very key."""
    from pubtrack.exports.bib import has_key

    return has_key(library, key)


# A .bib ----------------------------------------------------------------------------------------------------------


def _run_bib(project: Project, cited: Cited | None, libraries: Sequence[Library], options: Options) -> int:
    from pubtrack.exports.bib import export_bib

    profile = _profile(project, options)
    keys = _keys(project, cited, libraries, options)
    pattern = ""
    if options["rekey"] is not None:
        from pubtrack.store.citation_keys import DEFAULT_PATTERN

        pattern = options["rekey"] or profile.keys or DEFAULT_PATTERN
    exported = export_bib(libraries, keys, profile, venues=project.config.venues, pattern=pattern)
    if not _said(project, exported):
        return 1
    if options["output"] in (None, "-"):
        click.echo(exported.text, nl=False)
        for old, new in sorted(exported.renamed.items()):
            project.say(f"{old} is now {new}")
        return 0
    wanted = {Path(options["output"]): exported.text}
    if pattern:
        wanted[Path(f"{options['output']}.keys.tsv")] = _map_of_keys(exported)
    return _finish(project, wanted, Path(options["output"]), options, "bibtex")


def _profile(project: Project, options: Options) -> Profile:
    from pubtrack.config import ExportConfig
    from pubtrack.exports.bib import override_profile, profile_named

    configured: Mapping[str, ExportConfig] = project.config.exports
    base = profile_named(options["profile"] or "", configured)
    wanted = ExportConfig(
        dialect=options["format_"] or options["dialect"],
        encoding=options["encoding"],
        journals=options["journals"],
        venues=options["venues"],
        strings=options["strings"],
        protect=options["protect"],
        keep=options["keep"],
        drop=options["drop"],
    )
    return override_profile(base, wanted)


def _keys(project: Project, cited: Cited | None, libraries: Sequence[Library], options: Options) -> list[str] | None:
    """The keys of what is exported, None for all."""
    from pubtrack.exports.bib import all_keys
    from pubtrack.model.errors import PubtrackError, did_you_mean

    for key in options["keys"]:
        if not any(library_has(library, key) for library in libraries):
            known = [one for library in libraries for one in all_keys(library)]
            raise PubtrackError(f'there is no entry "{key}"{did_you_mean(key, known)}')
    if cited is None and not (options["keys"] or options["where"] or options["list_name"]):
        return None
    wanted: list[str] | None = None
    if cited is not None or options["keys"]:
        wanted = list(dict.fromkeys([*(cited.keys if cited else ()), *options["keys"]]))
        if cited is not None and cited.everything:
            wanted = list(dict.fromkeys([*wanted, *all_keys(libraries[0])]))
    if options["where"] or options["list_name"]:
        chosen = {work.id for work in _selection(project, options, ()).works}
        named = [key for key in options["keys"] if library_has(libraries[0], key)]
        if named:
            say_left_out(project, _filters(project, options), chosen, named, verb="export")
        wanted = [key for key in wanted if key in chosen] if wanted is not None else list(chosen)
    return wanted


def _said(project: Project, exported: Exported) -> bool:
    """Prints what is to be said of an export; whether it may be used."""
    for finding in exported.findings:
        if finding.severity == "error" or not project.quiet:
            click.echo(printable(str(finding)), err=True)
    return exported.is_sound


def _map_of_keys(exported: Exported) -> str:
    from pubtrack.exports import seal

    lines = "".join(f"{old}\t{new}\n" for old, new in sorted(exported.renamed.items()))
    return seal(lines, "#")


# Other formats -----------------------------------------------------------------------------------------------------


def _run_other(
    project: Project, cited: Cited | None, libraries: Sequence[Library], options: Options, format_: str
) -> int:
    from pubtrack import exports
    from pubtrack.model.errors import PubtrackError

    to_stdout = options["output"] in (None, "-")
    broken = cited is None and project.report_problems()
    if broken and not to_stdout:
        raise PubtrackError("the store has broken entries, so nothing was exported; fix them first")
    if cited is None:
        selection = _selection(project, options, options["keys"])
    else:
        selection = _cited_selection(project, cited, libraries, options)
    content = exports.export(selection, format_)
    if options["output"] is None or (isinstance(content, str) and to_stdout):
        click.echo(content, nl=False)
        return 1 if broken else 0
    target = Path(options["output"])
    wanted = {target: content} if isinstance(content, str) else {target / name: one for name, one in content.items()}
    code = _finish(project, wanted, target, options, format_)
    if not isinstance(content, str) and not (options["check"] or options["diff"] or options["dry_run"]):
        _name_leftovers(project, target, wanted, format_)
    return code


def _selection(project: Project, options: Options, keys: tuple[str, ...]) -> Selection:
    from dataclasses import replace

    from pubtrack.bibtex.name_lists import parse
    from pubtrack.cli.lists import configured_list, listing_of
    from pubtrack.config import ListConfig
    from pubtrack.csl import Style
    from pubtrack.exports import Selection, SelectionSection
    from pubtrack.lists.listing import ListingContext, select_works

    list_name, where = options["list_name"], options["where"]
    owner = project.owner.name if project.owner is not None else ""
    chosen = ListConfig(preprints="all") if list_name is None else configured_list(project, list_name)
    filters = _filters(project, options)
    both = [part for _, part in filters if part]
    chosen = replace(chosen, where=" and ".join(f"({part})" for part in both) if len(both) > 1 else "".join(both))
    if list_name is not None:
        listing = listing_of(project, chosen, keys)
        parts = [
            SelectionSection(tuple(item.work for item in section.items), section.title) for section in listing.sections
        ]
    else:
        by_key = {work.id: work for work in project.works}
        works = [by_key[work.id] for work in project.chosen(keys)] if keys else project.works
        around = ListingContext(Style.load, venues=project.config.venues, own=project.own_fields)
        parts = [SelectionSection(tuple(select_works(works, chosen, around)))]
        say_articles(project, [where or ""], works)
    shown = [work for part in parts for work in part.works]
    ids = [work.id for work in shown]
    say_left_out(project, filters, ids, keys or chosen.keys, verb="export", preprints=chosen.preprints)
    if list_name is not None or options["format_"] in _OWNERS:
        say_absent(project, shown)
    return Selection(
        tuple(parts),
        owner=", ".join(str(name) for name in parse(owner).names),
        highlight=" ".join(chosen.highlight),
        symbols=project.config.marks if chosen.marks else {},
        me=options["me"],
    )


def _filters(project: Project, options: Options) -> Filters:
    """The filters that a selection has to pass: the list's, and --where."""
    name = options["list_name"]
    listed = [(f'the list "{name}"', project.config.list_named(name).where)] if name is not None else []
    return [*listed, ("--where", options["where"] or "")]


def _cited_selection(project: Project, cited: Cited, libraries: Sequence[Library], options: Options) -> Selection:
    """The works that are cited, and those of --key, in the order of their citation; --where narrows them."""
    from pubtrack.exports import Selection, SelectionSection
    from pubtrack.lists.filters import compile_filter

    left = list(dict.fromkeys([*cited.keys, *options["keys"]]))
    found: dict[str, Work] = {}
    for library in libraries:
        here = [key for key in left if key not in found and library_has(library, key)]
        found |= {work.id: work for work in library.chosen(here)} if here else {}
    if cited.everything:
        found |= {work.id: work for work in libraries[0].works if work.id not in found}
    works = project.recognised(
        [found[key] for key in [*left, *(key for key in found if key not in left)] if key in found]
    )
    accepts = compile_filter(options["where"] or "", project.config.venues, project.own_fields)
    symbols = project.config.marks
    chosen = tuple(filter(accepts, works))
    if works and not chosen:
        project.say(f"nothing to export: none of {len(works)} cited works passes --where: {options['where']}")
    return Selection((SelectionSection(chosen),), symbols=symbols, me=options["me"])


# Files ---------------------------------------------------------------------------------------------------------------


def _finish(project: Project, wanted: Mapping[Path, str], target: Path, options: Options, format_: str) -> int:
    """Writes what is wanted, or shows what would be written; the exit code."""
    from pubtrack import exports

    only_shown = options["check"] or options["diff"]
    for path in wanted:
        project.containment.check_output(path, target if exports.is_folder(format_) else None)
    if not only_shown and not options["dry_run"]:
        finish_interrupted(project, list(wanted))
    stale = _stale(wanted, options["force"] or only_shown, format_)
    if only_shown:
        _show(stale)
        return 1 if options["check"] and stale else 0
    for path in wanted:
        project.refuse_store(path)
    if options["dry_run"]:
        for path in stale:
            click.echo(f"would write {path}")
        return 0
    _write(project, stale, target)
    return 0


def _stale(wanted: Mapping[Path, str], force: bool, format_: str) -> Stale:
    """The files that differ from what is wanted. Raises PubtrackError for one that nobody would want to lose."""
    from pubtrack import exports
    from pubtrack.model.errors import PubtrackError
    from pubtrack.store import atomic_files

    found: dict[Path, tuple[bytes | None, bytes]] = {}
    for path, text in wanted.items():
        new = text.encode("utf-8", "replace")
        old = atomic_files.read(path) if os.path.lexists(path) else None
        if old == new or (old is not None and old.replace(b"\r\n", b"\n") == new.replace(b"\r\n", b"\n")):
            continue
        if old is not None and not force and not exports.exported_before(old.decode("utf-8", "replace"), format_):
            raise PubtrackError(
                "this file is not a former export, or was changed since; --force replaces it", file=str(path)
            )
        found[path] = old, new
    return found


def _show(stale: Stale) -> None:
    from pubtrack.cli.terminal import difference

    for path, (old, new) in stale.items():
        before = (old or b"").decode("utf-8", "replace")
        click.echo(difference(str(path), before, new.decode("utf-8")), nl=False)


def _write(project: Project, stale: Stale, target: Path) -> None:
    save_outputs(
        {path: new for path, (_, new) in stale.items()},
        {path: old for path, (old, _) in stale.items()},
        folders={path.parent for path in stale} - {target.parent},  # that of a file has to be there
    )
    project.say(f"{target}: {'written' if stale else 'up to date'}")


def _name_leftovers(project: Project, target: Path, wanted: Mapping[Path, str], format_: str) -> None:
    """Says which folders are former exports of works that are not exported any more; they may hold other files too."""
    from pubtrack import exports
    from pubtrack.store import atomic_files

    for path in sorted(target.glob("*/index.md")):
        if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
            continue
        if path not in wanted and exports.exported_before(atomic_files.read(path).decode("utf-8", "replace"), format_):
            project.say(f"{path.parent}: exported earlier, but not chosen now; remove it if it is to go")
