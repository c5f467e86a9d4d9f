"""What becomes of works that a run which ended early did not ask about."""

from __future__ import annotations

import pytest

from pubtrack.checks import asking
from pubtrack.library import Library
from pubtrack.sources.fetch import LATE, Fetched
from pubtrack.sources.http import Door, Settings

STORE = b"""\
@article{a, author = {Roe, Ann}, title = {A study of tea in seven cups}, journal = {Tea}, year = 2020}
@misc{b, title = {Without anybody}}
"""


def test_a_work_that_there_was_no_time_to_search_for_is_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "fetch", lambda *given, **more: Fetched({}, stopped=LATE))
    with Door(Settings()) as door:
        judged = asking.judge(Library.parse(STORE).works, door)
    assert {key: one.status for key, one in judged.verdicts.items()} == {"a": "unchecked", "b": "unconfirmed"}
    assert (judged.stopped, judged.unreached) == (LATE, 1)
    assert [one.message for one in judged.verdicts["a"].findings] == [
        "not checked: no answer from Crossref; run it again later"
    ]
