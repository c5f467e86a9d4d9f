"""The arguments of a run: one command of pubtrack with some of its options, their values sound or hostile."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from pubtrack.cli import GROUPS
from tests.fuzz.mutations import hostile_text

KEYS = ("brook2019", "brook2020", "meyer2001") * 5 + ("article", "collection", "a1", "x", "none")
FIELDS = (
    "title", "author", "editor", "journal", "journaltitle", "booktitle", "year", "date", "month", "pages", "volume",
    "number", "edition", "doi", "url", "eprint", "archiveprefix", "isbn", "issn", "crossref", "xdata", "related", "ids",
    "entryset", "keywords", "note", "file", "abstract", "langid", "options", "sortname", "sortkey", "author+an", "type",
    "pubstate", "howpublished", "origdate", "eventdate", "urldate", "pubtrack-ignore", "pubtrack-lock", "entrysubtype",
    "publisher", "address", "series", "chapter", "school", "institution", "key", "shorthand", "subtitle",
)  # fmt: skip
FILTERS = ("type = book", "year >= 2010", "selected", 'title ~ "light"', "position = 1 or not peer-reviewed", "doi")
SORTS = ("-date", "author", "-year,title", "key", "style", "type,-volume")
STYLES = ("apa", "ieee", "cv", "chicago-author-date", "vancouver", "modern-language-association", "own.csl", "nature")
DOIS = ("10.5555/abc", "10.5555/wrong", "10.5555/data", "https://doi.org/10.5555/abc", "10.48550/arXiv.2001.00001")
DOCUMENTS = (
    "paper.tex", "paper.aux", "paper.bcf", "paper.typ", "paper.md", "paper.qmd", "paper.ipynb", "paper.docx",
    "keys.txt",
)  # fmt: skip
FILLED = ("cv.md", "cv.html", "cv.tex", "cv.typ", "cv.docx")
EXPORTS = (
    "bibtex", "biblatex", "rendercv", "json-resume", "al-folio", "hugo", "csl-json", "json-ld", "ris", "endnote-xml",
    "mods", "bibtexml", "csv", "hayagriva", "jsonl",
)  # fmt: skip
MARKUPS = ("markdown", "html", "latex", "text", "typst", "docx", "rtf", "json")
SLOW_MARKUP = "pdf"
NETWORK = ("--offline", "--no-cache", "--max-time=5")

Arguments = list[str]


class _Chooser:
    """Options that are taken or left, and values that are sound or hostile."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.hostility = rng.choice((0.0, 0.0, 0.02, 0.2))

    def value(self, *sound: str) -> str:
        """One of `sound`, now and then a hostile one; never with a NUL, which no argument can hold."""
        if self.rng.random() < self.hostility:
            text = hostile_text(self.rng, 6_000).replace("\x00", "")
            return text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
        return self.rng.choice(sound)

    def flags(self, *names: str, chance: float = 0.2) -> Arguments:
        return [name for name in names if self.rng.random() < chance]

    def option(self, name: str, *sound: str, chance: float = 0.25) -> Arguments:
        if self.rng.random() >= chance:
            return []
        value = self.value(*sound)
        return [f"{name}={value}"] if name.startswith("--") else [name, value]

    def values(self, *sound: str, most: int = 3, least: int = 1) -> Arguments:
        """Arguments behind `--`, so that a hostile one is not taken for an option."""
        return ["--", *(self.value(*sound) for _ in range(self.rng.randint(least, most)))]

    def store(self) -> Arguments:
        """The options of every command that reads a store."""
        return [
            *self.option("--bib", "bib", "bib/publications.bib", "items.json", "-", "new.bib", chance=0.1),
            *self.option("--owner", "Brook, Ada", "Franz Meyer", chance=0.1),
            *self.option("--also", "A. Brook", chance=0.05),
            *self.option("--config", "pubtrack.toml", chance=0.03),
            *self.flags("-q", chance=0.05),
        ]


def _list(use: _Chooser) -> Arguments:
    return [*use.flags("--json"), *use.store(), *use.values(*FILTERS, most=1, least=0)]


def _show(use: _Chooser) -> Arguments:
    return [*use.flags("--json", "--raw"), *use.store(), *use.values(*KEYS)]


