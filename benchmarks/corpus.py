"""Made-up publications for measurements, the same at every run: a count in, CSL-JSON items or BibTeX out."""

from __future__ import annotations

import random
from typing import Any

_SURNAMES = (
    "Adler Baker Chen Dvořák Eriksen Fischer García Haddad Ivanova Jansen Kowalski Lefèvre Moretti Nakamura "
    "Okafor Petrov Quinn Rossi Schäfer Tanaka Urbina Vogel Weiß Xiong Yamada Zhang O’Neill Lindqvist Novák Öztürk"
).split()
_GIVEN = (
    "Anna Boris Chloé Daniel Elena Felix Grace Hiroshi Ingrid Jean-Luc Katharina Liam Mei-Ling Nikolai Olga "
    "Pablo Qing Rosa Sven Tomás Uma Viktor Wen Xiao-Ming Yusuf Zoë"
).split()
_WORDS = (
    "adaptive analysis asymptotic bayesian causal convex deep distributed dynamic efficient estimation evidence "
    "fast field flows generic graphs inference kernels latent learning limits local matching measures methods "
    "models networks noise nonlinear optimal patterns planning robust sampling scalable search sparse spectral "
    "stochastic structure systems theory transport variational vision"
).split()
_VENUES = (
    "Journal of Applied Imagination",
    "Annals of Careful Measurement",
    "Transactions on Patient Computing",
    "Proceedings of the Conference on Useful Machines",
    "International Review of Small Results",
)
_TYPES = ("article-journal",) * 5 + ("paper-conference",) * 3 + ("book", "chapter", "thesis", "report")
_BIBTEX = {
    "article-journal": ("article", "journaltitle"),
    "paper-conference": ("inproceedings", "booktitle"),
    "chapter": ("incollection", "booktitle"),
    "book": ("book", ""),
    "thesis": ("phdthesis", ""),
    "report": ("techreport", ""),
}


def items(count: int) -> list[dict[str, Any]]:
    """`count` CSL-JSON items, all different, two thirds of them articles and conference papers."""
    rng = random.Random(20_240_401)
    return [_item(rng, number) for number in range(count)]


def _people(rng: random.Random, most: int) -> list[dict[str, str]]:
    names = rng.sample(_SURNAMES, rng.randint(1, most))
    return [{"family": family, "given": f"{rng.choice(_GIVEN)} {rng.choice('ABCDEFGHJKLM')}."} for family in names]


def _item(rng: random.Random, number: int) -> dict[str, Any]:
    kind = rng.choice(_TYPES)
    first = rng.randint(1, 900)
    item: dict[str, Any] = {
        "id": f"work{number}",
        "type": kind,
        "author": _people(rng, 7),
        "title": f"{' '.join(rng.sample(_WORDS, rng.randint(4, 10)))}: part {number}".capitalize(),
        "issued": {"date-parts": [[rng.randint(1980, 2024), rng.randint(1, 12)]]},
        "DOI": f"10.5555/imagined.{number}",
    }
    if kind in ("article-journal", "paper-conference", "chapter"):
        item |= {"container-title": rng.choice(_VENUES), "page": f"{first}-{first + rng.randint(1, 30)}"}
    if kind == "article-journal":
        item |= {"volume": str(rng.randint(1, 60)), "issue": str(rng.randint(1, 12))}
    if kind == "chapter":
        item["editor"] = _people(rng, 3)
    if kind in ("book", "chapter", "report", "thesis"):
        item |= {"publisher": f"{rng.choice(_SURNAMES)} Press", "publisher-place": "Lisbon"}
    return item


def bibtex(count: int) -> str:
    """The same publications as a .bib file."""
    return "\n".join(map(_entry, items(count)))


def _entry(item: dict[str, Any]) -> str:
    kind, venue = _BIBTEX[item["type"]]
    fields = {
        "author": " and ".join(f"{name['family']}, {name['given']}" for name in item["author"]),
        "title": item["title"],
        "date": "-".join(f"{part:02d}" for part in item["issued"]["date-parts"][0]),
        venue: item.get("container-title", ""),
        "editor": " and ".join(f"{name['family']}, {name['given']}" for name in item.get("editor", ())),
        "volume": item.get("volume", ""),
        "number": item.get("issue", ""),
        "pages": item.get("page", "").replace("-", "--"),
        {"thesis": "school", "report": "institution"}.get(item["type"], "publisher"): item.get("publisher", ""),
        "doi": item["DOI"],
    }
    lines = "".join(f"  {name:<12} = {{{value}}},\n" for name, value in fields.items() if name and value)
    return f"@{kind}{{{item['id']},\n{lines}}}\n"
