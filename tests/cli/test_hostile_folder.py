"""A stranger's folder, as after a clone: it leads no read and no write out of itself, and a refusal writes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.project import make_project
from tests.cli.run import Run, run_in, run_process

pytestmark = pytest.mark.skipif(os.name == "nt", reason="symbolic links and pipes need a privilege there, or are none")

STORE = "@book{a, author={Doe, Jane}, title={On Work}, year=1999}\n"
SECRET = "@book{secret, author={Roe, Ann}, title={The Secret}, year=2001}\n"
STYLE = (Path(__file__).parents[2] / "src" / "pubtrack" / "styles" / "cv.csl").read_bytes()
REGION = "<!-- pubtrack:begin cv{} -->\nold\n<!-- pubtrack:end -->\n"
READER = "import sys; print(open(sys.argv[1]).read())"
READING = (["list"], ["show", "a"], ["render"], ["check"], ["export"], ["dedupe"])
WRITING = (["set", "a", "year=2000"], ["fmt"], ["add", "new.bib"], ["check", "--fix"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`clone` is the stranger's; `home` beside it is the user's."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "secret.bib").write_text(SECRET, encoding="utf-8")
    (tmp_path / "home" / "x.csl").write_bytes(STYLE)
    clone = tmp_path / "clone"
    clone.mkdir()
    make_project(clone, STORE)
    (clone / "new.bib").write_text("@book{b, author={Doe, Jane}, title={More}, year=2002}\n", encoding="utf-8")
    monkeypatch.setenv("PUBTRACK_USER_CONFIG", str(tmp_path / "home" / "config.toml"))
    return clone


@pytest.fixture
def home(folder: Path) -> Path:
    return folder.parent / "home"


def tree(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything beside and in the folder: inode, time and content."""
    found = {}
    for path in sorted(folder.parent.rglob("*")):
        status = path.lstat()
        content = b""
        if path.is_symlink():
            content = os.fsencode(path.readlink())
        elif path.is_file():
            content = path.read_bytes() if status.st_size < 1_000_000 else b"large"
        time = 0 if path.is_dir() else status.st_mtime_ns  # a lock that came and went changes that of its folder
        found[str(path)] = status.st_ino, time, content
    return found


def refused(folder: Path, *arguments: str, names: str, leads_to: Path | None = None) -> Run:
    """A run that is refused in one line which names a path, and that changes nothing."""
    before = tree(folder)
    result = run_in(folder, *arguments)
    assert (result.code, result.out) == (1, ""), (arguments, result)
    lines = result.err.splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"{names}: "), lines
    assert "The Secret" not in result.err
    assert tree(folder) == before
    if leads_to is not None:
        assert f"leads out of the project folder, to {leads_to}; " in lines[0]
        assert "--allow-outside" in lines[0]
        assert f"allow_outside in {folder.parent / 'home' / 'config.toml'}" in lines[0]
    return result


def configure(folder: Path, text: str) -> None:
    (folder / "pubtrack.toml").write_text(f'{text}[owner]\nname = "Doe, Jane"\n', encoding="utf-8")


# The store -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [*READING, *WRITING], ids=" ".join)
def test_a_bib_that_links_out_of_the_folder_is_not_followed(folder: Path, home: Path, arguments: list[str]) -> None:
    (folder / "bib" / "x.bib").symlink_to(home / "secret.bib")
    refused(folder, *arguments, names="bib/x.bib", leads_to=home / "secret.bib")


@pytest.mark.parametrize("arguments", [*READING, *WRITING], ids=" ".join)
def test_a_store_that_links_out_of_the_folder_is_not_followed(folder: Path, home: Path, arguments: list[str]) -> None:
    (folder / "bib" / "publications.bib").unlink()
    (folder / "bib").rmdir()
    (folder / "bib").symlink_to("../home")
    refused(folder, *arguments, names="bib", leads_to=home)


@pytest.mark.parametrize("arguments", [["list"], ["set", "a", "year=2000"]], ids=" ".join)
@pytest.mark.parametrize("spelled", ["../home", "{home}", "{home}/secret.bib", "bib/../../home/secret.bib"])
def test_a_configured_store_outside_the_folder_is_not_followed(
    folder: Path, home: Path, spelled: str, arguments: list[str]
) -> None:
    path = spelled.format(home=home)
    configure(folder, f'[store]\npath = "{path}"\n')
    leads_to = home / "secret.bib" if path.endswith(".bib") else home
    refused(folder, *arguments, names=path, leads_to=leads_to)


