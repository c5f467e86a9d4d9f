"""The options of the commands that use the network, and the door that they lead to."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pubtrack.cli.network import Network, network_options, open_client, progress_bar
from pubtrack.cli.project import Project
from pubtrack.model.errors import PubtrackError
from pubtrack.platform_folders import cache_folder
from tests.cli.project import make_project


@click.command()
@network_options
def command(network: Network) -> None:
    click.echo(f"{network.offline} {network.fresh} {network.seconds}")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "False False None"),
        (["--offline"], "True False None"),
        (["--no-cache", "--max-time", "90"], "False True 90.0"),
    ],
)
def test_the_options_are_handed_over(arguments: Sequence[str], expected: str) -> None:
    assert CliRunner().invoke(command, arguments).output == f"{expected}\n"


@pytest.mark.parametrize("arguments", [["--offline", "--no-cache"], ["--max-time", "0"], ["--max-time", "soon"]])
def test_options_that_make_no_sense_are_wrong_usage(arguments: Sequence[str]) -> None:
    assert CliRunner().invoke(command, arguments).exit_code == 2


def project(folder: Path, network: str, monkeypatch: pytest.MonkeyPatch) -> Project:
    make_project(folder, "")
    file = folder / "pubtrack.toml"
    file.write_text(file.read_text(encoding="utf-8") + f"\n[network]\n{network}\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PUBTRACK_CACHE", str(folder / "cache"))
    return Project(None, None, None, (), quiet=True)


def test_a_door_is_as_the_configuration_and_the_options_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBTRACK_DOI_URL", "http://127.0.0.1:9/doi")
    made = project(tmp_path, 'mailto = "ada.brook@uni.edu"', monkeypatch)
    with open_client(made, Network(offline=True, seconds=5.0)) as client:
        settings = client.settings
    assert settings.mailto == "ada.brook@uni.edu"
    assert (settings.base_urls["crossref"], settings.base_urls["doi"]) == ("", "http://127.0.0.1:9/doi")
    assert (settings.offline, settings.seconds, settings.cache) == (True, 5.0, str(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()


def test_a_placeholder_is_an_error_that_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PubtrackError, match=r'^pubtrack\.toml: network\.mailto: nobody reads "me@example\.com"'):
        open_client(project(tmp_path, 'mailto = "me@example.com"', monkeypatch))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="another platform's folder")
def test_the_cache_is_where_the_platform_keeps_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PUBTRACK_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/ada")
    assert cache_folder() == "/home/ada/.cache/pubtrack"
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/ada")
    assert cache_folder() == "/var/cache/ada/pubtrack"
    monkeypatch.setenv("PUBTRACK_CACHE", "/elsewhere")
    assert cache_folder() == "/elsewhere"


def test_progress_is_silent_outside_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(Project(None, None, None, (), quiet=False), "Asking Crossref") as progress:
        progress(1, 2)
    assert capsys.readouterr() == ("", "")
