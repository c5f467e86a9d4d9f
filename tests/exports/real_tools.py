"""The exports read by the tools they are for: `python -m tests.exports.real_tools SCRATCH` prints a line for each.

SCRATCH keeps the tools from one run to the next; they come from PyPI and npm and are not dependencies of pubtrack.
Exit 1 when a tool refuses an export. A tool that cannot be had on this machine is named, and is a failure with CI set.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from pubtrack.exports import Selection, SelectionSection, export
from pubtrack.exports._shared_fields import words
from pubtrack.model.richtext import Text
from pubtrack.model.work import Work
from pubtrack.store.library import Library
from tests.exports.samples import selection, wicked_selection

REFERENCE = Path(__file__).parent.parent / "data" / "reference.bib"
HERE = Path(__file__).parent / "readers"


class AbsentError(Exception):
    """A tool that this machine has no way to run."""


def selections() -> Mapping[str, Selection]:
    """What every format is tried with: a usual list, the reference store, and wicked values."""
    reference = Library.load(REFERENCE).works
    return {
        "list": selection(),
        "reference": Selection((SelectionSection(tuple(reference)),)),
        "wicked": wicked_selection(),
    }


def run(arguments: Sequence[str | Path], folder: Path, *, stdin: str = "") -> str:
    """The output of a program; an AssertionError with what it said where it fails."""
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(argument) for argument in arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env=plain | {"PYTHONUTF8": "1"},
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise AssertionError(f"{Path(str(arguments[0])).name} exits {done.returncode}: {said[-1500:]}")
    return done.stdout


def program(*names: str, version: str = "--version") -> str:
    """The path of the first of these programs that runs when it is asked for its `version`."""
    for name in names:
        found = shutil.which(name)
        if found and not subprocess.run([found, version], capture_output=True, check=False).returncode:
            return found
    raise AbsentError(f"{' or '.join(names)} is not here")


def modern_python() -> str:
    """An interpreter for RenderCV, which wants 3.12 or newer."""
    if sys.version_info >= (3, 12):
        return sys.executable
    homes = sorted(Path(sys.base_prefix).parent.glob("3.1[2-9].*/bin/python"))  # beside this one, as pyenv has them
    try:
        return program("python3.14", "python3.13", "python3.12")
    except AbsentError:
        if homes:
            return str(homes[-1])
        raise AbsentError("RenderCV needs Python 3.12 or newer, and this machine has none") from None


def environment(scratch: Path, name: str, python: str, *packages: str) -> Path:
    """The interpreter of a virtual environment of its own that has the packages."""
    folder = scratch / name
    interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "installed").exists():
        run([python, "-m", "venv", "--clear", folder], scratch)
        run([interpreter, "-m", "pip", "install", "--quiet", *packages], scratch)
        (folder / "installed").touch()
    return interpreter


def node_modules(scratch: Path, *packages: str) -> Path:
    npm = program("npm")
    folder = scratch / "node"
    if not (folder / "installed").exists():
        folder.mkdir(exist_ok=True)
        (folder / "package.json").write_text("{}", encoding="utf-8")
        run([npm, "install", "--silent", "--no-audit", "--no-fund", *packages], folder)
        (folder / "installed").touch()
    return folder / "node_modules"


# One function for each format: it says what was read, or raises AssertionError -----------------------------------


def rendercv(scratch: Path) -> str:
    python = environment(scratch, "rendercv", modern_python(), "rendercv[full]>=2.8")
    count = 0
    for name, chosen in selections().items():
        (scratch / f"{name}.yaml").write_text(str(export(chosen, "rendercv")), encoding="utf-8")
        count += int(run([python, HERE / "rendercv_reader.py", scratch / f"{name}.yaml"], scratch))
    wanted = sum(len(chosen.works) for chosen in selections().values())
    assert count == wanted, f"{count} entries of {wanted}"
    return f"{count} publication entries are valid for its model, and in Typst no value is a command"


def json_resume(scratch: Path) -> str:
    python = environment(scratch, "jsonschema", sys.executable, "jsonschema[format-nongpl]>=4.20")
    schema = node_modules(scratch, "@jsonresume/schema", "schema-dts", "typescript") / "@jsonresume/schema/schema.json"
    return _by_schema(scratch, python, schema, "json-resume", "publications")


def csl_json(scratch: Path) -> str:
    python = environment(scratch, "jsonschema", sys.executable, "jsonschema[format-nongpl]>=4.20")
    schema = scratch / "csl-data.json"
    if not schema.exists():  # a wheel that carries CSL's schema
        name = "commonmeta/resources/csl-data.json"
        run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "commonmeta-py"], scratch)
        with zipfile.ZipFile(next(scratch.glob("commonmeta_py-*.whl"))) as wheel:
            schema.write_bytes(wheel.read(name))
    return _by_schema(scratch, python, schema, "csl-json", "")


def _by_schema(scratch: Path, python: Path, schema: Path, to: str, member: str) -> str:
    count = 0
    for name, chosen in selections().items():
        content = str(export(chosen, to))
        value = json.loads(content)
        count += len(value[member] if member else value)
        path = scratch / f"{name}.{to}.json"
        path.write_text(content, encoding="utf-8")
        run([python, HERE / "schema_reader.py", schema, path], scratch)
    return f"{count} items are valid by its schema"


def json_ld(scratch: Path) -> str:
    """schema.org's vocabulary as TypeScript types: the compiler refuses a property that a type has not."""

    def typescript(graph: str) -> str:
        return f'import type {{ Graph }} from "schema-dts";\nexport const graph: Graph = {graph};\n'

    modules = node_modules(scratch, "@jsonresume/schema", "schema-dts", "typescript")
    nodes = 0
    for name, chosen in selections().items():
        content = str(export(chosen, "json-ld"))
        nodes += len(json.loads(content)["@graph"])
        (modules.parent / f"{name}.ts").write_text(typescript(content), encoding="utf-8")
    files = [f"{name}.ts" for name in selections()]
    # A type that takes anything would prove nothing.
    wrong = '{"@context": "https://schema.org", "@graph": [{"@type": "Book", "pagination": "1"}]}'
    (modules.parent / "wrong.ts").write_text(typescript(wrong), encoding="utf-8")
    flags = ("--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext")
    compiler: list[str | Path] = [program("node"), modules / "typescript/bin/tsc", *flags]
    run([*compiler, *files], modules.parent)
    try:
        run([*compiler, "wrong.ts"], modules.parent)
    except AssertionError as refusal:
        assert "pagination" in str(refusal), refusal
    else:
        raise AssertionError("the compiler takes a property that schema.org does not have there")
    return f"{nodes} nodes have the types and properties of schema.org"


