"""A small slice of the fuzzing in every test run, and the fuzzer's own promises."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pubtrack.sources._reply_cache import Cache, Kept
from tests.fuzz.cases import Case, make_case

pytest.importorskip("resource", reason="the runs are forked")

from tests.fuzz.execution import Outcome
from tests.fuzz.laws import broken_laws

STORE = "project/bib/publications.bib"
ROOT = Path(__file__).parent.parent.parent


def test_every_law_holds_in_a_slice_of_the_runs() -> None:
    """In a process of its own: the workers of pytest have threads, so they must not fork."""
    words = [sys.executable, "-m", "tests.fuzz", "--runs", "150", "--seed", "10", "--jobs", "1"]
    result = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.startswith("150 runs (seed 10)")


def test_a_run_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path), print)
    cache.put([Kept("GET https://example.org", "doi", 200, 0.0, b"[1]")])
    cache.close()
    kept = (tmp_path / "replies.sqlite").read_bytes()
    prepared = {"cache/replies.sqlite": kept, "project/bib/.pubtrack/fetched.jsonl": b'{"key": "a"}\n'}
    cases = [make_case(7, number, prepared) for number in range(30)]
    assert cases == [make_case(7, number, prepared) for number in range(30)]
    assert len({case.arguments for case in cases}) > 20


def outcome(code: int = 0, out: bytes = b"", err: bytes = b"", *, changed: str = "") -> Outcome:
    """How a run ended that gave the file `changed` another content."""
    before = {STORE: b"@misc{a}", "beside/notes.txt": b"x"}
    return Outcome(code, out, err, before, {**before, **({changed: b"new"} if changed else {})})


LISTING = Case("0/0", ("list",), {})
SET = replace(LISTING, arguments=("set", "a", "b=c"))


@pytest.mark.parametrize(
    ("case", "found", "law"),
    [
        (LISTING, outcome(-11), "ended with -11"),
        (LISTING, outcome(-24), "took too much processor time"),
        (LISTING, outcome(-14), "hung"),
        (LISTING, outcome(1, err=b"pubtrack: internal error: KeyError: 'x'; --debug shows where. Nothing"), "internal"),
        (LISTING, outcome(1, err=b"Traceback (most recent call last):\n"), "a traceback"),
        (LISTING, outcome(1), "failed without a word"),
        (LISTING, outcome(0, b"\xff"), "stdout is not UTF-8"),
        (replace(LISTING, arguments=("list", "--json")), outcome(0, b"[1"), "stdout is not JSON"),
        (LISTING, outcome(changed=STORE), "only reads, and changed"),
        (SET, outcome(1, err=b"no", changed=STORE), "failed, and changed"),
        (SET, outcome(2, err=b"no", changed=STORE), "refused its usage, and changed"),
        (SET, outcome(changed="beside/notes.txt"), "changed outside the project"),
        (SET, outcome(changed="project/bib/.a.bib.12-3.pubtrack-new"), "left project/bib/.a.bib.N-N.pubtrack-new"),
        (
            replace(SET, arguments=("set", "--dry-run", "a", "b=c")),
            outcome(changed=STORE),
            "was told to write nothing",
        ),
        (
            replace(SET, arguments=("export", "-o", "bib/x")),
            outcome(changed=STORE),
            "changed the store",
        ),
    ],
)
def test_a_broken_law_is_named(case: Case, found: Outcome, law: str) -> None:
    assert [line for line in broken_laws(case, found) if line.startswith(law)]


def test_a_sound_run_breaks_no_law() -> None:
    assert list(broken_laws(LISTING, outcome(0, b"a\n"))) == []
    assert list(broken_laws(SET, outcome(changed=STORE))) == []