@pytest.mark.parametrize("arguments", [["refresh", "--undo"], ["refresh", "--keep-all"], ["list"], ["refresh"]])
def test_notes_that_link_out_of_the_folder_are_not_followed(folder: Path, home: Path, arguments: list[str]) -> None:
    (folder / "bib" / ".pubtrack").symlink_to(home)
    refused(folder, *arguments, names="bib/.pubtrack", leads_to=home)


def test_a_note_that_links_out_of_the_folder_is_not_followed(folder: Path, home: Path) -> None:
    (folder / "bib" / ".pubtrack").mkdir()
    (folder / "bib" / ".pubtrack" / "fetched.jsonl").symlink_to(home / "secret.bib")
    refused(folder, "refresh", "--keep-all", names="bib/.pubtrack/fetched.jsonl", leads_to=home / "secret.bib")


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "new.bib").rename(folder / "more" / "new.bib")
    (folder / "bib" / "x.bib").symlink_to("../more/new.bib")
    assert run_in(folder, "set", "b", "year=2003").code == 0
    assert (folder / "bib" / "x.bib").is_symlink()
    assert "2003" in (folder / "more" / "new.bib").read_text(encoding="utf-8")


def test_a_bib_that_the_user_names_is_read_but_not_written_through_a_link_of_the_folder(
    folder: Path, home: Path
) -> None:
    (folder / "x.bib").symlink_to(home / "secret.bib")
    assert "secret" in run_in(folder, "list", "--bib", "x.bib").out
    refused(folder, "set", "secret", "year=1", "--bib", "x.bib", names="x.bib", leads_to=home / "secret.bib")
    assert run_in(folder, "set", "secret", "year=2000", "--bib", "../home/secret.bib").code == 0
    assert "year=2000" in (home / "secret.bib").read_text(encoding="utf-8")


def test_without_a_configuration_the_folder_of_the_named_file_is_the_boundary(folder: Path, home: Path) -> None:
    (folder / "pubtrack.toml").unlink()
    (folder / "bib" / "x.bib").symlink_to(home / "secret.bib")
    refused(folder, "list", "--bib", "bib", names="bib/x.bib", leads_to=home / "secret.bib")
    refused(folder, "fmt", "--bib", "bib/x.bib", names="bib/x.bib", leads_to=home / "secret.bib")
    assert run_in(folder, "list", "--bib", "bib/x.bib").code == 0
    assert run_in(folder, "set", "a", "year=2000", "--bib", "bib/publications.bib").code == 0


def test_a_second_library_that_the_user_names_leads_nowhere_either(folder: Path, home: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "x.bib").symlink_to(home / "secret.bib")
    refused(folder, "export", "--also-from", "other", names="other/x.bib", leads_to=home / "secret.bib")


# What the configuration names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["../home/x.csl", "{home}/x.csl", "link.csl"])
def test_a_configured_style_outside_the_folder_is_not_read(folder: Path, home: Path, path: str) -> None:
    (folder / "link.csl").symlink_to(home / "x.csl")
    configure(folder, f'[lists.cv]\nstyle = "{path.format(home=home)}"\n')
    refused(folder, "render", names=path.format(home=home), leads_to=home / "x.csl")


def test_a_section_and_a_region_lead_to_no_style_outside(folder: Path, home: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "cv.md").write_text(REGION.format(" style=sub/../../home/x.csl"), encoding="utf-8")
    refused(folder, "cv", "cv.md", names="sub/../../home/x.csl", leads_to=home / "x.csl")
    configure(folder, '[lists.cv]\nsections = [{ title = "All", style = "../home/x.csl" }]\n')
    refused(folder, "render", names="../home/x.csl", leads_to=home / "x.csl")


def test_the_parent_of_a_style_is_not_read_outside_the_folder(folder: Path, home: Path) -> None:
    dependent = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>D</title><id>d</id>'
        '<link href="http://www.zotero.org/styles/mine" rel="independent-parent"/></info></style>'
    )
    (folder / "d.csl").write_text(dependent, encoding="utf-8")
    (folder / "mine.csl").symlink_to(home / "x.csl")
    configure(folder, '[lists.cv]\nstyle = "d.csl"\n')
    refused(folder, "render", names="mine.csl", leads_to=home / "x.csl")


def test_styles_by_name_in_the_folder_and_named_by_the_user_are_read(folder: Path, home: Path) -> None:
    (folder / "own.csl").write_bytes(STYLE)
    for style in ("apa", "own.csl"):
        configure(folder, f'[lists.cv]\nstyle = "{style}"\n')
        assert run_in(folder, "render").code == 0
    (folder / "link.csl").symlink_to(home / "x.csl")
    for style in ("../home/x.csl", "link.csl"):
        assert "On Work" in run_in(folder, "render", "--style", style).out


