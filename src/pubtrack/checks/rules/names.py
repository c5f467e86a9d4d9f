"""How names are typed: the list's syntax, groups, placeholders, capitals, iDs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pubtrack.bibtex.latex import characters
from pubtrack.bibtex.name_lists import ET_AL
from pubtrack.checks.context import Context
from pubtrack.checks.lazy_regex import pattern
from pubtrack.checks.library_view import View, content
from pubtrack.checks.rule import Hit, rule
from pubtrack.model.errors import PubtrackError
from pubtrack.model.findings import Severity
from pubtrack.model.identifiers import checked_orcid
from pubtrack.model.name import Name
from pubtrack.people.organisations import ORGANISATION, UNSURE

_AND = pattern(r"(?<!\S)and(?!\S)", re.I)
_BROKEN_AND = pattern(r"\A\s*and\s|\sand\s*\Z|\sand\s+and\s", re.I)
_ET_AL = pattern(rf"(?:[,\s]|\A)(?:{ET_AL}|and others\.)\s*\Z", re.I)
_MAIL = pattern(r"(?<![^\s@{}])[^\s@{}]++@[\w-]++\.\w++")
_DBLP = pattern(r"\s\d{4}(?=\s*(?:,|\Z))")
_DIGIT = pattern(r"\d")
_BRACED = pattern(r"\{[^{}]*\}")
_DEEPEST = 50  # braces within braces that are looked into
_SPECIAL = pattern(r"\\[A-Za-z]+|\\.|\$[^$]*\$|&#?\w+;")


@rule(
    "nam-syntax",
    "error",
    why="BibTeX takes all of it for one name, or a mark for a name: authors are lost, initials and sorting are wrong.",
    source="btxdoc, 4 (names); JabRef's PersonNamesChecker; bibtex.web, “too many commas in name”",
    bad="@misc{study2020, author = {Roe, Ann; Moe, Tim}, title = {A study}, year = 2020}",
    good="@misc{study2020, author = {Roe, Ann and {Tea; Rain} and others}, title = {A study}, year = 2020}",
    fixes=True,
)
def nam_syntax(view: View, context: Context) -> Iterator[Hit]:
    """A list of names has an "and" at its end, other separators, too many commas, "et al.", digits or an address."""
    del context
    for item, field, latex in view.fields("author", "editor", "translator", "bookauthor"):
        wrong = _wrong(latex)
        if wrong is None:
            continue
        inner = content(field)
        is_plain = inner is not None and inner[1] == latex
        fix = item.fix(field, wrong.fixed) if wrong.fixed and is_plain else None
        yield Hit(item, field, wrong.message, severity=wrong.severity, fix=fix)


class _Wrong(NamedTuple):
    """What is wrong with a list of names, and the list as it should be where that is certain."""

    message: str
    severity: Severity | None = None
    fixed: str = ""


def _wrong(latex: str) -> _Wrong | None:
    bare = latex
    for _ in range(_DEEPEST):
        if "{" not in bare or (without := _BRACED.sub("¤", bare)) == bare:
            break
        bare = without
    if _BROKEN_AND.search(f" {bare} ") and _BROKEN_AND.search(bare):
        return _Wrong('an "and" joins nothing; remove it')
    if ";" in bare and "&" not in bare and "\\" not in bare:
        parts = [part.strip() for part in latex.split(";") if part.strip()]
        clear = "{" not in latex and not _AND.search(latex) and len({part.count(",") for part in parts}) == 1
        clear = clear and len(parts) > 1 and parts[0].count(",") < 2
        return _Wrong('names are joined by "and", not ";"', fixed=" and ".join(parts) if clear else "")
    if found := _ET_AL.search(bare):
        clear = latex.endswith(found.group()) and "{" not in latex
        head = latex[: len(latex) - len(found.group())].rstrip(" ,")
        head = head[:-4].rstrip() if head.endswith(" and") else head
        fixed = f"{head} and others" if clear and head else ""
        return _Wrong(f'"{found.group().strip(" ,")}" is taken for a name; write "and others"', fixed=fixed)
    if "@" in bare and (found := _MAIL.search(bare)):
        return _Wrong(f'"{found.group()}" is an address, no name')
    if _DIGIT.search(bare):
        return _digits(bare)
    for name in _AND.split(bare):
        if name.count(",") > 2 and "=" not in name:
            shown = characters(name.strip())[:60]
            return _Wrong(f'"{shown}" has {name.count(",")} commas; names are joined by "and"')
    return None


def _digits(bare: str) -> _Wrong | None:
    if "=" in bare:
        return None
    for name in _AND.split(_SPECIAL.sub("", bare)):
        if not _DIGIT.search(name):
            continue
        shown = " ".join(name.split())[:60]
        if _DBLP.search(name):
            return _Wrong(f'the number in "{shown}" is DBLP\'s, which tells namesakes apart; remove it', "warning")
        if len(re.findall(r"[^\W\d_]", name)) < 3 * len(_DIGIT.findall(name)) or re.search(r"[^\W\d_]\d|\d\s*\Z", name):
            return _Wrong(f'there are digits in the name "{shown}"; remove them')
        return _Wrong(f'there are digits in the name "{shown}"; put a group\'s name into braces', "warning")
    return None


_GROUP = pattern(rf"\b{ORGANISATION}\b\.?", re.I)


@rule(
    "nam-group",
    "warning",
    why="Without braces BibTeX splits it like a person's name: “Organization, W. H.”",
    source="btxdoc, 4 (names: braces); JabRef's PersonNamesChecker; Zotero's single-field names",
    bad="@misc{study2020, author = {World Tea Organization}, title = {A study}, year = 2020}",
    good="@misc{study2020, author = {{World Tea Organization} and Roe, Ann}, title = {A study}, year = 2020}",
)
def nam_group(view: View, context: Context) -> Iterator[Hit]:
    """The name of a group stands without braces."""
    del context
    for item, field, latex in view.fields("author", "editor"):
        if (latex.count(",") > latex.count(" and ") and "{" not in latex) or not _GROUP.search(latex):
            continue  # as a rule every name has its comma
        for name in _AND.split(latex):
            bare = name.strip()
            if "{" in bare or "=" in bare or "," in bare or len(bare.split()) < 2 or not (found := _GROUP.search(bare)):
                continue
            if found.group().lower() in UNSURE and len(bare.split()) < 3:
                continue
            yield Hit(item, field, f'"{characters(bare)}" is a group; put it into braces of its own')
            break


_PLACEHOLDERS = frozenset(
    "john doe|jane doe|doe john|doe jane|john smith doe|firstname lastname|first last|lastname firstname|"
    "first name last name|author name|name surname|given family|first author|second author|third author|"
    "author one|author two|author three|some author|some one|unknown author|author unknown|unknown|n n|n a|tba|"
    "tbd|todo|xxx|anon|anonymous author|anonymous authors|author a|author b|a author|b author|author1|author2|"
    "max mustermann|foo bar|john q public|author|authors|no author|various authors|mr x|test author|your name|"
    "author first|author last".split("|")
)


@rule(
    "nam-placeholder",
    "error",
    why="It stands for a name that nobody looked up; reviewers take such references for made-up ones.",
    source="HALLMARK, “placeholder_authors”",
    bad="@misc{study2020, author = {Lastname, Firstname}, title = {A study}, year = 2020}",
    good="@misc{study2020, author = {Roe, Ann}, title = {A study}, year = 2020}",
)
def nam_placeholder(view: View, context: Context) -> Iterator[Hit]:
    """A name is a placeholder (unless it is the owner's)."""
    for item, work in view.works:
        field = item.own("author")
        if field is None:
            continue
        for name in work.author:
            written = str(name)
            if len(written) < 24 and _letters(written) in _PLACEHOLDERS and not _is_owner(name, context):
                yield Hit(item, field, f'"{written}" is a placeholder; look the name up')
                break


def _is_owner(name: Name, context: Context) -> bool:
    return context.owner is not None and context.owner.likeness(name) is not None


def _letters(written: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", written.casefold()).split())


@rule(
    "nam-caps",
    "warning",
    why="No style changes the case of names; one of them in capitals stands out in every list.",
    source="Zotero's fixAuthorCapitalization; 8 of 1,726 recorded Crossref authors come so",
    bad="@misc{study2020, author = {ROEBUCK, Ann}, title = {A study}, year = 2020}",
    good="@misc{study2020, author = {Roebuck, Ann and {NASA}}, title = {A study}, year = 2020}",
)
def nam_caps(view: View, context: Context) -> Iterator[Hit]:
    """A family name is in capitals throughout."""
    del context
    for item, work in view.works:
        for variable in ("author", "editor"):
            field = item.own(variable) if variable in work.people else None
            name = next(filter(_shouts, work.people[variable]), None) if field is not None else None
            if name is None:
                continue
            yield Hit(item, field, f'"{name.family}" is in capitals; write it as the person does')


def _shouts(name: Name) -> bool:
    family = name.family
    return family.isupper() and bool(name.given) and sum(sign.isalpha() for sign in family) > 3 and name.given != family


@rule(
    "nam-orcid",
    "error",
    why="A digit is wrong: the iD is nobody's, or somebody else's.",
    source="ORCID, “Structure of the ORCID Identifier” (ISO 7064, MOD 11-2)",
    bad='@misc{study2020, author = {Roe, Ann}, author+an:orcid = {1="0000-0002-1825-0098"}, title = {A study},\n'
    "  year = 2020}",
    good='@misc{study2020, author = {Roe, Ann}, author+an:orcid = {1="0000-0002-1825-0097"}, title = {A study},\n'
    "  year = 2020}",
)
def nam_orcid(view: View, context: Context) -> Iterator[Hit]:
    """An ORCID iD has a wrong check digit."""
    del context
    names = [name for name in view.names() if "orcid" in name]
    for item, field, latex in view.fields(*names):
        for found in re.finditer(r"\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx]", latex):
            digits = found.group().replace("-", "")
            try:
                checked_orcid("-".join(digits[at : at + 4] for at in range(0, 16, 4)))
            except PubtrackError as error:
                yield Hit(item, field, error.message)
