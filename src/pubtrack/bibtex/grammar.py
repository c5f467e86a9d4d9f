"""The regular expressions of BibTeX's syntax; none of them backtracks, so each is linear on any text.

The grammar is that of BibTeX 0.99d (bibtex.web, "Reading the database file"), with the names of fields and keys as
freely as biber's btparse takes them. Braces count whether or not a backslash stands before them; within a quoted
value a quotation mark ends it unless it stands in braces.
"""

from __future__ import annotations

import re

_DEPTH = 5  # of braces in a value that one match sees through; deeper ones are counted


def _nested(depth: int, plain: str = r"[^{}]*+") -> str:
    inner = _nested(depth - 1) if depth else r"[^{}]*+"
    return rf"{plain}(?:\{{{inner}\}}{plain})*+"


TYPE = r"""[^\s{}(),"#%'=@\\~]++"""
NAME = r"""[^\s{}(),"#%=@\\]++"""
_BARE = r"""[^\s{}(),"#%=@]++"""
_KEY = r"""(?!%)[^\s,{}="]++"""
_BRACED = rf"\{{{_nested(_DEPTH)}\}}"
_QUOTED = rf'"{_nested(_DEPTH - 1, r"[^{}" + chr(34) + r"]*+")}"'
_OPERAND = rf"(?:{_BRACED}|{_QUOTED}|{_BARE})"
_VALUE = rf"{_OPERAND}(?:\s*+#\s*+{_OPERAND})*+"
_RESERVED = r"(?i:comment|preamble|string)"

# What stands in braces and has no braces within is matched by one negated character, the fastest loop that `re` has.
# It may match too little of a value with braces; then an entry has more opening braces than closing ones.
_FLAT_VALUE = rf"(?:\{{[^}}]*+\}}(?=,)|{_VALUE})"
_EQUALS = r" *+\s*+= *+\s*+"
_HEAD = rf"\s*+@(?!{_RESERVED}\s*+[{{(])({TYPE})\s*+\{{\s*+({_KEY})\s*+"


def _entry(value: str) -> re.Pattern[str]:
    return re.compile(rf"{_HEAD}(?:,\s*+(?:{NAME}{_EQUALS}{value}\s*+(?:,\s*+|(?=\}})))*+)?+\}}")


SOUND_ENTRY = _entry(_VALUE)
"""A whole entry in braces without a fault, a comment or braces that are very deep: its type and its key."""
FLAT_ENTRY = _entry(_FLAT_VALUE)
"""The same, if as many braces open in it as close."""
SOUND_HEAD = re.compile(rf"{_HEAD}(?:,\s*+|(?=\}}))")
SOUND_FIELD = re.compile(rf"({NAME}){_EQUALS}({_VALUE})\s*+(?:,\s*+|(?=\}}))")
"""The same in steps: the head, then field upon field, then a closing brace."""
FLAT_FIELDS = re.compile(rf"({NAME})({_EQUALS})({_FLAT_VALUE})(\s*+(?:,\s*+|\Z))|(?s:.++)")
"""Each field of an entry whose closing brace is where matching ends, with all that stands between; what is not a field
is one match without groups, so that nothing is searched."""

HEAD = re.compile(rf"@\s*+({TYPE})\s*+")
FIELD_NAME = re.compile(NAME)
FIELD_AHEAD = re.compile(rf"{NAME}\s*+=")
BARE = re.compile(_BARE)
BRACED = re.compile(_BRACED)
QUOTED = re.compile(_QUOTED)
BRACE = re.compile(r"[{}]")
QUOTE_OR_BRACE = re.compile(r'["{}]')
BLANK = re.compile(r"(?:\s++|%[^\r\n]*+)*+")
PLAIN_KEY = re.compile(r"""[^\s,{}="]*+""")
KEY_IN_PARENTHESES = re.compile(r"""[^\s,{}="()]*+(?:\([^\s,{}="()]*+\)?+[^\s,{}="()]*+)*+""")
SPACED_KEY = re.compile(r"""[^\s,{}="#]++(?:[ \t]++(?!%)[^\s,{}="#]++)*+(?=[ \t]*+[,})])""")
NO_TYPE = re.compile(r"@\s*+(?=[{(])")
LOST_BODY = re.compile(rf"""=|[^\s,{{}}="@]*+\s*+,?+\s*+(?:{NAME}\s*+=|\}})""")
"""What stands behind an `@word` whose opening brace was lost."""
NEW_LINE = re.compile(r"\r\n?+|\n")
LONE_CR = re.compile(r"\r(?!\n)")
LINE_END = re.compile(r"[\r\n]|\Z")

