"""The lists that real people rendered, in their own HTML, Markdown or LaTeX, to entries that can be compared."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed entry. `key` is the citation key if the list shows it; `people` are those in bold, as printed.

    `title` is "" where only the key is there; `words` is what is printed without links behind the entry.
    """

    title: str = ""
    key: str = ""
    section: str = ""
    number: str = ""
    people: tuple[str, ...] = ()
    words: str = ""


def bare(markup: str) -> str:
    """The text of a piece of HTML, blanks folded."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def keyed_markdown(source: str) -> Iterator[Entry]:
    r"""A Markdown list of `\bibentry{key}` below headings."""
    section = ""
    for line in source.splitlines():
        if line.startswith("#"):
            section = line.lstrip("# ").strip()
        elif entry := re.match(r"- \\bibentry\{([^}]+)\}", line):
            yield Entry(key=entry[1], section=section)


def regolith_page(source: str) -> Iterator[Entry]:
    """The numbered list below "Publications" of a regolith page: people, then the title in quotes."""
    part = re.search(r"Publications</a></h1>.*?<ol>(.*?)</ol>", source, re.S)
    for number, item in enumerate(re.findall(r"<li>(.*?)</li>", part[1], re.S) if part else [], 1):
        title = re.search(r"“(.*?)”|\"(.*?)\.?\"", bare(item))
        people = tuple(bare(one) for one in re.findall(r"<b>(.*?)</b>", item, re.S))
        words = re.sub(r"<a href.*?</a>", "", item)
        yield Entry((title[1] or title[2]) if title else "", "", "", str(number), people, bare(words))


def pandoc_divs(source: str) -> Iterator[Entry]:
    """Pandoc's Markdown of a bibliography: a fenced div for each entry, its identifier with the key."""
    for key, content in re.findall(r"^::: \{#ref-(\S+) \.csl-entry\}\n(.*?)\n:::$", source, re.S | re.M):
        people = tuple(re.findall(r"\*\*(.+?)\*\*", content, re.S))
        words = re.sub(r"\{\.nocase\}|[*\[\]<>]", "", content).replace("---", "—").replace("--", "–")
        yield Entry(key=key, people=people, words=words)


def bibtex2html_list(source: str) -> Iterator[Entry]:
    """bibtex2html's definition list: the key as an anchor, then the entry and its links in brackets."""
    for key, content in re.findall(r'<dt><a name="([^"]+)">.*?</dt><dd>(.*?)</dd>', source, re.S):
        yield Entry(key=html.unescape(key), words=bare(re.sub(r"<br>\[.*", "", content, flags=re.S)))


def bibtex2html_table(source: str) -> Iterator[Entry]:
    """bibtex2html's table: the number links to the key."""
    rows = re.findall(r'\[<a name="([^"]+)">(\d+)</a>\].*?class="bibtexitem">(.*?)</td>', source, re.S)
    for key, number, content in rows:
        yield Entry(key=key, number=number, words=bare(re.sub(r"\n\s*\[&nbsp;.*", "", content, flags=re.S)))


def pandoc_html(source: str) -> Iterator[Entry]:
    """Pandoc's HTML of a bibliography: a div for each entry, its identifier with the key."""
    for key, content in re.findall(r'<div id="ref-([^"]+)"[^>]*>(.*?)</div>', source, re.S):
        yield Entry(key=html.unescape(key), words=bare(content))


def rendercv_markdown(source: str) -> Iterator[Entry]:
    """RenderCV's Markdown: an entry is a heading, the title in bold behind the year; people in bold before it."""
    part = source.partition("# Publications")[2]
    for line in re.findall(r"^## (.+)$", part, re.M):
        found = re.match(r"(?P<people>.*?) \((?P<year>[^)]*)\)\. \*\*(?P<title>.*?)\*\*", line)
        if found is None:
            continue
        people = tuple(re.findall(r"\*\*(.+?)\*\*", found["people"]))
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line).replace("*", "").replace("--", "–")
        yield Entry(found["title"], people=people, words=words)


def hocking_table(source: str) -> Iterator[Entry]:
    """A Markdown table with the columns figure, published, authors, title, venue, links."""
    for line in source.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 6 and (cells[2].isdecimal() or cells[2] == "In progress"):
            yield Entry(cells[4], section=cells[2], words=" ".join(cells[3:6]))


def bibble_table(source: str) -> Iterator[Entry]:
    """bibble's HTML table: spans for title, authors and venue; the year, where printed, heads a group."""
    section = ""
    for row in re.findall(r"<tr>(.*?)</tr>", source, re.S):
        year = re.search(r"<strong>(\d{4})</strong>", row)
        section = year[1] if year else section
        cells = {
            name: bare(found[1]) if (found := re.search(rf'class="{name}">(.*?)</span>', row, re.S)) else ""
            for name in ("pubtitle", "authors", "venue")
        }
        yield Entry(cells["pubtitle"], section=section, words=" ".join(cells.values()))


def cited_in_latex(source: str) -> Iterator[Entry]:
    r"""Lists of `\fullcite{key}` and of macros round it, in `enumerate` with a letter as label, in subsections.

    The macros are the author's: `\mypubc` and `\mypubcc` cite the entry with a "c" behind its key. Lists that stand
    in a macro of their own are put where that is called.
    """
    lines = [line for line in source.splitlines() if not line.lstrip().startswith("%")]
    bodies = dict(re.findall(r"^\\newcommand\{(\\my\w+)\}\{\n(.*?)^\}", "\n".join(lines), re.M | re.S))
    text = re.sub(r"^\\newcommand\{\\my\w+\}\{\n.*?^\}", "", "\n".join(lines), flags=re.M | re.S)
    for macro, body in bodies.items():
        text = text.replace(f"{macro}{{}}", body)
    section, prefix, count = "", "", 0
    tokens = (
        r"\\subs\w+\{([^}]*)\}|\\begin\{enumerate\}\[label=(\w)\\arabic\*([^\]]*)\]|\\(mypubcc?|fullcite)\{([^}]*)\}"
    )
    for title, letter, options, macro, key in re.findall(tokens, text):
        if title:
            section, prefix, count = title, "", 0
        elif letter:
            prefix, count = letter, count if "resume" in options else 0
        else:
            count += 1
            yield Entry(
                key=key + ("c" if macro != "fullcite" else ""),
                section=section,
                number=f"{prefix}{count}" if prefix else "",
            )


EXTRACTORS: Mapping[str, Callable[[str], Iterator[Entry]]] = {
    "keyed_markdown": keyed_markdown,
    "regolith_page": regolith_page,
    "pandoc_divs": pandoc_divs,
    "bibtex2html_list": bibtex2html_list,
    "bibtex2html_table": bibtex2html_table,
    "pandoc_html": pandoc_html,
    "rendercv_markdown": rendercv_markdown,
    "hocking_table": hocking_table,
    "bibble_table": bibble_table,
    "cited_in_latex": cited_in_latex,
}
