"""The PDF is that of the Typst document."""

from __future__ import annotations

from pubtrack.model.richtext import text
from pubtrack.writers import write
from tests.writers.samples import HOSTILE, listing


def test_a_hostile_list_becomes_a_pdf_and_the_same_one_again() -> None:
    made = write(listing(*(text(line) for line in HOSTILE.values()), title="A"), "pdf")
    assert isinstance(made, bytes) and made.startswith(b"%PDF-")
    assert made == write(listing(*(text(line) for line in HOSTILE.values()), title="A"), "pdf")
