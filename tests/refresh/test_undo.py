"""The journal of applied refreshes: what a person or a merge did to it is refused with its line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pubtrack.model.errors import PubtrackError
from pubtrack.refresh import undo
from pubtrack.refresh.bases import Base

RUN = undo.AppliedRefresh(
    "2026-12-01T11:53:38Z",
    (undo.SpanOfFile("publications.bib", 3, 9, "before", "digest"),),
    (undo.ChangedField("publications.bib", "brook2019", "volume", None, "12"),),
    (undo.Added("publications.bib", "new", "@misc{new}"),),
    (("brook2019", "volume", Base("brook2019", "volume", "12", "crossref", "x", "2026-12-01")), ("b", "year", None)),
)


def test_what_is_written_is_read() -> None:
    assert undo.parse(undo.write([RUN])) == (RUN,)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("time", 3),
        ("spans", {"": []}),
        ("spans", [{"file": "a.bib", "start": "3", "end": 9, "before": "", "digest": ""}]),
        ("spans", [{"file": "a.bib", "start": True, "end": 9, "before": "", "digest": ""}]),
        ("steps", [{"file": "a.bib", "key": 1, "field": "volume", "before": None, "after": "12"}]),
        ("steps", [{"file": "a.bib", "key": "a", "field": "volume", "before": None}]),
        ("steps", [7]),
        ("added", [[]]),
        ("added", "text"),
        ("bases", [["a", "b"]]),
        ("bases", [["a", 3, None]]),
        ("bases", [["a", "b", {"key": "a"}]]),
        ("bases", [["a", "b", 1]]),
    ],
)
def test_a_line_of_another_shape_is_refused_with_its_number(member: str, value: Any) -> None:
    sound = undo.write([RUN])
    broken = json.dumps(json.loads(sound) | {member: value})
    with pytest.raises(PubtrackError, match="not a record of a refresh") as caught:
        undo.parse(sound + broken)
    assert caught.value.line == 2