def hugo(scratch: Path) -> str:
    """A site whose page prints the fields as Hugo Blox does, with raw HTML allowed as its configuration has it."""
    python = environment(scratch, "hugo", sys.executable, "hugo>=0.130")
    binary = python.with_name("hugo.exe" if os.name == "nt" else "hugo")
    count = 0
    for name, chosen in selections().items():
        site = scratch / f"site-{name}"
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(HERE / "hugo_site", site)
        files = export(chosen, "hugo")
        assert not isinstance(files, str)
        for file, content in files.items():
            path = site / "content" / "publication" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
        run([binary, "--quiet", "--panicOnWarning"], site)
        pages = sorted((site / "public" / "publication").glob("*/index.html"))
        assert len(pages) == len(files) // 2, f"{len(pages)} pages of {len(files) // 2}"
        for page in pages:
            html = page.read_text(encoding="utf-8")
            # Hugo makes links of the addresses in running text.
            tags = set(re.findall(r"<(?!/?(?:p|em|i|a)>|a href=\"?https?:)[^>]*>", html))
            assert not tags, f"{page.parent.name} has the tags {sorted(tags)}"
        count += len(pages)
    return f"{count} pages are built, and no value is a tag or a template"


def bib(scratch: Path, to: str) -> str:
    """A BibTeX parser that is not ours; jekyll-scholar's own is a Ruby gem. BibTeX and biber: test_bib_slow.py."""
    python = environment(scratch, "bibtexparser", sys.executable, "bibtexparser>=1.4,<2")
    count = 0
    for name, chosen in selections().items():
        (scratch / f"{name}.bib").write_text(str(export(chosen, to)), encoding="utf-8", newline="\n")
        read = int(run([python, HERE / "bib_reader.py", scratch / f"{name}.bib"], scratch))
        assert read == len(chosen.works), f"{read} entries of {len(chosen.works)}"
        count += read
    return f"{count} entries are read by bibtexparser 1"


