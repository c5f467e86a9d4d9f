"""A BibTeX name list to `Name`s, and `Name`s back to BibTeX.

A name is split into its parts by pybtex, which reads names as BibTeX does; plain names, nearly all, need no parser.
Where BibTeX reads what nobody meant, we part from it (tests/bibtex/test_name_lists.py lists each case):

- a hyphen parts no name, and a capital letter with an accent is a capital;
- `Jr.`, `III` or `PhD` is a suffix wherever it stands, and four digits behind a name (DBLP's) are none of it;
- a mark, or a word in brackets, belongs to the word before it and is not a family name;
- Chinese, Japanese and Korean names have the family name first;
- what has more than two commas, or semicolons, or is a list such as Medline's ("Smith J, Doe JK") is not one name: the
  text stays as it is, as a literal.

Particles ("van der") go before the family name wherever it stands, as BibTeX prints them: they are non-dropping, unless
`useprefix=false` says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from pubtrack.bibtex.latex import Encoding, characters, encode
from pubtrack.model.name import Name
from pubtrack.model.richtext import text

_LONGEST = 2000  # characters of one name that are worth splitting
_SPECIAL = re.compile(r"[{}\\$~=();]")
_BLANKS = re.compile(r"\s+")
_AND = re.compile(r"(?:\A|(?<!\s)\s++)and(?=\s|\Z)", re.I)
_AND_OR_BRACE = re.compile(r"[{}]|(?:\A|(?<!\s)\s++)and(?=\s|\Z)", re.I)
_COMMA_OR_BRACE = re.compile(r"[{},，]")
ET_AL = r"(?:et\.?\s*+al\.?|(?-i:u\.\s?a\.))"
"""What stands for the people who are not named, by mistake: "et al.", and "u.a." in German; "U. A." are initials."""
_ET_AL = re.compile(rf"(?:(?:\A|,|(?<![,\s])\s)\s*+{ET_AL}|(?:\A|\s)others)\Z", re.I)
_SHORTENED = ("others", "al.", "al", "Others", "Al.", "AL.", "OTHERS", "AL", "a.")
_WRAPPER = re.compile(
    r"\\(?:textbf|textit|textsl|textsc|textrm|textsf|texttt|textup|textmd|textnormal|emph|underline|uline|ul|hl|mbox|"
    r"text|highlight|myname|mkbib\w+|textcolor\s*\{[^{}]*\})\s*(?=\{)"
)
_SWITCH = re.compile(
    r"\{\s*\\(?:bf|it|em|sl|sc|rm|sf|tt|bfseries|itshape|slshape|scshape|upshape|(?:color\s*\{[^{}]*\}))(?![A-Za-z])\s*"
)
_MATH = re.compile(r"\$[^$]*\$")
_ACCENTED = re.compile(r"\{\\[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\\(?:[`'^\"~=.]|[uvHrckdbt]\b)\s*\{[^{}]*\}")
_MARK_ALONE = re.compile(r"(?<!\s)\s++([^\w\s,{}\\.&()/'\"~-]+|\\textsuperscript\{[^{}]*\}|\{[^\w\s{}]*\})(?=[\s,]|\Z)")
_BRACKETS = re.compile(r"(?<!\s)\s++(\([^()]*\))")
_DBLP = re.compile(r"(?<!\s)\s++\d{4}(?=,|\Z)")
_SUFFIX = re.compile(r"(?:[JS]r|[js]r|[JS]R)\.?|II|III|IV|(?:Ph\.?\s?D|M\.?D|D\.?Phil|Esq)\.?")
_EXTENDED = re.compile(r"(?:\A|,)\s*(?:family|given)\s*=", re.I)
_GROUP = re.compile(r"\{[^{}]*\}")
_ENTITY = re.compile(r"&#?\w+;")
_MEDLINE = re.compile(r"(?:[^\W\d_][^\s,;.]+ )+[A-Z]{1,3}")
_LIST_OPTION = re.compile(r"(?!family|given)[A-Za-z]+=\w+")
_EXTENDED_PART = re.compile(r"\s*([A-Za-z-]+)\s*=\s*(.*)", re.S)
_QUOTED = re.compile(r'"([^"]*)"')
_EAST_ASIAN = re.compile(r"[\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\s,，]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_TWO_CHARACTER_FAMILIES = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 夏侯 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 司徒 司空 端木 "
    "独孤 獨孤 南宫 南宮 长孙 長孫 宇文 闻人 聞人 轩辕 軒轅 钟离 鍾離 남궁 황보 제갈 선우 독고 사공".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """The names of a list, and whether it ends in "and others"."""

    names: tuple[Name, ...] = ()
    others: bool = False


_COLLECTIVE = re.compile(
    r"\b(?:collab\w*|consortium|team|group|project|network|initiative|experiment|working|for the)\b", re.I
)


def parse(source: str, *, useprefix: bool = True) -> People:
    """A name list, macros expanded and delimiters off; never raises."""
    if "  " in source or "\n" in source or "\t" in source or "\r" in source:
        source = _BLANKS.sub(" ", source)
    special = _SPECIAL.search(source) is not None
    if special:
        source = _unwrapped(source)
    parts = _split(source) if special and "{" in source else _AND.split(source)
    names: list[Name] = []
    others = False
    for part in map(str.strip, parts):
        if not part or ("=" in part and _LIST_OPTION.fullmatch(part)):
            useprefix = useprefix and part.lower() != "useprefix=false"
            continue
        shortened = _ET_AL.search(part) if part.endswith(_SHORTENED) else None
        if shortened:
            others = True
            part = part[: shortened.start()].rstrip(" ,")
        if part:
            names.append(_person(part))
    if not useprefix:
        names = [_dropping(name) for name in names]
    return People(tuple(names), others)


def _dropping(name: Name) -> Name:
    particle = name.non_dropping_particle
    return replace(name, non_dropping_particle="", dropping_particle=particle) if particle else name


def chunks(source: str) -> tuple[str, ...]:
    """The names of a list as they are written, "others" among them."""
    return tuple(part.strip() for part in _split(source) if part.strip())


def _split(source: str) -> list[str]:
    """`source` at each "and" that stands outside braces (BibTeX: "Names")."""
    parts: list[str] = []
    start = depth = 0
    for match in _AND_OR_BRACE.finditer(source):
        found = match.group()
        if found == "{":
            depth += 1
        elif found == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(source[start : match.start()])
            start = match.end()
    return [*parts, source[start:]]


def _unwrapped(source: str) -> str:
    r"""`source` without `\textbf{…}`, `{\bf …}` and the like around names, and with scripts as characters."""
    if "\\" in source:
        cut = [match.span() for match in _WRAPPER.finditer(source)]
        cut = [(start, end + 1) for start, end in cut] + [match.span() for match in _SWITCH.finditer(source)]
        if cut:
            source = _without_groups(source, cut)
    if "$" in source:
        source = _MATH.sub(lambda match: f"{{{characters(match.group())}}}", source)
    return source


def _without_groups(source: str, openings: list[tuple[int, int]]) -> str:
    """`source` without the `openings`, each of which ends or begins with a brace, and the braces that close them."""
    ends = {end: start for start, end in openings}
    starts = dict(openings)
    kept: list[str] = []
    stack: list[bool] = []
    position = 0
    for match in re.finditer(r"[{}]", source):
        at = match.start()
        if at < position:
            continue
        kept.append(source[position:at])
        position = at + 1
        if match.group() == "}":
            if not (stack.pop() if stack else False):
                kept.append("}")
        elif at + 1 in ends:
            kept[-1] = kept[-1][: len(kept[-1]) - (at - ends[at + 1])] if ends[at + 1] < at else kept[-1]
            stack.append(True)
        elif at in starts:
            position = starts[at]
            stack.append(True)
        else:
            kept.append("{")
            stack.append(False)
    return "".join([*kept, source[position:]])


@lru_cache(maxsize=65536)
def _person(source: str) -> Name:
    """One name of a list."""
    if _SPECIAL.search(source) is None:
        return _plain(source) or _parsed(source)
    if _EXTENDED.search(source):
        return _extended(source)
    if _is_group(source):
        return Name(literal=characters(source[1:-1]) or source)
    if ";" in source and len(source) <= _LONGEST and ";" in _bare(source):
        return Name(literal=characters(source) or source)
    source = _BRACKETS.sub(r"{ \1}", source) if "(" in source else source
    if "{" not in _ACCENTED.sub("", source):
        decoded = characters(source) or source
        return _plain(decoded) or _parsed(decoded)
    return _parsed(source)


def _is_group(source: str) -> bool:
    r"""Whether one pair of braces holds the whole name, which is then not to be split (`{\'E}` is no such pair)."""
    if source[0] != "{" or source[-1] != "}":
        return False
    depth = 0
    for match in re.finditer(r"[{}]", source):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end() == len(source)
    return False


def _bare(source: str) -> str:
    """What of `source` stands outside braces, without HTML's entities and what ends the list."""
    before = ""
    while source != before:
        before, source = source, _GROUP.sub("", source)
    return _ENTITY.sub("", source).rstrip("; ")


