"""Hugo Blox (Academic, Wowchemy): a `Selection` to a folder with `KEY/index.md` and `KEY/cite.bib` for each work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from pubtrack.exports import _checksum_header, _entries, _shared_fields, _yaml
from pubtrack.exports._plain_markdown import markdown
from pubtrack.exports._selection import Selection
from pubtrack.model.name import ME, Name
from pubtrack.model.work import Work

LINKS: Mapping[str, str] = {
    "url_pdf": "pdf", "url_code": "code", "url_dataset": "data", "url_poster": "poster", "url_project": "website",
    "url_slides": "slides", "url_video": "video",
}  # fmt: skip
"""Hugo Blox's front matter for links, each with the field it comes from."""
MORE_LINKS: Mapping[str, str] = {"arxiv": "arXiv", "html": "HTML", "blog": "Blog", "supp": "Supplement"}
"""Links that go to its list `links`, each with the name it has there."""

_LENGTH = 100
_NO_NAME = re.compile(r"[^A-Za-z0-9_-]+")
_WINDOWS = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.I)


def export(selection: Selection) -> Mapping[str, str]:
    """The files, for the folder `content/publication` (or `publications`) of a site.

    The owner is written as `selection.me`, the name of the folder that describes the site's author; other people by
    name. Folder names hold ASCII letters, digits, "-" and "_" alone, and differ in any case.
    """
    works = _once(selection.works)
    files: dict[str, str] = {}
    for work, folder in zip(works, folder_names([work.id for work in works]), strict=True):
        front = _checksum_header.add_checksum(_yaml.dump(_front_matter(work, selection.me)), "#")
        files[f"{folder}/index.md"] = f"---\n{front}---\n"
        files[f"{folder}/cite.bib"] = _checksum_header.add_checksum(_entries.write([work], _entries.STANDARD), "%")
    return files


def is_former(text: str) -> bool:
    """An index.md or a cite.bib as written, without a word below the front matter."""
    if text.startswith("---\n"):
        return text.endswith("\n---\n") and _checksum_header.is_sealed(text[4:-4])
    return _checksum_header.is_sealed(text)


def folder_names(keys: Iterable[str]) -> list[str]:
    """A safe name for each key: itself where it is one; where two would be the same, both with a sum of the key."""
    keys = list(keys)
    stems = [_NO_NAME.sub("-", key).strip("-")[:_LENGTH] or "work" for key in keys]
    count = Counter(stem.lower() for stem in stems)
    return [
        f"{stem}-{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        if count[stem.lower()] > 1 or _WINDOWS.fullmatch(stem)
        else stem
        for key, stem in zip(keys, stems, strict=True)
    ]


def _once(works: Iterable[Work]) -> list[Work]:
    """Each key's first work: a list may show a work in one section only, but a store may have a key twice."""
    first: dict[str, Work] = {}
    for work in works:
        first.setdefault(work.id, work)
    return list(first.values())


def _front_matter(work: Work, me: str) -> dict[str, Any]:
    named, others = _shared_fields.people(work)
    when = _shared_fields.iso_date(work.issued)
    matter: dict[str, Any] = {
        "title": _markdown(_shared_fields.words(work.title) or _shared_fields.word(work.id)),
        "authors": [_person(name, me) for name in named] + ["et al."] * others,
        "date": when and when + "-01-01"[len(when) - 4 :],
        "publication_types": [work.type],
        "publication": _publication(work),
        "publication_short": _markdown(
            _shared_fields.words(work.values.get("container_title_short", ()))
            or _shared_fields.word(work.custom.get("abbr", ""))
        ),
        "abstract": _markdown(_shared_fields.words(work.values.get("abstract", ()))),
        "doi": _shared_fields.word(work.doi),
        "featured": _shared_fields.is_selected(work),
        "tags": [_markdown(keyword) for keyword in _shared_fields.keywords(work)],
    }
    matter |= {name: _shared_fields.link(work, field) for name, field in LINKS.items()}
    matter["links"] = _links(work)
    return {name: value for name, value in matter.items() if value}


def _markdown(value: str) -> str:
    return markdown(value, gfm=True)


def _person(name: Name, me: str) -> str:
    return me if me and ME in name.roles else _markdown(_shared_fields.word(str(name)))


def _publication(work: Work) -> str:
    venue, numbers = _markdown(_shared_fields.venue(work)), _markdown(_shared_fields.numbers(work))
    return ", ".join(part for part in (venue and f"*{venue}*", numbers) if part)


def _links(work: Work) -> list[dict[str, str]]:
    """The links without a field of their own; the URL among them, unless it leads where the DOI leads."""
    found = [{"name": shown, "url": _shared_fields.link(work, field)} for field, shown in MORE_LINKS.items()]
    url = _shared_fields.link(work, "url")
    if url not in (_shared_fields.link(work, "doi"), _shared_fields.link(work, "arxiv")):
        found.append({"name": "URL", "url": url})
    return [link for link in found if link["url"]]
