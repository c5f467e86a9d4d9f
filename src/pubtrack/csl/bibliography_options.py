"""What a style's `<bibliography>` asks of the page: hanging indent, spacing, alignment of the second field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BibliographyOptions:
    """What a style's `<bibliography>` asks of the page (CSL 1.0.2, section "Bibliography-specific Options")."""

    hanging_indent: bool = False
    line_spacing: int = 1
    entry_spacing: int = 1
    second_field_align: str = ""
