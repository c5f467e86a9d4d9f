"""The options of the commands that use the network, and what they lead to: the door, progress on a terminal."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pubtrack.cli.project import Project
    from pubtrack.sources.http import Client, Settings

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Network:
    """What the user said about the network."""

    offline: bool = False
    fresh: bool = False
    seconds: float | None = None


def network_options(command: Function) -> Function:
    """--offline, --no-cache and --max-time, as a `Network` in the argument `network`."""

    @functools.wraps(command)
    def run(*arguments: Any, offline: bool, no_cache: bool, max_time: float | None, **rest: Any) -> Any:
        if offline and no_cache:
            raise click.UsageError("--offline uses the cache alone, so --no-cache leaves nothing")
        return command(*arguments, network=Network(offline, no_cache, max_time), **rest)

    decorated: Any = run
    for option in (
        click.option(
            "--max-time", type=click.FloatRange(min=1), metavar="SECONDS", help="Stop asking after this time."
        ),
        click.option("--no-cache", is_flag=True, help="Ignore cached replies."),
        click.option("--offline", is_flag=True, help="Make no request; use cached replies."),
    ):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def open_client(project: Project, network: Network | None = None) -> Client:
    """The door to the services as `[network]`, the environment and the options say; close it, or use `with`.

    Raises PubtrackError for a placeholder address or a base URL that is not loopback.
    """
    from pubtrack.sources.http import Client

    return Client(settings_of(project, network or Network()), remark=project.say)


def settings_of(project: Project, network: Network) -> Settings:
    """How a run uses the network, as `[network]`, the environment and the options say; raises as `open_client` does."""
    from pubtrack.model.errors import PubtrackError
    from pubtrack.platform_folders import cache_folder
    from pubtrack.sources.http import RUN_SECONDS, Settings

    try:
        return Settings.of(
            project.config.network,
            os.environ,
            cache=cache_folder(),
            offline=network.offline,
            fresh=network.fresh,
            seconds=RUN_SECONDS if network.seconds is None else network.seconds,
        )
    except PubtrackError as error:
        raise PubtrackError(error.message, file=project.config.file) from error


@contextmanager
def progress_bar(project: Project, what: str) -> Iterator[Callable[[int, int], None]]:
    """A callback for one job, with how many are done and how many there are; see `progress_bars`."""
    with progress_bars(project) as show:
        yield functools.partial(show, what)


@contextmanager
def progress_bars(project: Project) -> Iterator[Callable[[str, int, int], None]]:
    """A callback for jobs by name, which draws a bar on stderr where that is a terminal, else nothing."""
    if project.quiet or not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda what, done, total: shown.update(task, description=what, completed=done, total=total)
