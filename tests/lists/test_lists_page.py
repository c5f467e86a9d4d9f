"""docs/lists.md: each configuration on it prints what stands below it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from tests.cli.run import run_in

PAGE = Path(__file__).parent.parent.parent / "docs" / "lists.md"
STORE = re.compile(r"^```bibtex\n(.*?)^```", re.M | re.S)
EXAMPLE = re.compile(r"^```toml\n(?P<toml>.*?)^```\n(?:\n```markdown\n.*?^```\n)?", re.M | re.S)


def test_every_configuration_prints_what_the_page_says(tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    store = STORE.search(page)
    assert store is not None
    (tmp_path / "bib").mkdir()
    (tmp_path / "bib" / "publications.bib").write_text(store[1], encoding="utf-8")

    def with_output(example: re.Match[str]) -> str:
        options = example["toml"]
        owner = '[owner]\nname = "Carberry, Josiah S."\n\n'
        (tmp_path / "pubtrack.toml").write_text(owner + options, encoding="utf-8")
        (name,) = tomllib.loads(options)["lists"]
        result = run_in(tmp_path, "render", "--list", name)
        assert result.code == 0, result.err
        return f"```toml\n{options}```\n\n```markdown\n{result.out.strip()}\n```\n"

    written = EXAMPLE.sub(with_output, page)
    assert written.count("```toml") > 5
    golden(PAGE, written)
