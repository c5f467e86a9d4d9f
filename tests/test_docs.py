"""The documentation: its commands work, its configuration is read, and it is complete."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from pubtrack import config
from pubtrack.cli import GROUPS, cli
from tests.cli.run import run_in
from tests.sources.fake_payloads import Sample
from tests.sources.fake_server import FakeServer

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<content>.*?)^```", re.M | re.S)

STORE = """\
@article{carberry2008,
  author  = {Carberry, Josiah S. and Roe, Ann},
  title   = {Toward a Unified Theory of High-Energy Metaphysics},
  journal = {Journal of Psychoceramics},
  volume  = {5},
  pages   = {1--3},
  year    = {2008},
  doi     = {10.5555/12345678},
}

@book{carberry2012,
  author    = {Carberry, Josiah},
  title     = {Silly String Theory},
  publisher = {Brown University Press},
  year      = {2012},
}
"""


def commands(page: Path) -> list[str]:
    """The `$ pubtrack …` lines of a page's console blocks, comments behind two blanks and # taken off."""
    lines = [
        line.removeprefix("$ ").split("  #")[0].strip()
        for block in BLOCK.finditer(page.read_text(encoding="utf-8"))
        if block["language"] == "console"
        for line in block["content"].splitlines()
        if line.startswith("$ pubtrack")
    ]
    return [line for line in lines if line != "pubtrack"]


KNOWN = Sample(
    "10.5555/12345678", "Toward a Unified Theory of High-Energy Metaphysics", ("Josiah S.", "Carberry"), 2008
)
NEW = Sample("10.5555/12345679", "On Psychoceramic Methods and Their Uses", ("Josiah S.", "Carberry"), 2015)


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The services on loopback, for the commands that ask them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with FakeServer([KNOWN, NEW]) as fake:
        for name, url in fake.environment.items():
            monkeypatch.setenv(name, url)
        yield


@pytest.fixture
def project(tmp_path: Path, services: None) -> Path:
    """A folder in which the documented commands make sense."""
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "publications.bib").write_text(STORE, encoding="utf-8")
    (tmp_path / "pubtrack.toml").write_text('[owner]\nname = "Carberry, Josiah S."\n', encoding="utf-8")
    (tmp_path / "refs.bib").write_text(STORE, encoding="utf-8")
    (tmp_path / "paper.tex").write_text("\\begin{document}\\cite{carberry2008}\\end{document}\n", encoding="utf-8")
    (tmp_path / "new.bib").write_text("@book{new2020, title = {New}, year = {2020}}\n", encoding="utf-8")
    (tmp_path / "paper.tex").write_text("As \\citet{carberry2008} says.\n", encoding="utf-8")
    (tmp_path / "cv.md").write_text("# CV\n\n<!-- pubtrack:begin cv -->\n<!-- pubtrack:end -->\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_top_to_bottom(page: Path, project: Path) -> None:
    for line in commands(page):
        result = run_in(project, *shlex.split(line)[1:])
        assert result.code == 0, f"{line}: {result.err}"


def every_command() -> list[str]:
    return [name for names in GROUPS.values() for name in names]


@pytest.mark.parametrize("name", every_command())
def test_a_commands_help_ends_with_an_example_that_runs(name: str, project: Path) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.epilog is not None
    example = command.epilog.removeprefix("Example: ")
    assert command.epilog.startswith("Example: ")
    if name in ("init", "completion"):
        example = example.removeprefix('eval "$(').removesuffix(')"')
    if "carberry2008 --raw" not in example and "--check" in example:
        assert run_in(project, "cv", "cv.md").code == 0
    result = run_in(project, *shlex.split(example)[1:])
    assert result.code == 0, result.err


def test_the_page_of_commands_is_what_the_help_says(golden: Callable[[Path, str], None]) -> None:
    parts = ["# Commands\n\nWritten from the commands' own help; `pytest --update-golden` writes it anew.\n"]
    for title, names in GROUPS.items():
        parts.append(f"## {title}\n")
        parts += (f"### pubtrack {name}\n\n```text\n{help_of(name)}\n```\n" for name in names)
    golden(ROOT / "docs" / "commands.md", "\n".join(parts))


def help_of(name: str) -> str:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    parent = click.Context(cli, info_name="pubtrack", help_option_names=["-h", "--help"])
    context = click.Context(command, parent, name, max_content_width=100, terminal_width=100)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def test_the_documented_configuration_is_read_and_complete() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    source = next(block["content"] for block in BLOCK.finditer(page) if block["language"] == "toml")
    documented = config.parse(source)
    words = set(re.findall(r"\w+", source))
    own = (config.OwnerConfig, config.StoreConfig, config.NetworkConfig)
    tables = (*own, config.ListConfig, config.RefreshConfig, config.CheckConfig, config.ExportConfig)
    fields = {name for table in tables for name in table.__slots__}
    assert fields <= words
    assert documented.list_named("cv").sections[0].prefix == "J"


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in [*PAGES, *sorted((ROOT / "docs" / "decisions").glob("*.md"))]
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_page_that_the_code_names_is_there() -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py"))]
    named = {found for source in sources for found in re.findall(r"(?<![\w/])docs/[\w/-]+\.(?:md|toml)", source)}
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_python_of_the_documentation_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    for page in PAGES:
        for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
            if block["language"] == "python":
                exec(compile(block["content"], page.name, "exec"), {})
    assert "volume  = {6}" in (project / "bib" / "publications.bib").read_text(encoding="utf-8")
