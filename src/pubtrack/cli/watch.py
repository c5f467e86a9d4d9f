"""Run a command again whenever a file that it reads changes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pubtrack.cli.project import Project

_POLL = 0.3


def watch(project: Project, documents: Sequence[str], arguments: Sequence[str]) -> None:
    """Runs `pubtrack ARGUMENTS` now and after each change of the store, configuration, styles or documents.

    Each run is a process of its own, so that nothing of an older state is left. Ends with Ctrl-C.
    """
    project.say("watching; Ctrl-C ends it")
    try:
        while True:
            seen = _stamps(project, documents)  # before the run: what changes meanwhile must not be missed
            subprocess.run([sys.executable, "-m", "pubtrack", *arguments], check=False)  # noqa: S603 - our own command
            while _stamps(project, documents) == seen:
                time.sleep(_POLL)
    except KeyboardInterrupt:
        return


def _stamps(project: Project, documents: Sequence[str]) -> dict[Path, tuple[int, int]]:
    """The time and size of every file that a run reads; what is not there is left out."""
    config = project.config
    bib = Path(project.bib_path)
    names = {name for one in config.lists.values() for name in (one.style, *(s.style or "" for s in one.sections))}
    styles = (config.root / name for name in sorted(names))
    paths = [*map(Path, documents), bib, *bib.glob("*.bib"), *(path for path in styles if path.suffix == ".csl")]
    if config.file:
        paths.append(Path(config.file))
    stamps: dict[Path, tuple[int, int]] = {}
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        stamps[path] = status.st_mtime_ns, status.st_size
    return stamps