def _set(use: _Chooser) -> Arguments:
    name, value = use.value(*FIELDS), use.value("6", "{T}", "On {Work}", "1 # jan", "brook2019", "")
    return [*use.flags("--raw", "--dry-run"), *use.store(), *use.values(*KEYS, most=1), f"{name}={value}"]


def _unset(use: _Chooser) -> Arguments:
    return [*use.flags("--dry-run"), *use.store(), *use.values(*KEYS, most=1), use.value(*FIELDS)]


def _rename(use: _Chooser) -> Arguments:
    return [*use.flags("--dry-run"), *use.store(), "--", use.value(*KEYS), use.value("new", "new:2", "brook2019")]


def _rm(use: _Chooser) -> Arguments:
    return [*use.flags("--dry-run", "--force"), *use.store(), *use.values(*KEYS)]


def _add(use: _Chooser) -> Arguments:
    way = use.rng.randrange(6)
    files = use.values("new.bib", "new.bib", "-", "bib/publications.bib", most=1)
    if way == 0:
        more = ["--from-paper", *use.flags("--apply-new", "--all", "--check", "--json")]
        return [*more, *use.option("--apply", *KEYS), *use.flags("--dry-run"), *use.store(), *files]
    if way == 1:
        return [*use.option("--doi", *DOIS, chance=1), *use.flags(*NETWORK), *use.flags("--dry-run"), *use.store()]
    if way == 2:
        source = use.rng.choice(
            (["--arxiv", "2001.00001"], ["--pmid", "123456"], ["--isbn", "9780000000002"], ["--search", "weight"],
             ["--orcid=0000-0002-1825-0097"], ["--url", "https://doi.org/10.5555/abc"], ["--url", use.value("x")],
             ["--search", use.value("shadows")], ["--arxiv", use.value("math/0001001")], ["--isbn", use.value("1")])
        )  # fmt: skip
        return [*source, *use.flags("--pick=1", "--apply-new", "--json"), *use.flags(*NETWORK), *use.store()]
    return [*use.flags("--dry-run"), *use.store(), *files]


def _fmt(use: _Chooser) -> Arguments:
    flags = use.flags("--check", "--no-align", "--keep-case", "--no-trailing-comma", "--dry-run")
    return [*flags, *use.option("--sort", "key", "type", "-year"), *use.option("--indent", "0", "4"), *use.store()]


def _render(use: _Chooser) -> Arguments:
    to = SLOW_MARKUP if use.rng.random() < 0.01 else use.rng.choice(MARKUPS)
    output = ["-o", f"out.{to}"] if to in ("docx", "pdf") else use.option("-o", "out.txt", "new/out.txt", chance=0.1)
    return [
        f"--to={to}", *output, *use.option("--style", *STYLES, chance=0.7), *use.option("--where", *FILTERS),
        *use.option("--sort", *SORTS), *use.option("--locale", "de-DE", "fr", "tr", "zh-CN", chance=0.15),
        *use.flags("--year-suffix", "--standalone", "--dry-run"), *use.option("--list", "cv", "short", chance=0.1),
        *use.store(),
    ]  # fmt: skip


def _cv(use: _Chooser) -> Arguments:
    return [*use.flags("--check", "--diff", "--dry-run"), *use.store(), *use.values(*FILLED)]


def _styles(use: _Chooser) -> Arguments:
    return [*use.flags("--json"), *use.values("chicago", "apa", most=1, least=0)]


def _export(use: _Chooser) -> Arguments:
    to = use.rng.choice(EXPORTS)
    output = ["-o", "site"] if to == "hugo" else use.option("-o", "out.bib", "paper.md", chance=0.3)
    own = [
        *use.option("--profile", "ieee", "acm", "mine", "springer"), *use.option("--encoding", "latex", "unicode"),
        *use.option("--journals", "full", "iso4", "short"), *use.option("--rekey", "{family}{year}", chance=0.15),
        *use.option("--keep", *FIELDS), *use.option("--drop", *FIELDS), *use.option("--venues", "short", "full"),
        *use.option("--strings", "keep", "resolve"), *use.flags("--unused", chance=0.05),
        *use.option("--also-from", *DOCUMENTS, chance=0.1),
    ] if to in ("bibtex", "biblatex") else []  # fmt: skip
    return [
        f"--to={to}", *output, *own, *use.option("--where", *FILTERS), *use.option("--key", *KEYS, chance=0.15),
        *use.option("--list", "cv", "short", chance=0.1),
        *(use.flags("--check", "--diff", "--dry-run", chance=0.1) if output else []),
        *(use.flags("--force", chance=0.6) if output else []), *use.store(), *use.values(*DOCUMENTS, most=2, least=0),
    ]  # fmt: skip


