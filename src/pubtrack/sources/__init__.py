"""Identifiers and queries in; registries' `Record`s out. One file a service; http.py does every GET."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import cast

from pubtrack.sources._hosts import HOSTS
from pubtrack.sources._service import ReplyError, Service

__all__ = ["SOURCES", "ReplyError", "Service", "service", "titles"]

SOURCES: Mapping[str, str] = {
    name: f"pubtrack.sources.{name}"
    for name in ("crossref", "doi", "datacite", "arxiv", "openalex", "orcid", "semanticscholar", "dblp", "pubmed")
}
"""Each service's name and its module, which is loaded when it is asked for."""


def service(name: str) -> Service:
    """The module of a service of `SOURCES`."""
    return cast("Service", import_module(SOURCES[name]))


def titles(names: Iterable[str]) -> str:
    """The services as people call them: `Crossref, OpenAlex and ORCID`."""
    *most, last = [HOSTS[name].title if name in HOSTS else name for name in dict.fromkeys(names)] or [""]
    return f"{', '.join(most)} and {last}" if most else last