def _plain(source: str) -> Name | None:
    """A name of capitalised words and at most one comma, or one of East Asian characters; None for any other."""
    if source and source[0] >= "\u2e80" and _EAST_ASIAN.fullmatch(source):
        return _east_asian(source)
    comma = source.find(",")
    words = source.split()
    if any(not word[0].isupper() for word in words) or _MARK_ALONE.search(source):
        return None
    if comma < 0:
        if len(words) > 1 and (_SUFFIX.fullmatch(words[-1]) or words[-1].isdigit()):
            return None
        return Name(family=words[-1], given=" ".join(words[:-1])) if words else None
    family, given = source[:comma].split(), source[comma + 1 :].split()
    if not family or not given or "," in source[comma + 1 :] or _SUFFIX.fullmatch(given[-1]):
        return None
    if len(family) > 1 and (_SUFFIX.fullmatch(family[-1]) or _MEDLINE.fullmatch(" ".join(family))):
        return None
    return Name(family=" ".join(family), given=" ".join(given))


def _east_asian(source: str) -> Name:
    """A Chinese, Japanese or Korean name: the family name first, behind it a comma, a blank or nothing."""
    parts = [part for part in re.split(r"[\s,，]+", source) if part]
    if len(parts) > 1:
        return Name(family=parts[0], given="".join(parts[1:]))
    name = "".join(parts)
    if len(name) == 1:
        return Name(family=name)
    if _KANA.search(name) or not 2 <= len(name) <= 4:
        return Name(literal=name) if name else Name(literal=source)
    cut = 2 if len(name) == 4 or (len(name) == 3 and name[:2] in _TWO_CHARACTER_FAMILIES) else 1
    return Name(family=name[:cut], given=name[cut:])


