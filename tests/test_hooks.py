"""The hooks that other repositories use, and the integration in docs/checking.md: YAML whose commands run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.project import make_project
from tests.cli.run import run_in

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
CLEAN = "@book{roe2020, author = {Roe, Ann}, title = {Tea}, publisher = {Tea Press}, year = 2020}\n"
FAULTY = CLEAN.replace("year = 2020", "year = 2020, month = {Jan}, note = {Salt & pepper}")


def test_one_hook_changes_nothing_and_one_mends() -> None:
    assert [hook["id"] for hook in HOOKS] == ["pubtrack-check", "pubtrack-fix"]
    for hook in HOOKS:
        assert {"id", "name", "entry", "language", "files"} <= set(hook)
        assert hook["pass_filenames"] is False
        assert re.search(hook["files"], "bib/publications.bib")


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_is_silent_failure_on_an_error_and_fine_without(hook: dict[str, Any], tmp_path: Path) -> None:
    words = shlex.split(hook["entry"])
    assert words[0] == "pubtrack"
    make_project(tmp_path, CLEAN, "")
    assert run_in(tmp_path, *words[1:]).code == 0
    store = tmp_path / "bib" / "publications.bib"
    store.write_text(FAULTY, encoding="utf-8")
    result = run_in(tmp_path, *words[1:])
    if "--fix" in words:
        assert result.code == 0
        assert "month = jan" in store.read_text(encoding="utf-8")
    else:
        assert result.code == 1
        assert store.read_text(encoding="utf-8") == FAULTY


def test_the_yaml_of_the_page_is_valid_and_names_hooks_that_exist() -> None:
    page = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", page, re.M | re.S)]
    used = [hook["id"] for block in blocks if "repos" in block for repo in block["repos"] for hook in repo["hooks"]]
    assert used
    assert set(used) <= {hook["id"] for hook in HOOKS}


def test_the_commands_of_the_documented_integration_run(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", page, re.M | re.S)]
    steps = [step for block in blocks for job in block.get("jobs", {}).values() for step in job["steps"]]
    commands = [line for step in steps for line in step.get("run", "").splitlines() if line.startswith("pubtrack ")]
    assert len(commands) >= 2
    make_project(tmp_path, CLEAN, "")
    for command in commands:
        assert run_in(tmp_path, *shlex.split(command.split(" || ")[0])[1:]).code == 0, command