def test_a_configured_baseline_outside_the_folder_is_neither_read_nor_written(folder: Path, home: Path) -> None:
    configure(folder, '[check]\nbaseline = "../home/baseline.json"\n')
    for more in ([], ["--update-baseline"]):
        refused(folder, "check", *more, names="../home/baseline.json", leads_to=home / "baseline.json")
    assert run_in(folder, "check", "--baseline", "../home/named.json").code == 0
    assert (home / "named.json").exists()


def test_a_configuration_that_links_out_of_the_folder_is_not_read(folder: Path, home: Path) -> None:
    (folder / "pubtrack.toml").unlink()
    (folder / "pubtrack.toml").symlink_to(home / "secret.bib")
    refused(folder, "list", names=str(folder / "pubtrack.toml"), leads_to=home / "secret.bib")


@pytest.mark.parametrize("service", ["crossref", "doi", "openalex", "anything"])
def test_a_configuration_cannot_aim_requests(folder: Path, service: str) -> None:
    configure(folder, f'[network]\n\n{service} = "http://127.0.0.1:631/"\n')
    message = refused(folder, "add", "--doi", "10.5555/x", names=f"{folder}/pubtrack.toml:3").err
    assert f"PUBTRACK_{service.upper()}_URL" in message


# What is written -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["render", "-o", "out.md"],
        ["render", "-o", "out.md", "--dry-run"],
        ["export", "-o", "out.md", "--force"],
        ["export", "--to", "ris", "-o", "out.md", "--check"],
        ["check", "-o", "out.md"],
        ["check", "--html", "out.md"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("target", ["secret.bib", "none"])
def test_an_output_that_links_out_of_the_folder_is_not_written(
    folder: Path, home: Path, arguments: list[str], target: str
) -> None:
    (folder / "out.md").symlink_to(home / target)
    refused(folder, *arguments, names="out.md", leads_to=home / target)


@pytest.mark.parametrize("arguments", [["render"], ["export", "--force"], ["check"]], ids=" ".join)
def test_a_pipe_in_the_folder_is_not_written_to(folder: Path, arguments: list[str]) -> None:
    os.mkfifo(folder / "out.md")
    assert "it is a named pipe" in refused(folder, *arguments, "-o", "out.md", names="out.md").err


def test_a_pipe_outside_the_folder_that_the_user_names_is_written_to(folder: Path, home: Path) -> None:
    os.mkfifo(home / "pipe")
    with subprocess.Popen([sys.executable, "-c", READER, str(home / "pipe")], stdout=subprocess.PIPE) as reader:
        assert run_in(folder, "render", "-o", "../home/pipe").code == 0
        assert "On Work" in reader.communicate()[0].decode()


def test_a_device_that_the_user_names_is_written_to(folder: Path) -> None:
    for arguments in (["render"], ["render", "--bib", "bib/publications.bib"], ["check"]):
        assert run_in(folder, *arguments, "-o", "/dev/null").code == 0


def test_an_output_in_a_folder_that_links_out_is_not_written(folder: Path, home: Path) -> None:
    (folder / "site").symlink_to(home)
    refused(folder, "render", "-o", "site/out.md", names="site/out.md", leads_to=home / "out.md")
    refused(folder, "export", "--to", "hugo", "-o", "site", names="site", leads_to=home)


def test_a_page_of_a_folder_that_links_out_is_not_written(folder: Path, home: Path) -> None:
    assert run_in(folder, "export", "--to", "hugo", "-o", "site").code == 0
    page = next((folder / "site").glob("*/index.md"))
    page.unlink()
    page.symlink_to(home / "secret.bib")
    name = str(page.relative_to(folder))
    refused(folder, "export", "--to", "hugo", "-o", "site", "--force", names=name, leads_to=home / "secret.bib")


def test_what_stands_beside_the_pages_is_read_only_if_it_is_a_file_of_the_folder(folder: Path, home: Path) -> None:
    assert run_in(folder, "export", "--to", "hugo", "-o", "site").code == 0
    page = next((folder / "site").glob("*/index.md"))
    for name in ("pipe", "linked", "former"):
        (folder / "site" / name).mkdir()
    os.mkfifo(folder / "site" / "pipe" / "index.md")
    (home / "index.md").write_bytes(page.read_bytes())
    (folder / "site" / "linked" / "index.md").symlink_to(home / "index.md")
    (folder / "site" / "elsewhere").symlink_to(home)
    (folder / "site" / "former" / "index.md").write_bytes(page.read_bytes())
    result = run_in(folder, "export", "--to", "hugo", "-o", "site")
    assert result.code == 0
    assert [line.split(":")[1] for line in result.err.splitlines() if "earlier" in line] == [" site/former"]


def test_a_document_that_links_out_of_the_folder_is_read_but_not_filled(folder: Path, home: Path) -> None:
    (home / "cv.md").write_text(REGION.format(""), encoding="utf-8")
    (folder / "cv.md").symlink_to(home / "cv.md")
    refused(folder, "cv", "cv.md", names="cv.md", leads_to=home / "cv.md")
    assert "On Work" in run_in(folder, "cv", "cv.md", "--diff").out
    assert run_in(folder, "cv", "../home/cv.md").code == 0


def test_no_project_is_made_through_a_link(folder: Path, home: Path) -> None:
    (folder / "new").mkdir()
    (folder / "new" / "bib").symlink_to(home)
    target = home / "publications.bib"
    refused(folder, "init", "new", "--name", "Doe, J.", names="new/bib/publications.bib", leads_to=target)


@pytest.mark.parametrize("arguments", [["export", "-o"], ["render", "-o"], ["check", "-o"]], ids=" ".join)
def test_no_output_replaces_the_store_by_another_name(folder: Path, arguments: list[str]) -> None:
    (folder / "out.md").hardlink_to(folder / "bib" / "publications.bib")
    before = tree(folder)
    forced = ["--force"] if arguments[0] == "export" else []
    result = run_in(folder, *arguments, "out.md", *forced)
    assert (result.code, result.err) == (1, "out.md: this file is the store itself; write to another one\n")
    assert tree(folder) == before


def test_a_document_of_two_names_is_filled_once(folder: Path) -> None:
    (folder / "cv.md").write_text(REGION.format(""), encoding="utf-8")
    (folder / "again.md").symlink_to("cv.md")
    (folder / "third.md").hardlink_to(folder / "cv.md")
    result = run_in(folder, "cv", "cv.md", "./cv.md", "again.md", "third.md")
    assert (result.code, result.err) == (0, "pubtrack: cv.md: filled\n")


# What is not a regular file -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (os.mkfifo, "it is a named pipe"),
        (os.mkdir, "it is a folder"),
        (lambda path: large(path, 600 << 20), "this file is larger than"),
    ],
    ids=["pipe", "folder", "large"],
)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("bib/x.bib", ["list"]),
        ("bib/x.bib", ["set", "a", "year=2000"]),
        ("x.bib", ["add", "x.bib"]),
        ("x.md", ["cv", "x.md"]),
        ("x.csl", ["render"]),
        ("x.json", ["check"]),
        ("bib/.pubtrack/fetched.jsonl", ["refresh", "--keep-all"]),
        ("pubtrack.toml", ["list"]),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_what_is_no_bounded_regular_file_is_named_in_one_line(
    folder: Path, name: str, arguments: list[str], make: Callable[[Path], None], said: str
) -> None:
    configure(folder, '[lists.cv]\nstyle = "./x.csl"\n[check]\nbaseline = "x.json"\n')
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    named = str(path) if name == "pubtrack.toml" else name
    assert said in refused(folder, *arguments, names=named).err


