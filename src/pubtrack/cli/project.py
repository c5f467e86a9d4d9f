"""The options that all commands share, and what they lead to: the configuration, the library, the owner."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pubtrack.cli.options import refuse
from pubtrack.cli.terminal import printable

if TYPE_CHECKING:
    from pubtrack.cli.containment import Containment
    from pubtrack.config import Config
    from pubtrack.model.work import Work
    from pubtrack.people.groups import Group
    from pubtrack.people.owner import Owner
    from pubtrack.store.library import Library
    from pubtrack.store.store import Store

BROKEN = frozenset({"syn-entry", "syn-braces", "syn-stray"})
"""The codes of findings that stand for an entry that cannot be read as it was meant."""

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass
class Project:
    """One run's view of the store, read when it is first asked for."""

    config_file: str | None
    bib: str | None
    owner_name: str | None
    also: tuple[str, ...]
    quiet: bool
    allow_outside: bool = False
    _said: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    @cached_property
    def config(self) -> Config:
        from pubtrack import config
        from pubtrack.model.errors import PubtrackError

        if self.config_file is not None:
            path: Path | None = Path(self.config_file)
        else:
            path = config.find(Path.cwd())
            if path is not None:
                self._containment(None).check_configured(path)
        if path is None:
            if self.bib is None:
                raise PubtrackError(
                    f"no {config.FILE_NAME} here or in a parent folder; run `pubtrack init --name NAME`, or name the "
                    "bibliography with --bib"
                )
            loaded = config.Config()
        else:
            loaded = config.load(path)
            shown = _relative(path)
            loaded = replace(loaded, file=shown, root=Path(shown).parent)
        if self.owner_name is not None or self.also:
            name = self.owner_name if self.owner_name is not None else loaded.owner.name
            # A replaced owner keeps nothing of the configured one: an iD would contradict the name.
            owner = config.OwnerConfig(name=name, also=self.also)
            if self.owner_name is None:
                owner = replace(loaded.owner, also=(*loaded.owner.also, *self.also))
            loaded = replace(loaded, owner=owner)
        return loaded

    @cached_property
    def owner(self) -> Owner | None:
        """The configured owner, or None, said once on stderr."""
        from pubtrack.model.errors import PubtrackError
        from pubtrack.people.owner import Owner

        given = self.config.owner
        if not given.name:
            self.say("no owner is named, so nobody is highlighted; set [owner] name in pubtrack.toml or use --owner")
            return None
        try:
            return Owner.parse(given.name, given.also, given.orcid, given.print_as)
        except PubtrackError as error:
            configured = self.owner_name is None and not self.also
            raise PubtrackError(error.message, file=self.config.file if configured else "") from error

    def _containment(self, root: Path | None) -> Containment:
        from pubtrack.cli.containment import Containment

        return Containment(root, self.allow_outside)

    @cached_property
    def containment(self) -> Containment:
        """What this run may follow out of the project folder."""
        return self._containment(self.config.root if self.config.file else None)

    @cached_property
    def bib_path(self) -> str:
        """The store's path. Raises PubtrackError where the folder, not the user, leads it out of the project."""
        if self.bib == "-":
            return "-"
        if self.bib is not None:
            path = Path(self.bib)
        else:
            path = self.config.root / self.config.store.path
            self.containment.check_configured(path)
        self.containment.check_store(path)
        return self.bib or str(path)

    @cached_property
    def edited_path(self) -> str:
        """`bib_path` of a store that can be edited, and that no link takes out of the project."""

        path = self.bib_path
        if path == "-" or path.lower().endswith(".json"):
            refuse("only a .bib file or a folder of them can be edited; name one with --bib")
        self.containment.check_written(Path(path))
        return path

    @cached_property
    def library(self) -> Library:
        from pubtrack.store.library import Library

        if self.bib_path == "-":
            return Library.parse(sys.stdin.buffer.read(), file="<stdin>")
        library = self._loaded(self.bib_path)
        if library.store is not None and library.store.interrupted:
            self.say_interrupted(library.store)
        return library

    def say_interrupted(self, store: Store) -> None:
        """Say once that an interrupted save waits to be finished."""
        for folder in store.interrupted:
            self.say(f"{folder}: an interrupted save was found here; pubtrack recover finishes it")

    def other_library(self, path: str) -> Library:
        """Another library that the user names; no link in its folder may lead out of that."""
        self.containment.check_store(Path(path))
        return self._loaded(path)

    @staticmethod
    def _loaded(path: str) -> Library:
        """The library at `path`. Raises PubtrackError for a file of another kind, naming what reads it."""
        from pubtrack.model.errors import PubtrackError
        from pubtrack.store.library import Library

        try:
            library = Library.load(path)
        except PubtrackError as error:
            if hint := _other_kind(path):
                raise PubtrackError(hint, file=path) from error
            raise
        if not library.entries and not library.items and (hint := _other_kind(path)):
            raise PubtrackError(hint, file=path)
        return library

    def chosen(self, keys: Sequence[str]) -> tuple[Work, ...]:
        """The works of these keys, or all. Raises PubtrackError for an unknown key, also for a file named as one."""
        from pubtrack.cli.wrong_file import looks_like_file
        from pubtrack.model.errors import PubtrackError

        try:
            return self.library.chosen(keys)
        except PubtrackError:
            for key in keys:
                if key not in self.library and looks_like_file(key):
                    raise PubtrackError(f'there is no entry "{key}"; --bib {key} reads a file') from None
            raise

    @property
    def arguments(self) -> list[str]:
        """The options that lead to this project, for another process."""
        given = {"--config": self.config_file, "--bib": self.bib, "--owner": self.owner_name}
        words = [word for name, value in given.items() if value is not None for word in (name, value)]
        words += [word for name in self.also for word in ("--also", name)]
        words += ["--allow-outside"] if self.allow_outside else []
        return [*words, "--quiet"] if self.quiet else words

    def say(self, message: str) -> None:
        """One remark on stderr, once, unless --quiet."""
        if not self.quiet and message not in self._said:
            self._said.add(message)
            click.echo(printable(f"pubtrack: {message}"), err=True)

    @cached_property
    def works(self) -> list[Work]:
        """The library's works with the owner and the people of [highlight] recognised."""
        return self.recognised(self.library.works)

    def recognised(self, works: Sequence[Work]) -> list[Work]:
        """`works` with their roles given to the owner and the people of [highlight]."""
        from pubtrack.people.groups import recognise

        found = recognise(works, self.owner, self._groups)
        if self.owner is not None:
            self._say_ambiguous(found, self.owner)
        return found

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        from pubtrack.model.errors import PubtrackError
        from pubtrack.people.groups import parse_groups

        try:
            return parse_groups(self.config.highlight)
        except PubtrackError as error:
            raise PubtrackError(error.message, file=self.config.file) from error

    def _say_ambiguous(self, works: list[Work], owner: Owner) -> None:
        """Names the entries in which the owner may be one of several, so that nobody is highlighted by guess."""
        from pubtrack.model.name import ME
        from pubtrack.people.owner import identify

        doubtful = [
            work.id
            for work in works
            if work.author
            and not any(ME in name.roles for name in work.author)
            and (match := identify(work.author, owner, others="author" in work.others)).status == "ambiguous"
            and match.written_as
        ]
        if doubtful:
            shown = ", ".join(doubtful[:3]) + (f" and {len(doubtful) - 3} more" if len(doubtful) > 3 else "")
            self.say(f"the owner is ambiguous in {shown} and not highlighted there; `pubtrack who KEY` explains")

    @cached_property
    def own_fields(self) -> Collection[str]:
        """The fields of the library's entries that only the user gives a meaning to."""
        from pubtrack.lists.filters import LazyFields

        return LazyFields(lambda: self.library.works)

    @cached_property
    def published(self) -> Mapping[str, str]:
        """The key of each preprint of the library to that of its published version there."""
        from pubtrack.matching import published_versions

        return published_versions(self.library.works)

    def report_problems(self) -> bool:
        """Prints the store's errors on stderr; whether an entry is broken, so that something could not be read."""
        problems = [finding for finding in self.library.problems if finding.severity == "error"]
        for finding in problems:
            click.echo(printable(str(finding)), err=True)
        return bool(self.left_out) or any(finding.code in BROKEN for finding in problems)

    def leave_out(self, key: str) -> None:
        """Names on stderr, once, an entry that cannot be printed."""
        if key not in self.left_out:
            self.left_out.add(key)
            store = self.library.store
            file, block = store.by_key[key] if store is not None and key in store.by_key else (None, None)
            place = f"{file.name}:{block.line}:{block.column}: " if file is not None and block is not None else ""
            click.echo(printable(f"{place}error [{key}] this entry cannot be printed and is left out"), err=True)

    def check_output(self, path: Path) -> None:
        """Raises PubtrackError if an output to `path` would leave the project folder by a link, or harm the store."""
        self.containment.check_output(path)
        self.refuse_store(path)

    def refuse_store(self, path: Path) -> None:
        """Raises PubtrackError if an output to `path` would replace a file of the store, or become one."""
        from pubtrack.model.errors import PubtrackError
        from pubtrack.store.boundary import is_same_file

        store = self.library.store
        if store is None or store.path is None:
            return
        real = path.resolve()
        if any(real == file.path.resolve() or is_same_file(real, file.path) for file in store.files):
            raise PubtrackError("this file is the store itself; write to another one", file=str(path))
        if real.suffix.lower() == ".bib" and store.path.is_dir() and is_same_file(real.parent, store.path):
            message = (
                "every .bib file in this folder is the store, so its works would be there twice; write it elsewhere"
            )
            raise PubtrackError(message, file=str(path))


