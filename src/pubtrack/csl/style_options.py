"""What the attributes of a style, its `<citation>` and its `<bibliography>` ask for beside the entries themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BibliographyOptions:
    """What a style's `<bibliography>` asks of the page (CSL 1.0.2, section "Bibliography-specific Options")."""

    hanging_indent: bool = False
    line_spacing: int = 1
    entry_spacing: int = 1
    second_field_align: str = ""


@dataclass(frozen=True, slots=True)
class CitationOptions:
    """What a style asks of citations: the attributes of its `<citation>`, and what follows from the whole style.

    `changes_later`: a cite may print otherwise where its work was cited before. `implicit_suffix`: the year-suffix
    follows the first year, because the style prints it nowhere itself.
    """

    attributes: Mapping[str, str]
    is_note: bool
    near_note_distance: int
    changes_later: bool
    implicit_suffix: bool