def _commas(source: str) -> list[str]:
    """`source` at its commas outside braces."""
    parts: list[str] = []
    start = depth = 0
    for match in _COMMA_OR_BRACE.finditer(source):
        found = match.group()
        if found == "{":
            depth += 1
        elif found == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            parts.append(source[start : match.start()].strip())
            start = match.end()
    return [*parts, source[start:].strip()]


def _parsed(source: str) -> Name:
    """A name by BibTeX's rules: "First von Last", "von Last, First" or "von Last, Jr, First"."""
    if len(source) > _LONGEST:
        return Name(literal=characters(source) or source)
    tidy = _DBLP.sub("", _MARK_ALONE.sub(r"\1", source))
    parts = _commas(tidy)
    ends_in_comma = len(parts) > 1 and not parts[-1]
    filled = [part for part in parts if part]
    if len(filled) > 3 or not filled or (len(filled) > 1 and all(map(_MEDLINE.fullmatch, filled))):
        return Name(literal=characters(source) or source)
    suffix = ""
    if len(filled) == 3:
        suffix = filled.pop(2 if _SUFFIX.fullmatch(filled[2]) and not _SUFFIX.fullmatch(filled[1]) else 1)
    elif len(filled) == 2 and ends_in_comma and len(parts) > 2 and _SUFFIX.fullmatch(filled[1]):
        suffix = filled.pop()
        return _of_parts(f"{filled[0]},", suffix)
    elif len(filled) == 1 and ends_in_comma:
        return _of_parts(f"{filled[0]},", "")
    return _of_parts(", ".join(filled), suffix)


def _of_parts(source: str, suffix: str) -> Name:
    """A name with at most one comma, split by pybtex."""
    family_source, comma, given_source = source.partition(",") if "{" not in source else _first_comma(source)
    if not suffix:
        if comma and not _is_lone(given_source):
            given_source, suffix = _split_suffix(given_source)
        if not suffix and (len(family_source.split()) > (1 if comma else 2)):
            family_source, suffix = _split_suffix(family_source)
    prelast, last, first = _pybtex_parts(family_source, comma, given_source)
    name = Name(
        family=characters(last), given=characters(first), non_dropping_particle=characters(prelast),
        suffix=characters(suffix),
    )  # fmt: skip
    return name if name.family else Name(literal=characters(source.strip(" ,")) or source)


def _first_comma(source: str) -> tuple[str, str, str]:
    parts = _commas(source)
    return (parts[0], ",", ",".join(parts[1:])) if len(parts) > 1 else (source, "", "")


def _is_lone(source: str) -> bool:
    return len(source.split()) < 2


