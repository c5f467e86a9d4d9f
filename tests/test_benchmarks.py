"""The benchmarks: made-up libraries that are real ones, tables that print, and peers whose absence is said."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import cited, corpus, measure
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.compare_citeproc_js import ITEMS, smallest_by_hash
from benchmarks.compare_citeproc_js import main as compare
from benchmarks.peers import AbsentError, citeproc_js_command

from pubtrack.csl_json import load, work_from_item

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def test_the_corpus_is_the_same_at_every_call_and_has_no_two_equal_works() -> None:
    assert corpus.items(50) == corpus.items(50)
    assert corpus.items(50)[:20] == corpus.items(20)
    works = load(json.dumps(corpus.items(200)))
    assert len({work.title for work in works}) == 200
    assert {work.type for work in works} >= {
        "article-journal",
        "paper-conference",
        "book",
        "chapter",
        "thesis",
        "report",
    }


def test_the_corpus_as_bibtex_has_the_same_works() -> None:
    text = corpus.bibtex(30)
    assert re.findall(r"^@\w+\{(\w+),$", text, re.M) == [item["id"] for item in corpus.items(30)]
    assert text.count("{") == text.count("}")


def test_a_process_is_timed_and_one_that_fails_is_an_error() -> None:
    run = measure.process([sys.executable, "-c", "x = b'x' * 50_000_000"])
    assert run.seconds > 0
    assert not run.stopped
    if sys.platform != "win32":
        assert run.megabytes > 50
    with pytest.raises(RuntimeError, match="no such thing"):
        measure.process([sys.executable, "-c", "raise SystemExit('no such thing')"])


def test_a_process_that_takes_too_long_is_stopped_and_says_so() -> None:
    run = measure.process([sys.executable, "-c", "import time; time.sleep(60)"], limit=0.2)
    assert run.stopped
    assert str(run) == "over 0 s"


def test_a_table_prints_as_markdown() -> None:
    assert measure.shown(("T", ["a", "bb"], [["1", "2"]])) == "T\n\n| a | bb |\n| - | -- |\n| 1 | 2  |\n"


def test_an_unknown_benchmark_is_refused_with_the_names_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["no-such"])
    assert "no benchmark is called 'no-such'" in capsys.readouterr().err


def test_every_benchmark_is_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in BENCHMARKS if f"python -m benchmarks {name}`" not in page] == []


def test_an_absent_peer_is_named_with_what_installs_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AbsentError, match=r"node is not installed|npm install citeproc"):
        citeproc_js_command(tmp_path)
    assert compare([str(tmp_path)]) == 2
    assert "cannot compare" in capsys.readouterr().err


def test_the_compared_styles_are_those_with_the_smallest_hash() -> None:
    names = [path.name for path in smallest_by_hash([Path("b.csl"), Path("a.csl"), Path("c.csl")], 2)]
    assert names == ["c.csl", "a.csl"]


def test_the_compared_items_are_read_whole() -> None:
    items = json.loads(ITEMS.read_text(encoding="utf-8"))
    works = [work_from_item(item) for item in items]
    assert len({work.id for work in works}) == len(works) > 50


def test_a_small_launcher_measures(tmp_path: Path) -> None:
    """Its own memory stays below that of any program worth measuring."""
    launch = Path(measure.__file__).with_name("launch.py")
    words = [sys.executable, "-I", "-S", str(launch), "10", str(tmp_path / "in"), sys.executable, "-c", "exit(3)"]
    (tmp_path / "in").write_bytes(b"")
    answer = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    assert answer["status"] == 3


def test_the_thesis_is_300_pages_and_cites_what_its_aux_says(tmp_path: Path) -> None:
    main = cited.thesis(tmp_path, 10_000)
    keys = cited._keys(main)
    pages = sum(len(path.read_text(encoding="utf-8")) for path in tmp_path.rglob("*.tex")) / 3000
    assert 280 < pages < 340
    assert len(keys) > 1400
    assert {"later", "shown"}.isdisjoint(keys)
    (tmp_path / "main.aux").write_text(cited.aux(keys), encoding="utf-8")
    assert cited._keys(tmp_path / "main.aux") == keys
