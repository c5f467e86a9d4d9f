"""The exports read by the tools they are for: `python -m tests.exports.real_tools SCRATCH` prints a line for each.

SCRATCH keeps the tools from one run to the next; they come from PyPI and npm and are no dependencies of pubtrack.
Exit 1 when a tool refuses an export. A tool that cannot be had on this machine is named, and is a failure with CI set.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pubtrack.exports import Part, Selection, export
from pubtrack.library import Library
from tests.exports.samples import selection, wicked_selection

REFERENCE = Path(__file__).parent.parent / "data" / "reference.bib"
HERE = Path(__file__).parent / "readers"


class AbsentError(Exception):
    """A tool that this machine has no way to run."""


def selections() -> Mapping[str, Selection]:
    """What every format is tried with: a usual list, the reference store, and wicked values."""
    reference = Library.load(REFERENCE).works
    return {"list": selection(), "reference": Selection((Part(tuple(reference)),)), "wicked": wicked_selection()}


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


def program(*names: str) -> str:
    for name in names:
        found = shutil.which(name)
        if found and not subprocess.run([found, "--version"], capture_output=True, check=False).returncode:
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


def al_folio(scratch: Path) -> str:
    """A BibTeX parser that is not ours; jekyll-scholar's own is a Ruby gem."""
    python = environment(scratch, "bibtexparser", sys.executable, "bibtexparser>=1.4,<2")
    count = 0
    for name, chosen in selections().items():
        (scratch / f"{name}.bib").write_text(str(export(chosen, "al-folio")), encoding="utf-8", newline="\n")
        read = int(run([python, HERE / "bib_reader.py", scratch / f"{name}.bib"], scratch))
        assert read == len(chosen.works), f"{read} entries of {len(chosen.works)}"
        count += read
    return f"{count} entries are read by bibtexparser 1"


CHECKS: Mapping[str, Callable[[Path], str]] = {
    "rendercv": rendercv,
    "json-resume": json_resume,
    "al-folio": al_folio,
    "hugo": hugo,
    "csl-json": csl_json,
    "json-ld": json_ld,
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
