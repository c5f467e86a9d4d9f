"""The scalars of CSL-JSON, strings that may be numbers and flags that may be words: JSON values in, clean ones out."""

from __future__ import annotations

import math

from pubtrack.model.errors import PubtrackError

# XML 1.0, section 2.2: the characters that no document can hold. Tab and line break stay.
_UNWRITABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF])


def characters(value: object) -> str:
    """A JSON string or number as text that every output can hold; None is "".

    Control characters are dropped. Raises PubtrackError for any other kind of value and for lone surrogates.
    """
    if isinstance(value, str) and value.isprintable():
        return value
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise PubtrackError(f"expected text, found {_kind(value)}")
    if isinstance(value, float) and not math.isfinite(value):
        raise PubtrackError("a number is too large")
    try:
        text = str(value)
    except ValueError:  # an integer beyond Python's limit of digits
        raise PubtrackError("a number is too long") from None
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PubtrackError("holds half of a surrogate pair, which is not a character") from None
    return text.translate(_UNWRITABLE)


def _kind(value: object) -> str:
    return {bool: "true or false", list: "a list", dict: "an object"}.get(type(value), "something else")


def is_true(value: object) -> bool:
    """Whether a flag is set; the schema lets flags be booleans, numbers and strings."""
    return bool(value) and value not in ("0", "false")


def shorten(text: str) -> str:
    """`text` short enough for a message."""
    return text if len(text) < 80 else text[:77] + "..."
