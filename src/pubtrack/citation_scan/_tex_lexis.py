r"""How LaTeX's source is cut up: the patterns and the names of commands that steer what counts as text.

Every pattern stops at a backslash, a brace or a line's end, or takes what it took for good (`*+`): a scan stays linear.
"""

from __future__ import annotations

import re

PLAIN = re.compile(r"%[^\n]*|\\(?:([A-Za-z@]+)|.)", re.S)
"""A comment, a command with its name, or an escaped character."""
BRACED = re.compile(r"%[^\n]*|\\(?:([A-Za-z@]+)|.)|[{}\[\]()<>]|\n[ \t]*\n", re.S)
"""The same with brackets and blank lines, where an argument or a definition is open."""

BLANKS = re.compile(r"(?:[ \t]|%[^\n]*\n?|\n(?![ \t]*\n))*+")
"""What may stand between a command and its arguments: no blank line."""
GROUP = re.compile(r"\{((?:[^{}%]++|%[^\n]*+)*+)\}")
NAME = re.compile(r"\s*+\*?\s*+(?:\{\s*+\\([A-Za-z@]+)\s*+\}|\\([A-Za-z@]+))\s*+")
"""The name of a command that is defined."""

_OPTIONAL = r"(?:\[(?:[^][{}]|\{[^{}]*+\})*+\]\s*+)"
NEW_COMMAND = re.compile(rf"(?:\[(\d)\]\s*+)?({_OPTIONAL})?(?=\{{)")
DEF = re.compile(r"((?:#\d|[^{}\\#%])*+)(?=\{)")
XPARSE = re.compile(r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+)\}\s*+(?=\{)")
ENVIRONMENT = re.compile(rf"\s*+\*?\s*+\{{([^{{}}\\]*+)\}}\s*+(?:\[(\d)\]\s*+)?({_OPTIONAL})?(?=\{{)")
LET = re.compile(r"\s*+\\([A-Za-z@]+)\s*+=?\s*+\\([A-Za-z@]+)")
COPY = re.compile(r"\s*+\{?\\([A-Za-z@]+)\}?\s*+\{?\\([A-Za-z@]+)\}?")
NEW_IF = re.compile(r"\s*+\{?\\(if[A-Za-z@]+)\}?")
NEW_CITES = re.compile(r"\s*+\{([^{}\\]*+)\}")
ACRONYM = re.compile(r"\s*+\{[^{}\\]*+\}\s*+\{((?:[^{}]++|\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\})*+)\}")
ACRONYM_CITE = re.compile(
    r"(?<![\w-])cite\s*+=\s*+(?:\{\s*+)?(?:\[[^][{}]*+\]\s*+){0,2}(?:\{([^{}]*+)\}|([^{},\\]*+(?:,[^{}=\\]*+(?=\}))?))"
)

INPUT = re.compile(r'\s*+(?:\{\s*+"?([^{}"]*+)"?\s*+\}|"([^"\n]*+)"|([^\s{}\\%\[\]]+))')
IMPORT = re.compile(r"\*?\s*+\{([^{}]*+)\}\s*+\{([^{}]*+)\}")
PACKAGES = re.compile(rf"\s*+({_OPTIONAL}?)\{{([^{{}}\\#]*+)\}}")
LIBRARIES = re.compile(rf"\*?\s*+{_OPTIONAL}?\{{([^{{}}\\#]*+)\}}")
ENVIRONMENT_NAME = re.compile(r"\s*+\{([^{}\\]*+)\}")
INPUT_PATH = re.compile(r"\{([^{}]*+)\}")

URL = re.compile(r"\*?\s*+\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}")
STAR = re.compile(r"\*?")
LISTING = re.compile(r"\s*+(?:\[[^][]*+\]\s*+)?")
MINTED = re.compile(r"\s*+(?:\[[^][]*+\]\s*+)?\{[^{}]*+\}\s*+")
FALSE_IF = re.compile(r" ?0(?=[\s%])")
"""`\\if0` before a blank: the characters differ, as those who comment a passage out with it want."""
CONDITIONAL = re.compile(r"%[^\n]*|\\(?:(if[A-Za-z@]*|fi|else)(?![A-Za-z@])|[A-Za-z@]+|.)", re.S)

VERBATIM = frozenset(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim VerbatimOut spverbatim verbatimtab "
    "lstlisting minted minted* tcblisting tcblisting* dispListing comment filecontents filecontents* luacode luacode* "
    "luacodestar pycode pyblock pyconsole pyverbatim sagesilent sageblock asy rawhtml htmlonly gnuplot code "
    "algorithmcode verbatimwrite boxedverbatim".split()
)
"""Environments whose content is not LaTeX, or is left out."""
VERBATIM_MAKERS = frozenset("verbatim Verbatim VerbatimEnvironment lstlisting comment minted".split())
"""Commands that make the environment such a one in whose definition they stand."""

CONDITIONALS = frozenset(
    "if ifcat ifnum ifdim ifodd ifvmode ifhmode ifmmode ifinner ifvoid ifhbox ifvbox ifx ifeof iftrue iffalse ifcase "
    "ifdefined ifcsname iffontchar ifincsname ifabsnum ifabsdim ifprimitive ifpdf ifxetex ifluatex iftutex ifPDFTeX "
    "ifXeTeX ifLuaTeX ifptex ifuptex ifvtex ifpdfprimitive".split()
)
"""TeX's conditionals and those of the package iftex: each ends with `\\fi`. Others are declared with `\\newif`."""