def _written(scratch: Path, to: str, ending: str) -> list[tuple[str, Path, Selection]]:
    """The export of each selection in a file of its own."""
    found = []
    for name, chosen in selections().items():
        path = scratch / f"{name}.{to}.{ending}"
        path.write_text(str(export(chosen, to)), encoding="utf-8", newline="")
        found.append((name, path, chosen))
    return found


def _title(work: Work) -> str:
    return _letters(words(work.title))


def _letters(value: str) -> str:
    """What all tools agree on: no blanks, dashes, quotes, case or raised figures."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", value).casefold() if sign.isalnum())


def _bibutils(path: Path, reader: str, chosen: Selection, *, titles: bool) -> int:
    """How many entries bibutils makes of a file; with `titles` each has its work's."""
    mods = run([program(reader), "-i", "unicode", path], path.parent) if reader else path.read_text(encoding="utf-8")
    bib = run([program("xml2bib"), "-nl", "-nb"], path.parent, stdin=mods)
    found = re.findall(r'^title="(.*)"', bib, re.M)
    if titles:
        wanted = [_title(work) for work in chosen.works]
        assert [_letters(title) for title in found] == wanted, f"{path.name}: other titles"
    return len(re.findall(r"^@\w+\{", bib, re.M))


def ris(scratch: Path) -> str:
    python = environment(scratch, "rispy", sys.executable, "rispy>=0.10")
    count = 0
    for name, path, chosen in _written(scratch, "ris", "ris"):
        read = json.loads(run([python, HERE / "ris_reader.py", path], scratch))
        assert [record["title"] for record in read] == [words(work.title) for work in chosen.works], f"{name}: titles"
        people = [len(record["authors"]) for record in read]
        assert people == [len(work.author) + ("author" in work.others) for work in chosen.works], f"{name}: authors"
        entries = _bibutils(path, "ris2xml", chosen, titles=name == "list")
        assert entries == len(chosen.works), f"bibutils reads {entries} records of {len(chosen.works)}"
        count += entries
    return f"{count} records are read by rispy, with their titles and authors, and by bibutils"


def endnote_xml(scratch: Path) -> str:
    count = 0
    for name, path, chosen in _written(scratch, "endnote-xml", "xml"):
        run([program("xmllint"), "--noout", path], scratch)
        entries = _bibutils(path, "endx2xml", chosen, titles=name == "list")
        assert entries == len(chosen.works), f"bibutils reads {entries} records of {len(chosen.works)}"
        count += entries
    return f"{count} records are XML for xmllint and references for bibutils"


def mods(scratch: Path) -> str:
    count = 0
    for name, path, chosen in _written(scratch, "mods", "xml"):
        run([program("xmllint"), "--noout", path], scratch)
        entries = _bibutils(path, "", chosen, titles=name == "list")
        assert entries == len(chosen.works), f"bibutils reads {entries} records of {len(chosen.works)}"
        count += entries
    return f"{count} records are XML for xmllint and references for bibutils"


