"""DOIs: whether they are such, and what they say themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubtrack.bibtex import date_fields
from pubtrack.bibtex.latex import verbatim
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View, content
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.identifiers import DOI, strip_resolver

_TAIL = pattern(r"(?<![.,;])[.,;]++\Z")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&"}
_ENTITY = pattern(f"&({'|'.join(_ENTITIES)});")
_UNTIDY = pattern(rf"{_TAIL.pattern}|{_ENTITY.pattern}")


def bare_doi(latex: str) -> str:
    """The DOI in a value as people type it, without resolver, escapes and blanks; "" if there is none."""
    if DOI.fullmatch(latex) and "\\" not in latex and "{" not in latex and "%" not in latex and "&" not in latex:
        return latex
    written = _ENTITY.sub(lambda found: _ENTITIES[found[1]], verbatim(latex).strip())
    written, _ = strip_resolver(written)
    if "%2f" in written.lower():
        written = re.sub("%2f", "/", written, count=1, flags=re.I)
    return written if DOI.fullmatch(written) else ""


@rule(
    "id-doi-syntax",
    "error",
    why="The link that a style makes of it leads nowhere, and no registry finds the work. Where the DOI can still be "
    "read (a URL, an escaped _), it is a warning.",
    source="DOI Handbook, 2.2; Crossref, “DOIs and matching regular expressions”; JabRef's DoiValidityChecker",
    bad="@misc{study2020, title = {A study}, doi = {11.1000/tea}, year = 2020}",
    good="@misc{study2020, title = {A study}, doi = {10.1000/tea_2020(1)<5::AID>3.0.CO;2-5}, year = 2020}",
    fixes=True,
)
def id_doi_syntax(view: View, context: Context) -> Iterator[Hit]:
    """A DOI is not valid, or has a resolver, an escape or punctuation around it."""
    del context
    for item, field, latex in view.fields("doi"):
        if DOI.fullmatch(latex) and "\\" not in latex and "{" not in latex and not _UNTIDY.search(latex):
            continue
        doi = bare_doi(latex)
        if not doi:
            yield Hit(item, field, f'"{latex.strip()[:80]}" is not a DOI; one begins with 10., as in 10.1000/182')
            continue
        doi = _TAIL.sub("", doi)
        inner = content(field)
        fix = item.fix(field, doi) if inner is not None and inner[1] == latex and doi.isascii() else None
        fix = fix if not any(sign in doi for sign in "{}&") else None
        yield Hit(item, field, f"write the bare DOI, {doi}", severity="warning", fix=fix)


@rule(
    "id-doi-url",
    "info",
    why="Styles make the link of the doi field; the same address twice prints twice, and dx.doi.org is the old name.",
    source="Crossref display guidelines; JabRef clears such a url",
    bad="@misc{study2020, title = {A study}, doi = {10.1000/tea}, url = {http://dx.doi.org/10.1000/tea}, year = 2020}",
    good="@misc{study2020, title = {A study}, doi = {10.1000/tea}, url = {https://tea.org/study}, year = 2020}",
    fixes=True,
)
def id_doi_url(view: View, context: Context) -> Iterator[Hit]:
    """A url repeats the DOI, or leads to it by an old address."""
    del context
    for item, field, latex in view.fields("url"):
        if "doi.org/" not in latex.lower():
            continue
        target = bare_doi(latex)
        doi = bare_doi(item.value("doi"))
        if not target:
            continue
        inner = content(field)
        fix = None
        modern = f"https://doi.org/{target}"
        if (
            re.match(r"https?://(?:dx\.)?doi\.org/", latex)
            and latex != modern
            and inner is not None
            and inner[1] == latex
        ):
            fix = item.fix(field, re.sub(r"\Ahttps?://(?:dx\.)?doi\.org/", "https://doi.org/", latex))
        if doi and doi.casefold() == target.casefold():
            yield Hit(item, field, "the url repeats the doi; remove the url", fix=fix)
        elif doi:
            yield Hit(item, field, f"the url leads to {target}, the doi is {doi}", severity="warning", fix=fix)
        elif not doi:
            yield Hit(item, field, f"write the DOI as doi = {{{target}}}", fix=fix)


_IEEE = pattern(r"10\.1109/([a-z]++(?:-[a-z]++(?=\d*+[-.]))*+)(\d*+(?:-[a-z0-9]++)*+)\.((?:19|20)\d\d)\.\d+", re.I)
_AAAI = pattern(r"10\.1609/aaai\.v(\d\d)i\d+\.\d+", re.I)
_ACL = pattern(r"10\.18653/v1/(?:(20\d\d)\.|[a-z](\d\d)-)", re.I)
_PAPERS = frozenset({"inproceedings", "proceedings"})


@rule(
    "id-doi-other",
    "error",
    why="IEEE, AAAI and ACL write the year of the conference into their DOIs, and the first two its acronym. Where the "
    "entry has another year or conference, the DOI was copied from another work or made up.",
    source="how these publishers form DOIs; HALLMARK, “fabricated_doi”, “future_date”, “wrong_venue”",
    bad="@inproceedings{study2017, author = {Roe, Ann}, title = {A study}, booktitle = {Proc. of Tea}, year = 2017,\n"
    "  doi = {10.1109/TEA12345.2021.00693}}",
    good="@inproceedings{study2021, author = {Roe, Ann}, title = {A study}, booktitle = {Proc. of Tea}, year = 2022,\n"
    "  doi = {10.1109/TEA12345.2021.00693}}",
)
def id_doi_other(view: View, context: Context) -> Iterator[Hit]:
    """A DOI names another year or another conference than its entry does."""
    for item, field, latex in view.fields("doi"):
        acronym, year = _said(bare_doi(latex), is_paper=item.type in _PAPERS)
        read = date_fields.parse(item.plain("date") or item.plain("year")).date if year else None
        if read is not None and read.parts and abs(read.parts[0] - year) > 1:
            yield Hit(item, field, f"this DOI is of a work of {year}, the entry says {read.parts[0]}")
            continue
        venue = (item.plain("booktitle") or item.plain("journaltitle")) if acronym else ""
        if venue and _is_another(venue, acronym, context):
            yield Hit(item, field, f'this DOI is of a paper of {acronym.upper()}, the entry says "{venue}"')


def _said(doi: str, *, is_paper: bool) -> tuple[str, int]:
    """The acronym and the year of the conference in a DOI, "" and 0 where there is none."""
    if found := _IEEE.fullmatch(doi):
        # A journal's DOI has the year in which the paper came in, which may be years before it is printed.
        return (found[1], int(found[3])) if found[2] or is_paper else ("", 0)
    if found := _AAAI.fullmatch(doi):
        return "AAAI", 1986 + int(found[1])  # the proceedings' volume 36 is that of 2022
    if found := _ACL.match(doi):
        return "", int(found[1]) if found[1] else 2000 + int(found[2])
    return "", 0


def _is_another(venue: str, acronym: str, context: Context) -> bool:
    """Whether a venue is certainly not the conference of this acronym: both are known, or the words contradict."""
    from pubtrack.matching import Grade, compare_venues
    from pubtrack.matching.venues import known_acronym

    if not known_acronym(acronym):
        return False
    return compare_venues([venue], [acronym], aliases=context.venues).grade is Grade.CONTRADICTS