def _check(use: _Chooser) -> Arguments:
    return [
        *use.option("--format", "json", "github", "sarif", "text"), *use.option("--select", "ttl", "net", "syn,fld"),
        *use.option("--ignore", "ttl", chance=0.1), *use.option("-o", "report.txt", chance=0.1),
        *use.option("--html", "report.html", chance=0.1), *use.option("--baseline", "base.json", chance=0.15),
        *use.option("--cited", *DOCUMENTS), *use.option("--explain", "ttl-caps", chance=0.02),
        *use.flags("--strict", "--group", "--list-rules", "--update-baseline", chance=0.06),
        *use.flags("--fix", "--diff", "--online"), *use.flags("--urls", chance=0.08), *use.flags(*NETWORK, chance=0.1),
        *use.store(), *use.values(*FILTERS, most=1, least=0),
    ]  # fmt: skip


def _refresh(use: _Chooser) -> Arguments:
    if use.rng.random() < 0.25:  # goes by the proposals of the last run
        return [use.rng.choice(("--keep-all", "--undo", f"--apply={use.value('1')}", "--keep=1")), *use.store()]
    return [
        *use.flags("--apply-safe", chance=0.4), *use.option("--where", *FILTERS, chance=0.1),
        *use.flags("--no-search", "--json", "--dry-run", "--published=upgrade"), *use.flags(*NETWORK),
        *use.store(), *use.values(*KEYS, most=2, least=0),
    ]  # fmt: skip


def _dedupe(use: _Chooser) -> Arguments:
    if use.rng.random() < 0.6:
        return [*use.flags("--json"), *use.store()]
    take = [f"--take={field}=brook2019" for field in ("title", "author", "year", "doi") if use.rng.random() < 0.6]
    merge = ["--merge", "brook2019", use.value("brook2020", "meyer2001", *KEYS)]
    return [*merge, *take, *use.option("--take", "x=y", chance=0.1), *use.flags("--dry-run", "--no-ids"), *use.store()]


def _who(use: _Chooser) -> Arguments:
    return [*use.flags("--json"), *use.store(), *use.values(*KEYS, least=0)]


def _init(use: _Chooser) -> Arguments:
    return [
        f"--name={use.value('Brook, Ada', 'X')}", *use.option("--orcid", "0000-0002-1825-0097"),
        *use.flags("--dry-run"), *use.values("new", ".", "bib", most=1, least=0),
    ]  # fmt: skip


def _completion(use: _Chooser) -> Arguments:
    return [use.value("bash", "zsh", "fish")]


COMMANDS: Mapping[str, tuple[Callable[[_Chooser], Arguments], int]] = {
    "list": (_list, 4), "show": (_show, 3), "set": (_set, 4), "unset": (_unset, 2), "rename": (_rename, 3),
    "rm": (_rm, 3), "add": (_add, 9), "fmt": (_fmt, 5), "render": (_render, 12), "cv": (_cv, 9), "styles": (_styles, 1),
    "export": (_export, 14), "check": (_check, 12), "refresh": (_refresh, 10), "dedupe": (_dedupe, 6), "who": (_who, 3),
    "init": (_init, 1), "completion": (_completion, 1),
}  # fmt: skip
"""How the arguments of each command are made, and how often it is run."""
_PLAIN: tuple[Callable[[_Chooser], Arguments], int] = (_Chooser.store, 2)
"""The same for a command that has no line there."""


def make_arguments(rng: random.Random) -> tuple[str, ...]:
    """A command and its arguments."""
    names = [name for group in GROUPS.values() for name in group]
    name = rng.choices(names, [COMMANDS.get(name, _PLAIN)[1] for name in names])[0]
    arguments = COMMANDS.get(name, _PLAIN)[0](_Chooser(rng))
    # One run in fifty has its arguments shuffled or lost, to meet the errors of usage.
    if rng.random() < 0.02 and arguments:
        arguments = rng.sample(arguments, rng.randint(0, len(arguments)))
    return name, *(argument for argument in arguments if "\x00" not in argument)