def bibtexml(scratch: Path) -> str:
    python = environment(scratch, "pybtex", sys.executable, "pybtex>=0.25", "setuptools")
    count = 0
    for _, path, chosen in _written(scratch, "bibtexml", "xml"):
        run([program("xmllint"), "--noout", path], scratch)
        run([python, "-m", "pybtex.database.convert", "-f", "bibtexml", "-t", "bibtex", path, "out.bib"], scratch)
        bib = (scratch / "out.bib").read_text(encoding="utf-8")
        entries = len(re.findall(r"^@\w+\{", bib, re.M))
        assert entries == len(chosen.works), f"{entries} entries of {len(chosen.works)}"
        count += entries
    return f"{count} entries are XML for xmllint and turn into BibTeX by pybtex's converter"


def table(scratch: Path) -> str:
    """The stdlib's csv, and SQLite's own reader of such files."""
    count = 0
    for name, path, chosen in _written(scratch, "csv", "csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        assert len(rows) == len(chosen.works), f"{len(rows)} rows of {len(chosen.works)}"
        if name != "wicked":
            assert [row["title"] for row in rows] == [words(work.title) for work in chosen.works]
        lines = [".mode csv", f".import '{path}' t", "select count(*) from t;"]
        counted = run([program("sqlite3"), ":memory:"], scratch, stdin="\n".join(lines))
        assert int(counted) == len(rows), f"SQLite reads {counted.strip()} rows of {len(rows)}"
        count += len(rows)
    return f"{count} rows are read by Python's csv and by SQLite"


def hayagriva(scratch: Path) -> str:
    """A document with the whole bibliography, in two styles; the text of its pages has every title."""
    python = environment(scratch, "typst", sys.executable, "typst>=0.13")
    count = 0
    for name, path, chosen in _written(scratch, "hayagriva", "yml"):
        for style in ("apa", "ieee"):
            page = scratch / f"{name}-{style}.typ"
            page.write_text(
                f'#set page(width: 60cm)\n#bibliography("{path.name}", full: true, style: "{style}")\n',
                encoding="utf-8",
            )
            compile_ = f"import typst; typst.compile({page.name!r}, output={page.stem + '.pdf'!r})"
            run([python, "-c", compile_], scratch)
            shown = _letters(run([program("pdftotext", version="-v"), "-layout", f"{page.stem}.pdf", "-"], scratch))
            missing = [work.id for work in chosen.works if _latin(work.title) and _title(work) not in shown]
            assert not missing or name == "wicked", f"{style} does not show {missing}"
            assert "rootx00" not in shown, "a value was run"
        count += len(chosen.works)
    return f"{count} entries are set by Typst, and the page has their titles"


def _latin(title: Text) -> bool:
    """Whether Typst's own fonts have the letters."""
    return all(ord(sign) < 0x2000 for sign in _letters(words(title)))


def jsonl(scratch: Path) -> str:
    count = 0
    for _, path, chosen in _written(scratch, "jsonl", "jsonl"):
        ids = [json.loads(line) for line in run([program("jq"), "-c", ".id", path], scratch).splitlines()]
        assert ids == [work.id for work in chosen.works], "jq reads other items"
        count += len(ids)
    return f"{count} items are read by jq, one in each line"


CHECKS: Mapping[str, Callable[[Path], str]] = {
    "rendercv": rendercv,
    "json-resume": json_resume,
    "bibtex": partial(bib, to="bibtex"),
    "biblatex": partial(bib, to="biblatex"),
    "al-folio": partial(bib, to="al-folio"),
    "hugo": hugo,
    "csl-json": csl_json,
    "json-ld": json_ld,
    "ris": ris,
    "endnote-xml": endnote_xml,
    "mods": mods,
    "bibtexml": bibtexml,
    "csv": table,
    "hayagriva": hayagriva,
    "jsonl": jsonl,
}


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m tests.exports.real_tools SCRATCH", file=sys.stderr)
        return 2
    scratch = Path(arguments[0]).resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name, check in CHECKS.items():
        try:
            print(f"ok    {name}: {check(scratch)}", flush=True)
        except AssertionError as error:
            failed += 1
            print(f"FAIL  {name}: {error}", flush=True)
        except AbsentError as error:
            failed += bool(os.environ.get("CI"))
            print(f"not run  {name}: {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
