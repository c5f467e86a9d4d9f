r"""One LaTeX file in one pass: commands that cite, define, input, or steer what LaTeX reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pubtrack.citation_scan import _tex_lexis as lexis
from pubtrack.citation_scan._collector import SourceText
from pubtrack.citation_scan._tex_commands import MULTIPLE, STANDARD, pieces
from pubtrack.citation_scan._tex_files import Files
from pubtrack.citation_scan._tex_open import Open
from pubtrack.citation_scan._tex_slots import slots_of_def, slots_of_new_command, slots_of_xparse
from pubtrack.model.digits import int_of

_MULTIBIB = (
    "cite",
    "nocite",
    "citep",
    "citet",
    "citealp",
    "citealt",
    "citeauthor",
    "citeyear",
    "citeyearpar",
    "fullcite",
)


class TexScan:
    r"""The scan of one file. A `silent` one is a package: its definitions count, its citations do not.

    `position` arguments and results are offsets behind what was read.
    """

    def __init__(self, source: SourceText, files: Files, *, main: bool = False, silent: bool = False) -> None:
        self.source = source
        self.text = source.text
        self.files = files
        self.names = files.names
        self.main = main
        self.silent = silent
        self.begun = False
        self.end = len(self.text)
        self.open = Open(self.text, files.names, self._found, self._not_understood)
        self.conditionals: list[str] = []

    def run(self) -> None:
        """Scans the file to its end, or the document's."""
        position, text, frames, commands = 0, self.text, self.open.frames, self.names.command
        while not self.files.ended:
            match = (lexis.BRACED if frames else lexis.PLAIN).search(text, position, self.end)
            if match is None:
                break
            position, name = match.end(), match[1]
            if name is None:
                if frames and match[0][0] not in "%\\":
                    position = self.open.bracket(match[0], position)
            elif name in STEERING:
                position = STEERING[name](self, name, position)
            elif (cites := commands(name)) is not None:
                position = self.open.cite(cites, position)
            elif name[:2] == "if":
                position = self._if(name, position)
        self.open.finish()

    @property
    def defining(self) -> bool:
        """Whether the body of a definition is open: nothing there takes effect yet."""
        return bool(self.open.definitions)

    def _found(self, offset: int, key: str) -> None:
        if not self.silent:
            self.files.gathering.cite(key, self.source, offset)

    def _not_understood(self, offset: int, key: str) -> None:
        if not self.silent:
            message = f'which key "{key[:60]}" is cannot be told from the source; export from the .aux instead'
            self.files.gathering.warnings.append(self.source.error(message, offset))

    # Definitions -----------------------------------------------------------------------------------------------------

    def _define(self, kind: str, position: int) -> int:
        name = lexis.NAME.match(self.text, position)
        if name is None:
            return position
        patterns = {"def": lexis.DEF, "xparse": lexis.XPARSE, "new": lexis.NEW_COMMAND}
        style = "def" if kind.endswith("def") else "xparse" if kind.endswith("DocumentCommand") else "new"
        head = patterns[style].match(self.text, name.end())
        word = name[1] or name[2]
        if word == "input@path":
            self._search(name.end())
        if head is None:
            return self._define_as(word, name.end()) if style == "new" else name.end()
        if style == "def":
            slots = slots_of_def(head[1])
        elif style == "xparse":
            slots = slots_of_xparse(head[1])
        else:
            slots = slots_of_new_command(int_of(head[1] or "0"), optional=bool(head[2]))
        return self.open.define(word, slots, head.end())

    def _define_as(self, name: str, position: int) -> int:
        r"""`\newcommand\name\citep`: the body is one command without braces."""
        body = lexis.PLAIN.match(self.text, position)
        if body is None or body[1] is None:
            return position
        self.names.define(name, self.names.command(body[1]))
        return body.end()

    def _environment(self, kind: str, position: int) -> int:
        head = lexis.ENVIRONMENT.match(self.text, position)
        if head is None:
            return position
        slots = slots_of_new_command(int_of(head[2] or "0"), optional=bool(head[3]))
        return self.open.define(head[1].strip(), slots, head.end(), environment=True)

    def _cite_command(self, kind: str, position: int) -> int:
        name = lexis.NAME.match(self.text, position)
        if name is None:
            return position
        self.names.define(name[1] or name[2], MULTIPLE if "Multi" in kind else STANDARD)
        return name.end()

    def _let(self, kind: str, position: int) -> int:
        match = (lexis.LET if kind == "let" else lexis.COPY).match(self.text, position)
        if match is None:
            name = lexis.NAME.match(self.text, position)
            return name.end() if name else position
        if self.names.command(match[2]) is not None or self.names.command(match[1]) is not None:
            self.names.define(match[1], self.names.command(match[2]))
        return match.end()

    def _new_if(self, kind: str, position: int) -> int:
        match = lexis.NEW_IF.match(self.text, position)
        if match is None:
            return position
        self.names.conditionals.add(match[1])
        return match.end()

    def _new_cites(self, kind: str, position: int) -> int:
        r"""multibib: `\newcites{own,web}{Titles}` makes `\citeown`, `\nociteweb`, …"""
        match = lexis.NEW_CITES.match(self.text, position)
        if match is None:
            return position
        for _, suffix in pieces(match[1]):
            for name in _MULTIBIB:
                self.names.define(name + suffix, STANDARD)
        return match.end()

    def _new_verbatim(self, kind: str, position: int) -> int:
        match = lexis.ENVIRONMENT_NAME.match(self.text, lexis.LISTING.match(self.text, position).end())  # type: ignore[union-attr]
        if match is None:
            return position
        name = match[1].strip()
        self.names.environments.add(f"{name}code" if kind == "newminted" else name)
        return match.end()

    def _acronym(self, kind: str, position: int) -> int:
        r"""acro: `\DeclareAcronym{ID}{…, cite = {key}, …}` cites where the acronym is first used."""
        match = lexis.ACRONYM.match(self.text, position)
        cites = lexis.ACRONYM_CITE.search(match[1]) if match else None
        if match and cites:
            group = 1 if cites[1] is not None else 2
            for offset, key in pieces(cites[group]):
                self._found(match.start(1) + cites.start(group) + offset, key)
        return position

    def _search(self, position: int) -> None:
        begin = self.text.find("{", position, position + 3)
        folders = []
        while begin >= 0 and (match := lexis.GROUP.match(self.text, begin + 1)):
            folders.append(match[1])
            begin = match.end() - 1
        self.files.add_search(folders)

    # What LaTeX does not read ----------------------------------------------------------------------------------------

    def _begin(self, kind: str, position: int) -> int:
        match = lexis.ENVIRONMENT_NAME.match(self.text, position)
        if match is None:
            return position
        name = match[1].strip()
        self.begun |= name == "document"
        if self.defining:
            self.open.definitions[-1].verbatim |= name in self.names.environments
            return match.end()
        if name == "document" and self.silent:
            self.end = match.end()
        elif name in self.names.environments:
            return self._behind(f"\\end{{{name}}}", match.end(), position)
        elif (cites := self.names.environment(name)) is not None:
            return self.open.cite(cites, match.end())
        return match.end()

    def _behind(self, closing: str, position: int, begin: int) -> int:
        end = self.text.find(closing, position, self.end)
        if end < 0:
            self._warn(f"there is no {closing} for this, so nothing that follows is counted", begin)
            return self.end
        return end + len(closing)

    def _maker(self, kind: str, position: int) -> int:
        if self.defining:
            self.open.definitions[-1].verbatim = True
        return position

    def _end(self, kind: str, position: int) -> int:
        """The end of the document, or of an included file that is a document in itself (subfiles, standalone)."""
        match = lexis.ENVIRONMENT_NAME.match(self.text, position)
        if match and match[1].strip() == "document" and not self.defining and not self.silent:
            if self.begun and not self.main:
                self.end = match.end()
            else:
                self.files.ended = True
        return match.end() if match else position

    def _end_input(self, kind: str, position: int) -> int:
        r"""`\endinput` lets TeX finish the line (The TeXbook, chapter 20). Within a conditional it may not be met."""
        if not self.conditionals and not self.defining:
            line_end = self.text.find("\n", position, self.end)
            self.end = line_end if line_end >= 0 else self.end
        return position

    def _verb(self, kind: str, position: int) -> int:
        star = lexis.STAR.match(self.text, position).end()  # type: ignore[union-attr]  # it matches nothing, too
        return position if self.defining else self._delimited(star)

    def _delimited(self, position: int) -> int:
        """Behind what stands between two equal signs on one line."""
        sign = self.text[position : position + 1]
        end = self.text.find(sign, position + 1, min(position + 2000, self.end)) if sign.strip() else -1
        return end + 1 if end > 0 and "\n" not in self.text[position:end] else position

    def _listing(self, kind: str, position: int) -> int:
        head = (lexis.MINTED if kind == "mintinline" else lexis.LISTING).match(self.text, position)
        return self._url(kind, head.end()) if head else position

    def _url(self, kind: str, position: int) -> int:
        r"""A first argument in braces, or for `\url`, `\path` between signs, in which `%` opens no comment."""
        match = lexis.URL.match(self.text, position)
        if match is not None:
            return match.end()
        return position if self.defining or kind in ("href", "hyperref") else self._delimited(position)

    def _if(self, name: str, position: int) -> int:
        if self.defining or not self.names.is_conditional(name):
            return position
        if name == "iffalse" or (name == "if" and lexis.FALSE_IF.match(self.text, position)):
            return self._skip(position, "if")
        self.conditionals.append(name)
        return position

    def _else(self, name: str, position: int) -> int:
        if self.conditionals and not self.defining:
            if name == "fi":
                self.conditionals.pop()
            elif self.conditionals[-1] == "iftrue":
                self.conditionals.pop()
                return self._skip(position, "else")
        return position

    def _skip(self, position: int, kind: str) -> int:
        r"""Behind the `\fi`, or for a false `\if` the `\else`, that belongs to what was read last."""
        depth = 0
        for match in lexis.CONDITIONAL.finditer(self.text, position, self.end):
            word = match[1]
            if word == "fi":
                depth -= 1
                if depth < 0:
                    return match.end()
            elif word == "else":
                if depth == 0 and kind == "if":
                    self.conditionals.append("else")
                    return match.end()
            elif word and self.names.is_conditional(word):
                depth += 1
        self._warn("there is no \\fi for this, so nothing that follows is counted", position)
        return self.end

    def _warn(self, message: str, offset: int) -> None:
        if not self.silent:
            self.files.gathering.warnings.append(self.source.error(message, offset))

    # Other files -----------------------------------------------------------------------------------------------------

    def _scan(self, source: SourceText) -> None:
        TexScan(source, self.files, silent=self.silent).run()

    def _scan_silently(self, source: SourceText) -> None:
        TexScan(source, self.files, silent=True).run()

    def _input(self, kind: str, position: int) -> int:
        match = lexis.INPUT.match(self.text, position)
        if match is None:
            return position
        name = self._file_name(match[1] or match[2] or match[3] or "", position)
        if not name:
            return match.end()
        if kind in ("IfFileExists", "InputIfFileExists"):
            self.files.optional.add(name)
        if kind == "include" and not self.silent:
            self.files.include(name, self.source, position, self._scan)
        elif kind.startswith("subfile"):
            self.files.subfile(name, self.source, position, self._scan)
        elif kind != "IfFileExists":
            self.files.input(name, self.source, position, self._scan, silent=self.silent)
        return match.end()

    def _import(self, kind: str, position: int) -> int:
        match = lexis.IMPORT.match(self.text, position)
        if match is None:
            return position
        folder, name = (self._file_name(part, position) for part in match.groups())
        if name:
            before = self.files.open_folder() if kind.startswith("sub") else ""
            self.files.import_(before + folder, name, self.source, position, self._scan)
        return match.end()

    def _file_name(self, written: str, offset: int) -> str:
        name = self.names.expanded(written.strip())
        if "\\" not in name and "#" not in name:
            return name
        if not self.silent:
            self._warn(
                f'which file "{written[:60]}" is cannot be told from the source; export from the .aux instead', offset
            )
        return ""

    def _packages(self, kind: str, position: int) -> int:
        match = lexis.PACKAGES.match(self.text, position)
        if match is None or self.defining:
            return position
        suffix = ".cls" if kind in ("documentclass", "LoadClass") else ".sty"
        for _, name in pieces(match[2]):
            if name == "subfiles" and suffix == ".cls" and self.main:
                parent = match[1].strip().strip("[]").strip()
                self.files.package(parent.removesuffix(".tex"), ".tex", self.source, position, self._scan_silently)
            self.files.package(name, suffix, self.source, position, self._scan_silently)
        return match.end()

    def _libraries(self, kind: str, position: int) -> int:
        match = lexis.LIBRARIES.match(self.text, position)
        if match is None or self.silent:
            return position
        names = [match[1]] if kind.startswith("add") else match[1].split(",")
        for name in names:
            self.files.gathering.name_library(name, suffix="" if kind.startswith("add") else ".bib")
        return match.end()