_KEY_AHEAD = rf"""(?:[^\s,{{}}="]*+(?:[ \t]++[^\s,{{}}="]++)*+\s*+[,}}]|{NAME}\s*+=)"""
_KNOWN_TYPE = (
    "article|artwork|audio|booklet|book|bookinbook|collection|conference|dataset|inbook|incollection|inproceedings"
    "|inreference|manual|mastersthesis|misc|mvbook|mvcollection|mvproceedings|online|patent|periodical|phdthesis"
    "|proceedings|reference|report|set|software|suppbook|techreport|thesis|unpublished|video|xdata"
)
_INLINE_HEAD = (
    rf"""(?:{TYPE}\s*+[{{(]\s*+[^\s,{{}}="]*+\s*+,\s*+{NAME}\s*+="""
    rf"""|(?i:{_KNOWN_TYPE})[{{(][^\s,{{}}="]*+,?+\s*+[}})])"""
)
START_HERE = re.compile(r"[\ufeff\s,})\"]*+@")
START_AHEAD = re.compile(rf"[\r\n][ \t]*+@|[}})][ \t]*+@(?={_INLINE_HEAD})")
"""Where a block may begin: at the start of a line, or on a line behind a closer if all of an entry's head follows."""
RESTART = re.compile(
    rf"(?:[\r\n][ \t]*+(?=@\s*+(?:(?:comment|preamble|string)\s*+[{{(]|{TYPE}\s*+[{{(]\s*+{_KEY_AHEAD}))"
    rf"|[}})][ \t]*+(?=@{_INLINE_HEAD}))(@)",
    re.IGNORECASE,
)
"""Where reading goes on behind a fault: the head of a block in such a place."""
RESTART_HERE = re.compile(rf"@\s*+{TYPE}\s*+[{{(]\s*+{_KEY_AHEAD}")

SWALLOWED_FIELD = re.compile(rf"""(?:,|(?<!\s)[^\S\r\n]*+[\r\n])\s*+{NAME}\s*+=\s*+["{{\w]""")
LOST_AT = re.compile(
    rf"(?:\A|[\r\n])[ \t]*+((?=({TYPE})\s*+[{{(])"
    rf"""(?:{TYPE}\s*+[{{(]\s*+(?:[^\s,{{}}="]*+(?:[ \t]++[^\s,{{}}="]++)*+\s*+,\s*+)?+{NAME}\s*+="""
    rf"""|(?:{_KNOWN_TYPE})[{{(][^\s,{{}}="]*+,?+\s*+[}})][ \t]*+(?=[\r\n]|\Z)))""",
    re.IGNORECASE,
)
LOST_FIELD = re.compile(rf"""(?:\A|[\r\n])[ \t,]*+(({NAME})[ \t]*+=[ \t]*+["{{])""")
INLINE_ENTRY = re.compile(rf"@(?={_INLINE_HEAD})")
"""The `@` of an entry behind other text on its line, where BibTeX reads one too."""
COMMENT_LINE = re.compile(r"(?:\A|[\r\n])[ \t]*+%[^\r\n]*+")

ENTRY_KEY = re.compile(rf"@\s*+{TYPE}\s*+[{{(](?:\s++|%[^\r\n]*+)*+")
"""What stands before the key of an entry."""
GOOD_KEY = re.compile(r"""[^\s,{}="#%~\\]++""")
GOOD_TYPE = re.compile(rf"(?!{_RESERVED}\Z)[A-Za-z][A-Za-z0-9_:.+-]*+")
BLANK_LINES = re.compile(r"(?:[ \t]*+(?:\r\n?|\n))*+")
