"""A service's JSON is read and written again, whatever characters it escapes."""

from __future__ import annotations

from pubtrack.sources import _json


def test_half_of_a_surrogate_pair_is_written_as_it_was_read() -> None:
    value = _json.load(b'[{"RA": "\\ud800 \xc3\xbc"}]')
    assert _json.load(_json.dump(value)) == value
