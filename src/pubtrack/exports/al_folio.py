"""al-folio and jekyll-scholar: a `Selection` to the .bib that those sites show, with the fields of theirs."""

from __future__ import annotations

from pubtrack.exports import _checksum_header, _entries
from pubtrack.exports._selection import Selection

FIELDS = frozenset(
    "abbr abstract additional_info altmetric annotation arxiv award award_name bibtex_show blog code dimensions eprint "
    "google_scholar_id hal html inspirehep_id isbn pdf pmid poster preview selected slides supp video website".split()
)
"""The fields that al-folio's bibliography template reads beside BibTeX's own."""

_HEAD = "---\n---\n\n"


def export(selection: Selection) -> str:
    """The entries in the list's order behind the empty front matter that Jekyll wants.

    al-folio finds its owner by `scholar.first_name` and `last_name` of its configuration, so no name is marked. Fields
    that neither BibTeX nor al-folio knows, and those that are private, stay out.
    """
    arxiv = {
        work.id: {"arxiv": work.custom["eprint"]}
        for work in selection.works
        if work.custom.get("eprinttype", "").lower() == "arxiv" and work.custom.get("eprint")
    }
    entries = _entries.write(selection.works, _entries.STANDARD | FIELDS, more=arxiv)
    return _checksum_header.add_checksum(_HEAD + entries, "%", behind=_HEAD)


is_former = _checksum_header.is_sealed
