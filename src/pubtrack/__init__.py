"""An academic publication and BibTeX manager: one store, any citation style, the author's own name in bold.

    from pubtrack import Library, render

    library = Library.load("bib")
    print(render(library.works, style="apa", owner="Carberry, Josiah S."))

What is offered here is loaded when it is first asked for, so that the command line starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pubtrack.api import export as export
    from pubtrack.api import render as render
    from pubtrack.checks import check as check
    from pubtrack.csl import Style as Style
    from pubtrack.model.errors import PubtrackError as PubtrackError
    from pubtrack.model.work import Work as Work
    from pubtrack.people.owner import Owner as Owner
    from pubtrack.store.library import Library as Library

__version__ = "0.1.0"

_OFFERED = {
    "Library": "pubtrack.store.library",
    "Owner": "pubtrack.people.owner",
    "PubtrackError": "pubtrack.model.errors",
    "Style": "pubtrack.csl",
    "Work": "pubtrack.model.work",
    "check": "pubtrack.checks",
    "export": "pubtrack.api",
    "render": "pubtrack.api",
}
__all__ = ["Library", "Owner", "PubtrackError", "Style", "Work", "__version__", "check", "export", "render"]


def __getattr__(name: str) -> object:
    if name not in _OFFERED:
        raise AttributeError(f"module 'pubtrack' has no attribute {name!r}")
    return getattr(import_module(_OFFERED[name]), name)