def _relative(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)


def _other_kind(path: str) -> str:
    """The hint on a file that is no bibliography, "" where there is none or it is no file."""
    from pubtrack.cli.wrong_file import other_kind

    if not Path(path).is_file():
        return ""
    with Path(path).open("rb") as file:
        return other_kind(path, file.read(64))


def shared_options(command: Function) -> Function:
    """--config, --quiet, --debug, --allow-outside for every command, as a `Project` in the first argument."""
    return _with_project(command, [])


def store_options(command: Function) -> Function:
    """`shared_options` and those of the commands that read the store: --bib, --owner, --also."""
    return _with_project(
        command,
        [
            click.option("--also", multiple=True, metavar="NAME", help="Another name of the owner (repeatable)."),
            click.option("--owner", "owner_name", metavar="NAME", help="The owner, in place of the configured one."),
            click.option("--bib", metavar="PATH", help="Read this .bib file, folder or CSL-JSON file; - is stdin."),
        ],
    )


def _with_project(command: Function, extra: list[Callable[[Any], Any]]) -> Function:
    import functools

    @functools.wraps(command)
    def run(
        *args: Any,
        config_file: str | None,
        quiet: bool,
        debug: bool,
        allow_outside: bool,
        bib: str | None = None,
        owner_name: str | None = None,
        also: tuple[str, ...] = (),
        **rest: Any,
    ) -> Any:
        del debug  # main() looks for it in the arguments, so that it holds for errors of the options too
        return command(Project(config_file, bib, owner_name, also, quiet, allow_outside), *args, **rest)

    decorated: Any = run
    options = [
        click.option("--allow-outside", is_flag=True, help="Follow paths that lead out of the project folder."),
        click.option("--debug", is_flag=True, help="Show a traceback on failure."),
        click.option("--quiet", "-q", is_flag=True, help="Print only results and errors."),
        click.option("--config", "config_file", metavar="FILE", envvar="PUBTRACK_CONFIG", help="The pubtrack.toml."),
        *extra,
    ]
    for option in options:
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]
