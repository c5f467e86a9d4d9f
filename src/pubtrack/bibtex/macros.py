r"""`@string` macros of a whole store, and values in BibTeX's syntax to the LaTeX they stand for.

An entry sees the definition that stands last before it, as in BibTeX; one that stands only behind it, or in a later
file, counts too. Names are of any case. The months are defined by every style (btxdoc, 3.1), a few journals by the
standard ones (btxbst, "plain.bst").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pubtrack.bibtex.document import Document, Field, pieces
from pubtrack.model.date_words import MONTH_MACROS, MONTH_NAMES
from pubtrack.model.findings import Finding

CODE = "syn-undef-string"

_MONTHS = dict(zip(MONTH_MACROS[1:], MONTH_NAMES[1:], strict=True))
_PLAIN_BST = {
    "acmcs": "ACM Computing Surveys", "acta": "Acta Informatica", "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development", "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering", "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters", "jacm": "Journal of the ACM",
    "jcss": "Journal of Computer and System Sciences", "scp": "Science of Computer Programming",
    "sicomp": "SIAM Journal on Computing", "tocs": "ACM Transactions on Computer Systems",
    "tods": "ACM Transactions on Database Systems", "tog": "ACM Transactions on Graphics",
    "toms": "ACM Transactions on Mathematical Software", "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems", "tcs": "Theoretical Computer Science",
}  # fmt: skip
STANDARD: Mapping[str, str] = {**_PLAIN_BST, **_MONTHS, "and": " and "}
"""The last is not a style's, but where someone writes `a # and # b`, nothing else is meant."""

JOURNALS: Mapping[str, str] = {
    "aap": "Astronomy and Astrophysics", "aapr": "Astronomy and Astrophysics Reviews",
    "aaps": "Astronomy and Astrophysics Supplement Series", "actaa": "Acta Astronomica", "aj": "Astronomical Journal",
    "ao": "Applied Optics", "apj": "Astrophysical Journal", "apjl": "Astrophysical Journal Letters",
    "apjs": "Astrophysical Journal Supplement Series", "aplett": "Astrophysics Letters",
    "apspr": "Astrophysics and Space Physics Research", "apss": "Astrophysics and Space Science",
    "araa": "Annual Review of Astronomy and Astrophysics", "azh": "Astronomicheskii Zhurnal",
    "baas": "Bulletin of the American Astronomical Society",
    "bac": "Bulletin of the Astronomical Institutes of Czechoslovakia",
    "bain": "Bulletin Astronomical Institute of the Netherlands", "caa": "Chinese Astronomy and Astrophysics",
    "cjaa": "Chinese Journal of Astronomy and Astrophysics", "fcp": "Fundamentals of Cosmic Physics",
    "gca": "Geochimica et Cosmochimica Acta", "grl": "Geophysical Research Letters", "iaucirc": "IAU Circular",
    "icarus": "Icarus", "jcap": "Journal of Cosmology and Astroparticle Physics", "jcp": "Journal of Chemical Physics",
    "jgr": "Journal of Geophysical Research",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer",
    "jrasc": "Journal of the Royal Astronomical Society of Canada",
    "memras": "Memoirs of the Royal Astronomical Society",
    "memsai": "Memorie della Societa Astronomica Italiana",
    "mnras": "Monthly Notices of the Royal Astronomical Society", "na": "New Astronomy", "nar": "New Astronomy Review",
    "nat": "Nature", "nphysa": "Nuclear Physics A", "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific", "physrep": "Physics Reports",
    "physscr": "Physica Scripta", "planss": "Planetary and Space Science", "pra": "Physical Review A",
    "prb": "Physical Review B", "prc": "Physical Review C", "prd": "Physical Review D", "pre": "Physical Review E",
    "prl": "Physical Review Letters", "procspie": "Proceedings of the SPIE",
    "psj": "Planetary Science Journal", "qjras": "Quarterly Journal of the Royal Astronomical Society",
    "rmxaa": "Revista Mexicana de Astronomia y Astrofisica", "rnaas": "Research Notes of the AAS",
    "skytel": "Sky and Telescope", "solphys": "Solar Physics", "sovast": "Soviet Astronomy",
    "ssr": "Space Science Reviews", "zap": "Zeitschrift fuer Astrophysik",
}  # fmt: skip
r"""What AASTeX's journal macros (`\aap`) stand for; ADS exports them, and no `.bib` file defines them."""


