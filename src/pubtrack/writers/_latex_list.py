r"""How entries stand in LaTeX: an own `list` environment, or the environment, item and heading that the user names.

The templates come from a configuration or a document. They are LaTeX, so they are checked for commands that read or
write files or define others; nothing else is escaped in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from pubtrack.bibtex.latex_tables import UNSAFE_COMMANDS
from pubtrack.lists.listing_model import LatexOptions
from pubtrack.model.errors import PubtrackError

_ENVIRONMENT = re.compile(r"(?P<name>[A-Za-z]+\*?)(?P<arguments>(?:[\[{].*)?)", re.S)
_PLACE = re.compile(r"\{(?P<name>number|label|text|key|year)?\}")
_NUMBER = re.compile(r"[\[(]?[A-Za-z]{0,2}\d+[\])]?\.?")
_NARROW = frozenset("iljtfrI.,:;'’!()[]-/ ")
_WIDE = frozenset("mwMWQO@%&–—")
NO_ENVIRONMENT = "none"
_UNSAFE = re.compile(rf"\\(?:{'|'.join(sorted(UNSAFE_COMMANDS, key=len, reverse=True))}|write18)(?![A-Za-z])|\^\^")


def check_templates(options: LatexOptions) -> None:
    """Raises PubtrackError for a template that is not LaTeX, or that does more than set text."""
    for name in ("environment", "item", "heading"):
        value = getattr(options, name)
        if found := _UNSAFE.search(value):
            raise PubtrackError(f"{name}: {found[0]} has no place in a list: it reads, writes or redefines")
        if value.count("{") != value.count("}"):
            raise PubtrackError(f"{name}: the braces of {value} do not match")
        if "%" in value.replace("\\%", "") or "\n" in value:
            raise PubtrackError(f"{name}: a % or a line break would hide what follows; write it in one line with \\%")
    if options.environment not in ("", NO_ENVIRONMENT) and _ENVIRONMENT.fullmatch(options.environment) is None:
        raise PubtrackError(
            f'environment: "{options.environment}" is not an environment, as enumerate or etaremune[start=9] is'
        )


@dataclass(frozen=True, slots=True)
class ItemParts:
    """What a template of an item can place, as LaTeX: `text` without the label, `whole` with it in front."""

    text: str
    whole: str
    label: str = ""
    number: str = ""
    key: str = ""
    year: str = ""


def fill_item(template: str, parts: ItemParts) -> str:
    r"""The item of an entry: `template` with its places filled.

    `{number}`, `{label}`, `{key}`, `{year}` and `{text}` are filled and keep their braces. `{}` is the text; of two
    in a template without names the first is the label; more stay empty. Without a place for it the text stands behind
    the template, and the label in the optional argument of a command such as `\item`.
    """
    names = [match["name"] for match in _PLACE.finditer(template)]
    if not names:
        if parts.label:
            return f"{template}[{{{parts.label}}}] {parts.text}"
        return f"{template} {_no_argument(parts.text)}"
    named = [name for name in names if name]
    bare = ["text"] if named or len(names) == 1 else ["label", "text"]
    has_label = bool({"label", "number"} & {*named, *bare[:-1]})
    values = asdict(parts) | {"": "", "text": parts.text if has_label else parts.whole}
    if "text" in named:
        bare = []
    filled = _PLACE.sub(lambda match: f"{{{values[match['name'] or (bare.pop(0) if bare else '')]}}}", template)
    has_text = "text" in named or len(named) < len(names)
    return filled if has_text else f"{filled} {_no_argument(values['text'])}"


def _no_argument(body: str) -> str:
    """`body` such that TeX does not take its beginning for an optional argument or a star."""
    return f"{{{body[0]}}}{body[1:]}" if body.startswith(("[", "*")) else body


def fill_heading(template: str, title: str) -> str:
    r"""A heading: `\subsection*{}`, with the title in the braces, or behind the command where it has none."""
    if "{}" in template or "{title}" in template:
        return template.replace("{title}", "{}", 1).replace("{}", f"{{{title}}}", 1)
    return f"{template}{{{title}}}"


def open_list(labels: Iterable[str]) -> str:
    """The beginning of an own list, whose labels are as wide as the widest of `labels`; hanging where there is none.

    Plain LaTeX that needs no package.
    """
    widest = max(labels, key=_width, default="")
    spacing = r"\setlength{\parsep}{0pt}\setlength{\itemsep}{.4em plus .1em minus .1em}\setlength{\topsep}{.4em}"
    if not widest:
        return (
            "\\begin{list}{}{%\n"
            r"  \setlength{\leftmargin}{1.5em}\setlength{\itemindent}{-1.5em}\setlength{\labelwidth}{0pt}"
            "%\n"
            rf"  \setlength{{\labelsep}}{{0pt}}{spacing}}}"
        )
    return (
        "\\begin{list}{}{%\n"
        rf"  \settowidth{{\labelwidth}}{{{widest}}}\setlength{{\labelsep}}{{.5em}}\setlength{{\itemindent}}{{0pt}}"
        "%\n"
        r"  \setlength{\leftmargin}{\labelwidth}\addtolength{\leftmargin}{\labelsep}"
        "%\n"
        rf"  {spacing}}}"
    )


def align_label(label: str) -> str:
    r"""A label as an own list has it: numbers end at one edge, as LaTeX's lists have them, words begin at the other.

    No `\makelabel` is defined, for its argument would not stand within a frame of beamer.
    """
    return label if not label or _NUMBER.fullmatch(label) else rf"{label}\hfill"


def environment_lines(environment: str) -> tuple[str, str]:
    r"""What begins and what ends an environment of the user's, as in `etaremune[start=9]`."""
    match = _ENVIRONMENT.fullmatch(environment)
    name, arguments = (match["name"], match["arguments"]) if match else ("", "")
    return f"\\begin{{{name}}}{arguments}", f"\\end{{{name}}}"


def reference_mark(key: str, number: str) -> str:
    r"""A `\label` of the entry whose `\ref` prints its number, and whose link leads to it where hyperref is loaded."""
    name = re.sub(r"[^A-Za-z0-9:.+/-]", "-", key)
    return (
        r"\ifdefined\phantomsection\phantomsection\fi"
        rf"\expandafter\def\csname @currentlabel\endcsname{{{number}}}\label{{pub:{name}}}"
    )


def _width(label: str) -> float:
    """About how wide a label is in ems; TeX measures the widest."""
    text = re.sub(r"\\[A-Za-z]+|[\\{}$]", "", label)
    return sum(0.3 if one in _NARROW else 0.9 if one in _WIDE else 0.7 if one.isupper() else 0.5 for one in text)
