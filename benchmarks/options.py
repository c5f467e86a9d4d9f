"""What the user of `python -m benchmarks` may choose; handed to every benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """`peers` is the folder in which `npm install citeproc` was run; `full` runs what takes minutes, too."""

    peers: Path | None = None
    full: bool = False
    repeats: int = 10
