"""What a LaTeX document calls by which name: commands of its own that cite, short texts, verbatim environments."""

from __future__ import annotations

import re

from pubtrack.citation_scan._tex_commands import KNOWN, Command, command
from pubtrack.citation_scan._tex_lexis import CONDITIONALS, VERBATIM

_TEXT_COMMAND = re.compile(r"\\([A-Za-z@]+)(?:\{\}|\s+)?")
_NO_TEXT = re.compile(r"[\\{}#%\n]")
_LONGEST = 300


class DefinedNames:
    """The names that hold so far; the standard ones where the document says nothing."""

    def __init__(self) -> None:
        self.environments = set(VERBATIM)
        self.conditionals = set(CONDITIONALS)
        self._texts: dict[str, str] = {}
        self._commands: dict[str, Command | None] = {}
        self._environments: dict[str, Command | None] = {}

    def command(self, name: str) -> Command | None:
        """How a command cites, or None."""
        try:
            return self._commands[name]
        except KeyError:
            return self._commands.setdefault(name, command(name))

    def define(self, name: str, cites: Command | None, body: str = "") -> None:
        """Remembers a definition. A well-known command whose new definition says nothing keeps its meaning."""
        if cites is not None or name not in KNOWN:
            self._commands[name] = cites
        if cites is None and len(body) < _LONGEST and not _NO_TEXT.search(body):
            self._texts[name] = body

    def environment(self, name: str) -> Command | None:
        """How the beginning of an environment cites, or None."""
        try:
            return self._environments[name]
        except KeyError:
            cites = command(name) if name.endswith("cquote") else None
            return self._environments.setdefault(name, cites)

    def define_environment(self, name: str, cites: Command | None, *, verbatim: bool = False) -> None:
        """Remembers an environment of the document's own."""
        self._environments[name] = cites
        if verbatim:
            self.environments.add(name)

    def is_conditional(self, name: str) -> bool:
        r"""Whether the command wants a `\fi`."""
        return name in self.conditionals or name.startswith("if@")

    def expanded(self, text: str) -> str:
        """`text` with the document's short texts for their commands; a backslash that stays is not understood."""
        for _ in range(5):
            if "\\" not in text or len(text) > _LONGEST:
                break
            text = _TEXT_COMMAND.sub(lambda match: self._texts.get(match[1], match[0]), text)
        return text