def large(path: Path, size: int) -> None:
    with path.open("wb") as stream:
        stream.truncate(size)  # sparse: it takes no room


def test_a_device_is_refused_as_a_store_and_as_a_file(folder: Path) -> None:
    refused(folder, "list", "--bib", "/dev/zero", names="/dev/zero")
    refused(folder, "add", "/dev/zero", names="/dev/zero")
    configure(folder, '[store]\npath = "/dev/zero"\n')
    refused(folder, "list", names="/dev/zero", leads_to=Path("/dev/zero"))
    assert "it is a device" in refused(folder, "list", "--allow-outside", names="/dev/zero").err


def test_a_path_that_no_system_has_is_refused(folder: Path) -> None:
    configure(folder, '[store]\npath = "a\\u0000b"\n')
    assert "not a valid path" in refused(folder, "list", names="a?b").err
    configure(folder, f'[store]\npath = "{"a" * 5000}"\n')
    assert "too long" in refused(folder, "list", names="a" * 80 + "…").err
    configure(folder, "")
    assert "too long" in refused(folder, "list", "--bib", "b" * 300, names="b" * 80 + "…").err
    assert "too long" in refused(folder, "render", "-o", "b" * 300, names="b" * 80 + "…").err


# The ways to allow ---------------------------------------------------------------------------------------------------