def _split_suffix(source: str) -> tuple[str, str]:
    """`source` and the suffix that is its last word, if it is one."""
    words = source.rsplit(None, 1)
    return (words[0], words[1]) if len(words) == 2 and _SUFFIX.fullmatch(words[1]) else (source, "")


def _pybtex_parts(family: str, comma: str, given: str) -> tuple[str, str, str]:
    """Particle, family name and given names, as pybtex splits them."""
    from pybtex.database import Person

    try:
        person = Person(f"{family}{comma}{given}" if given.strip() or not comma else f"{family}, X")
    except Exception:  # whatever pybtex cannot split has no parts
        return "", f"{family}{comma}{given}", ""
    first = " ".join([*person.first_names, *person.middle_names]) if given.strip() or not comma else ""
    return " ".join(person.prelast_names), " ".join(person.last_names), first


def _extended(source: str) -> Name:
    """biblatex's `family=…, given=…, prefix=…, suffix=…, useprefix=…` (biblatex manual, "Name parts")."""
    parts: dict[str, str] = {}
    for part in _commas(_QUOTED.sub(r"{\1}", source)):
        match = _EXTENDED_PART.match(part)
        if match:
            parts.setdefault(match[1].lower(), characters(match[2]))
    drops = parts.get("useprefix", "").lower() == "false"
    prefix = parts.get("prefix", "")
    name = Name(
        family=parts.get("family", ""), given=parts.get("given", ""), suffix=parts.get("suffix", ""),
        dropping_particle=prefix if drops else "", non_dropping_particle="" if drops else prefix,
    )  # fmt: skip
    return name if name.family else Name(literal=name.given or characters(source) or source)


# Names to BibTeX -------------------------------------------------------------------------------------------------

_NEEDS_BRACES = re.compile(rf"[,，=();]|(?:\A|\s)and(?:\s|\Z)|(?:\A|\s)(?:{ET_AL}|others)\Z", re.I)


def write(people: People, *, encoding: Encoding = "unicode", extended: bool = False, given_first: bool = False) -> str:
    """`people` as a name list, without delimiters; `extended` allows biblatex's `family=…, given=…`.

    With `given_first` a name of two plain parts has no comma ("Jane Doe").
    """
    parts = [
        (given_first and _given_first(name, encoding)) or _written(name, encoding, extended) for name in people.names
    ]
    return " and ".join([*parts, "others"] if people.others else parts)


def _written(name: Name, encoding: Encoding, extended: bool) -> str:
    if name.literal:
        return f"{{{encode(text(name.literal), encoding)}}}"
    particle = " ".join(part for part in (name.dropping_particle, name.non_dropping_particle) if part)
    if extended and name.dropping_particle:
        parts = {"family": name.family, "given": name.given, "prefix": particle, "suffix": name.suffix}
        written = [f"{key}={{{encode(text(part), encoding)}}}" for key, part in parts.items() if part]
        return ", ".join([*written, "useprefix=false"])
    family = _part(name.family, encoding, protect=not _is_capitalised(name.family, particle))
    written = [f"{_part(particle, encoding)} {family}" if particle else family]
    if name.suffix:
        written.append(_part(name.suffix, encoding))
    if name.given or name.suffix or " " in name.family or particle:
        written.append(_part(name.given, encoding))
    return ", ".join(written).rstrip(" ")


def _given_first(name: Name, encoding: Encoding) -> str:
    """ "Given Family", or "" for a name that would not be read so."""
    bare = Name(family=name.family, given=name.given)
    if not name.given or str(name) != str(bare) or name.literal:
        return ""
    written = encode(text(str(bare)), encoding)
    return written if parse(written).names == (bare,) else ""


def _is_capitalised(family: str, particle: str) -> bool:
    """Whether `family` will be read as one: there is no particle, suffix or number of DBLP's in it."""
    words = family.split()
    if len(words) > 1 and (_SUFFIX.fullmatch(words[-1]) or words[-1].isdecimal()):
        return False
    return (not particle and len(words) < 2) or all(word[:1].isupper() for word in words[:-1])


def _part(value: str, encoding: Encoding, *, protect: bool = False) -> str:
    written = encode(text(value), encoding)
    return f"{{{written}}}" if written and (protect or _NEEDS_BRACES.search(value)) else written


def collaboration_name(group: str) -> str:
    """A collaboration as a name: "CMS" is the "CMS Collaboration"; one that says what it is stays as it is."""
    return group if _COLLECTIVE.search(group) else f"{group} Collaboration"
