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
    from pubtrack.model.errors import PubtrackWarning as PubtrackWarning
    from pubtrack.model.version import __version__ as __version__
    from pubtrack.model.work import Work as Work
    from pubtrack.people.owner import Owner as Owner
    from pubtrack.refresh.run import apply_proposals as apply_proposals
    from pubtrack.refresh.run import decline_proposals as decline_proposals
    from pubtrack.refresh.run import refresh_library as refresh_library
    from pubtrack.refresh.run import undo_refresh as undo_refresh
    from pubtrack.sources.author_search import find_missing_works as find_missing_works
    from pubtrack.sources.best_record import find_record as find_record
    from pubtrack.sources.best_record import find_records as find_records
    from pubtrack.sources.http import default_client as default_client
    from pubtrack.sources.search import search_records as search_records
    from pubtrack.store.library import Library as Library

_OFFERED = {
    "Library": "pubtrack.store.library",
    "Owner": "pubtrack.people.owner",
    "PubtrackError": "pubtrack.model.errors",
    "PubtrackWarning": "pubtrack.model.errors",
    "Style": "pubtrack.csl",
    "Work": "pubtrack.model.work",
    "__version__": "pubtrack.model.version",
    "apply_proposals": "pubtrack.refresh.run",
    "check": "pubtrack.checks",
    "decline_proposals": "pubtrack.refresh.run",
    "default_client": "pubtrack.sources.http",
    "export": "pubtrack.api",
    "find_missing_works": "pubtrack.sources.author_search",
    "find_record": "pubtrack.sources.best_record",
    "find_records": "pubtrack.sources.best_record",
    "refresh_library": "pubtrack.refresh.run",
    "render": "pubtrack.api",
    "search_records": "pubtrack.sources.search",
    "undo_refresh": "pubtrack.refresh.run",
}
__all__ = [
    "Library",
    "Owner",
    "PubtrackError",
    "PubtrackWarning",
    "Style",
    "Work",
    "__version__",
    "apply_proposals",
    "check",
    "decline_proposals",
    "default_client",
    "export",
    "find_missing_works",
    "find_record",
    "find_records",
    "refresh_library",
    "render",
    "search_records",
    "undo_refresh",
]


def __getattr__(name: str) -> object:
    if name not in _OFFERED:
        raise AttributeError(f"module 'pubtrack' has no attribute {name!r}")
    return getattr(import_module(_OFFERED[name]), name)