Steer = Callable[[TexScan, str, int], int]


def _table(rows: Mapping[str, Steer]) -> Mapping[str, Steer]:
    return {name: steer for names, steer in rows.items() for name in names.split()}


STEERING = _table(
    {
        "newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd providerobustcmd "
        "newcommandx renewcommandx def gdef edef xdef NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand "
        "DeclareDocumentCommand NewExpandableDocumentCommand": TexScan._define,
        "newenvironment renewenvironment": TexScan._environment,
        "DeclareCiteCommand DeclareMultiCiteCommand": TexScan._cite_command,
        "let LetLtxMacro NewCommandCopy RenewCommandCopy DeclareCommandCopy": TexScan._let,
        "newif": TexScan._new_if,
        "newcites": TexScan._new_cites,
        "lstnewenvironment newminted DefineVerbatimEnvironment newtcblisting excludecomment": TexScan._new_verbatim,
        "DeclareAcronym": TexScan._acronym,
        "begin": TexScan._begin,
        "end": TexScan._end,
        "verbatim Verbatim VerbatimEnvironment lstlisting comment minted": TexScan._maker,
        "endinput": TexScan._end_input,
        "verb": TexScan._verb,
        "lstinline mintinline": TexScan._listing,
        "url path nolinkurl href": TexScan._url,
        "else fi": TexScan._else,
        "input include subfile subfileinclude IfFileExists InputIfFileExists @input loadglsentries standaloneinput "
        "includestandalone": TexScan._input,
        "import subimport inputfrom subinputfrom includefrom subincludefrom": TexScan._import,
        "usepackage RequirePackage documentclass LoadClass": TexScan._packages,
        "bibliography nobibliography addbibresource addglobalbib addsectionbib": TexScan._libraries,
    }
)
"""Commands that do more than print, and what reads their arguments."""