class Expanded(NamedTuple):
    """The LaTeX of a value, and the macros in it that nothing defines; those stand in it by their names."""

    latex: str
    undefined: tuple[str, ...] = ()


def expand(value: str, macros: Mapping[str, str]) -> Expanded:
    """The value of a field as the file has it (delimiters, `#`, macros) as LaTeX. `macros` has names in lower case."""
    if "#" not in value and value:
        first, last = value[0], value[-1]
        if ((first == "{" and last == "}") or first == last == '"') and len(value) > 1:
            return Expanded(value[1:-1])
        if value.isdigit():
            return Expanded(value)
        if value.lower() in macros:
            return Expanded(macros[value.lower()])
    parts: list[str] = []
    undefined: list[str] = []
    for piece in pieces(value):
        if piece.kind != "bare" or piece.text.isdigit():
            parts.append(piece.text)
            continue
        name = piece.text.lower()
        meant = macros.get(name)
        if meant is None:
            undefined.append(piece.text)
            meant = JOURNALS.get(name, piece.text)
        parts.append(meant)
    return Expanded("".join(parts), tuple(undefined))


def read_macros(
    documents: Iterable[Document], known: Mapping[str, str] = STANDARD
) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """The macros of a store, the first definition of each, and a remark on every macro that a definition lacks.

    `known` are those that are defined elsewhere.
    """
    macros = dict(known)
    own: set[str] = set()
    findings: list[Finding] = []
    for document in documents:
        for name, expanded, field in _definitions(document.strings, macros):
            findings += (undefined_macro(word, file=document.file, line=field.line) for word in expanded.undefined)
            if name not in own:
                own.add(name)
                macros[name] = expanded.latex
    return macros, tuple(findings)


def _definitions(strings: Iterable[Field], macros: Mapping[str, str]) -> Iterator[tuple[str, Expanded, Field]]:
    for field in strings:
        yield field.name.lower(), expand(field.value, macros), field


class Marked(Mapping[str, str]):
    """Macros as they are kept in a value that is to be written again: by name and with what they stand for.

    What `expand` makes of a value with them, `resolve_macros` and `split_macros` read. The marks are control
    characters, which `remove_marks` takes out of what people typed.
    """

    def __init__(self, macros: Mapping[str, str]) -> None:
        self._macros = macros

    def __getitem__(self, name: str) -> str:
        return mark_macro(name, self._macros[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._macros)

    def __len__(self) -> int:
        return len(self._macros)


_MARK = re.compile("\x02([^\x02\x03\x04]*)\x04([^\x02\x03\x04]*)\x03")
_MARKS = re.compile("[\x02\x03\x04]")


def mark_macro(name: str, latex: str) -> str:
    """The macro `name`, which stands for `latex`, within a value."""
    return f"\x02{name}\x04{latex}\x03"


def remove_marks(value: str) -> str:
    """`value` without the characters that marks are made of."""
    return value if value.isprintable() else _MARKS.sub("", value)


def resolve_macros(value: str) -> str:
    """`value` with what its marked macros stand for."""
    return _MARK.sub(lambda match: match[2], value) if "\x02" in value else value


def split_macros(value: str) -> list[tuple[str, str]]:
    """The pieces of `value` in order: each macro as (name, what it stands for), each stretch of text as ("", text)."""
    found: list[tuple[str, str]] = []
    done = 0
    for match in _MARK.finditer(value):
        found += [("", value[done : match.start()])] if match.start() > done else []
        found.append((match[1], match[2]))
        done = match.end()
    return [*found, ("", value[done:])] if done < len(value) else found


def undefined_macro(name: str, *, file: str = "", line: int = 0, key: str = "", field: str = "") -> Finding:
    """The remark on a macro that no `@string` defines."""
    known = JOURNALS.get(name.lstrip("\\").lower())
    message = f'no @string defines "{name}"; define it, or write the text in braces'
    if known:
        message = f'no @string defines "{name}"; read as "{known}", as AASTeX does; write that in braces'
    return Finding(CODE, "warning" if known else "error", message, file, line, 0, key, field)