def test_the_option_allows_it_once(folder: Path, home: Path) -> None:
    (folder / "bib" / "x.bib").symlink_to(home / "secret.bib")
    assert run_in(folder, "set", "secret", "year=2000", "--allow-outside").code == 0
    assert "2000" in (home / "secret.bib").read_text(encoding="utf-8")
    assert (folder / "bib" / "x.bib").is_symlink()
    refused(folder, "list", names="bib/x.bib", leads_to=home / "secret.bib")


@pytest.mark.parametrize("allowed", ["{home}", "{home}/secret.bib"])
def test_the_users_own_configuration_allows_it(folder: Path, home: Path, allowed: str) -> None:
    (folder / "bib" / "x.bib").symlink_to(home / "secret.bib")
    (home / "config.toml").write_text(f'allow_outside = ["{allowed.format(home=home)}"]\n', encoding="utf-8")
    assert run_in(folder, "set", "secret", "year=2000").code == 0
    (folder / "bib" / "y.bib").symlink_to("/etc/passwd")
    refused(folder, "list", names="bib/y.bib", leads_to=Path("/etc/passwd").resolve())


def test_the_configuration_of_the_folder_allows_nothing(folder: Path, home: Path) -> None:
    (folder / "bib" / "x.bib").symlink_to(home / "secret.bib")
    configure(folder, f'allow_outside = ["{home}"]\n')
    refused(folder, "list", names=f"{folder}/pubtrack.toml:1")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("allow = []", 'unknown key "allow"'),
        ('allow_outside = "/x"', "must be a list of paths"),
        ('allow_outside = ["x"]', '"x" is relative'),
        ("allow_outside = [", "not valid TOML"),
    ],
)
def test_a_wrong_configuration_of_the_users_is_named(folder: Path, home: Path, content: str, said: str) -> None:
    (folder / "bib" / "x.bib").symlink_to(home / "secret.bib")
    (home / "config.toml").write_text(content, encoding="utf-8")
    assert said in refused(folder, "list", names=str(home / "config.toml")).err


def on_a_terminal(folder: Path, answer: str, *arguments: str) -> Run:
    """The command with a terminal as its standard input and error, at which `answer` is typed."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "pubtrack", *arguments], cwd=folder, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE
    ) as process:
        os.close(theirs)
        os.write(ours, answer.encode())
        assert process.stdout is not None
        out = process.stdout.read().decode()
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # Linux says so at the end of a terminal
        pass
    os.close(ours)
    return Run(process.returncode, out, shown.decode())


@pytest.mark.parametrize("before", ["", "# mine\n", 'allow_outside = ["/nowhere"]  # mine\n'])
def test_on_a_terminal_the_user_is_asked_once(folder: Path, home: Path, before: str) -> None:
    (folder / "bib" / "x.bib").symlink_to(home / "secret.bib")
    if before:
        (home / "config.toml").write_text(before, encoding="utf-8")
    asked = on_a_terminal(folder, "y\n", "list")
    assert asked.code == 0, asked
    assert f"bib/x.bib leads out of the project folder, to {home / 'secret.bib'}" in asked.err
    assert "secret" in asked.out
    text = (home / "config.toml").read_text(encoding="utf-8")
    assert ("# mine" in text) == bool(before)
    assert str(home / "secret.bib") in tomllib.loads(text)["allow_outside"]
    assert run_in(folder, "list").code == 0
    assert run_process(folder, "set", "secret", "year=2000", environment=dict(os.environ)).code == 0


def test_on_a_terminal_no_is_a_refusal(folder: Path, home: Path) -> None:
    (folder / "bib" / "x.bib").symlink_to(home / "secret.bib")
    before = tree(folder)
    asked = on_a_terminal(folder, "n\n", "list")
    assert (asked.code, asked.out) == (1, "")
    assert tree(folder) == before


@pytest.mark.skipif(sys.platform == "darwin", reason="another platform's folder")
def test_the_users_configuration_is_where_the_platform_keeps_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pubtrack.cli.user_config import user_config_file

    assert user_config_file() == folder.parent / "home" / "config.toml"
    monkeypatch.delenv("PUBTRACK_USER_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/etc/ada")
    assert user_config_file() == Path("/etc/ada/pubtrack/config.toml")
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", "/home/ada")
    assert user_config_file() == Path("/home/ada/.config/pubtrack/config.toml")
