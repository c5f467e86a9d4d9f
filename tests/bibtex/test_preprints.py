"""Where preprints are recognised."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.preprints import Eprint, eprint, preprint_of_text, preprint_of_url

ARXIV = Eprint("arXiv", "1706.03762")

TEXTS: dict[str, Eprint | None] = {
    "arXiv preprint arXiv:1706.03762": ARXIV,
    "arXiv:1706.03762": ARXIV,
    "arXiv:1706.03762 [cs.CL]": ARXIV,
    "arXiv e-prints, arXiv:1706.03762": ARXIV,
    "arXiv preprint arXiv:hep-th/9901001": Eprint("arXiv", "hep-th/9901001"),
    "arXiv": Eprint("arXiv"),
    "ArXiv": Eprint("arXiv"),
    "CoRR": Eprint("arXiv"),
    "arXiv.org": Eprint("arXiv"),
    "arXiv (Cornell University)": Eprint("arXiv"),
    "arXiv: Learning": Eprint("arXiv"),
    "bioRxiv": Eprint("bioRxiv"),
    "bioRxiv 2020.01.01.123456": Eprint("bioRxiv", "2020.01.01.123456"),
    "medRxiv preprint": Eprint("medRxiv"),
    "Cryptology ePrint Archive": Eprint("IACR Cryptology ePrint Archive"),
    "SSRN Electronic Journal": Eprint("SSRN"),
    "Nature": None,
    "Halting Problems": None,
    "arXiv and its readers": None,
    "": None,
}


@pytest.mark.parametrize("source", TEXTS)
def test_a_journals_name_may_be_an_archives(source: str) -> None:
    assert preprint_of_text(source) == TEXTS[source]


EPRINTS = [
    (("1706.03762", "arXiv"), ARXIV),
    (("1706.03762", ""), ARXIV),
    (("arXiv:1706.03762", ""), ARXIV),
    (("arXiv:1706.03762", "arXiv"), ARXIV),
    (("https://arxiv.org/abs/1706.03762", ""), ARXIV),
    (("http://arxiv.org/pdf/1706.03762v2.pdf", ""), Eprint("arXiv", "1706.03762v2")),
    (("1706.03762 [cs.CL]", "arXiv"), ARXIV),
    (("arXiv:1706.03762[cs.CL]", ""), ARXIV),
    (("arXiv:hep-th/9901001v1[hep-th]", ""), Eprint("arXiv", "hep-th/9901001v1")),
    (("math.GT/0309136", ""), Eprint("arXiv", "math.GT/0309136")),
    (("2020.01.01.123456", "bioRxiv"), Eprint("bioRxiv", "2020.01.01.123456")),
    (("12345678", "pubmed"), Eprint("pubmed", "12345678")),
    (("xyz", ""), Eprint("", "xyz")),
]


@pytest.mark.parametrize(("source", "expected"), EPRINTS)
def test_eprint_and_its_type(source: tuple[str, str], expected: Eprint) -> None:
    assert eprint(*source) == expected


def test_only_archives_of_preprints_make_a_preprint() -> None:
    kinds = {
        kind: Eprint(kind, "1").is_preprint for kind in ("arXiv", "HAL", "bioRxiv", "Pubmed", "jstor", "zenodo", "")
    }
    assert kinds == {
        "arXiv": True, "HAL": True, "bioRxiv": True, "Pubmed": False, "jstor": False, "zenodo": False, "": False
    }  # fmt: skip


def test_what_an_eprint_prints() -> None:
    assert (ARXIV.name, ARXIV.number, ARXIV.url) == ("arXiv", "arXiv:1706.03762", "https://arxiv.org/abs/1706.03762")
    hal = Eprint("hal", "hal-01")
    assert (hal.name, hal.number, hal.url) == ("HAL", "hal-01", "")


def test_addresses_of_arxiv_are_known() -> None:
    assert preprint_of_url("https://arxiv.org/abs/1706.03762") == ARXIV
    assert preprint_of_url("10.48550/arXiv.1706.03762") == ARXIV
    assert preprint_of_url("https://doi.org/10.48550/arXiv.1706.03762") == ARXIV
    assert preprint_of_url("10.1038/nature") is None
