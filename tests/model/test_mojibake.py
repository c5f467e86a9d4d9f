"""Text that was decoded wrongly, once or twice, is put right wherever it comes from; good text stays."""

from __future__ import annotations

import pytest

from pubtrack.checks import Context, check
from pubtrack.model.mojibake import is_garbled, repair_mojibake
from pubtrack.sources import _sanitize
from pubtrack.store.library import Library

MEANT = (
    "Müller", "Ángel", "isn’t", "20 °C", "Łódź", "państwo", "Erdős", "Dvořák", "Şahin", "Čapek", "ﬁeld",
    "Ελλάδα", "Москва",  "سلام", "東京大学", "한국어", "“quoted” – and more…",
)  # fmt: skip


def garbled(text: str, times: int) -> str:
    """`text` as UTF-8 that was read as Windows-1252, or as Latin-1 where that has no character."""
    for _ in range(times):
        text = "".join(
            bytes([byte]).decode("cp1252" if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "latin-1")
            for byte in text.encode()
        )
    return text


@pytest.mark.parametrize("meant", MEANT)
def test_what_was_garbled_comes_back(meant: str) -> None:
    assert repair_mojibake(garbled(meant, 1)) == meant
    assert not is_garbled(meant)


@pytest.mark.parametrize("meant", ["Müller", "isn’t", "20 °C", "państwo", "Erdős", "Dvořák"])
def test_what_was_garbled_twice_comes_back(meant: str) -> None:
    assert repair_mojibake(garbled(meant, 2)) == meant


@pytest.mark.parametrize("times", [1, 2])
def test_a_check_and_a_record_have_the_same_repair(times: int) -> None:
    name = garbled("Müller", times)
    (found,) = check(
        Library.parse(f"@misc{{a, note = {{{name} and tea}}}}".encode()), Context(), select=["txt-mojibake"]
    )
    assert found.message == f'"{name[1:-4]}" was "ü" before it was read in the wrong encoding'
    assert found.fix is not None
    assert found.fix.value == "{Müller and tea}"
    assert _sanitize.words(name) == "Müller"


GOOD = (
    "voilà\u00a0»",
    "café\u00a0» et thé\u00a0«",
    "«IRMÃ»",
    "»Ü«",
    "Â propos",
    "Ångström–Öresund",
    "È…",
    "À «",
    "SÃO",
)


@pytest.mark.parametrize("good", GOOD)
def test_good_text_stays_even_beside_garbled(good: str) -> None:
    assert repair_mojibake(good) == good
    assert repair_mojibake(f"{good} Ã¼ber") == f"{good} über"
