"""The citations of a Typst document, from its source and what it includes.

Read are references in markup (`@key`, `@key[p. 3]`) and in code `cite(<key>)`, `cite(label("key"))`, `ref(<key>)` and
the document's own functions that call `cite` with a parameter. A reference to a label that stands in the documents is
none. Comments, raw text, strings, links and escapes cite nothing. Files that `include` and `import` name count from
the file that names them, those that begin with `/` from the main document's folder.
"""

from __future__ import annotations

from pubtrack.citation_scan._collector import Gathering, SourceText, decode_document
from pubtrack.citation_scan._paths import folder_of, join_path
from pubtrack.citation_scan._typst_text import Functions, TypstScan
from pubtrack.citation_scan._values import Read, Scan


def scan(content: bytes, file: str, read: Read) -> Scan:
    """What the document cites whose main file is `content`, with its labels."""
    gathering = Gathering(read, file)
    functions = Functions()

    def include(name: str, source: SourceText, offset: int) -> None:
        if name.startswith("@"):
            return  # a package
        path = (
            join_path(folder_of(file), name.lstrip("/"))
            if name.startswith("/")
            else join_path(folder_of(source.file), name)
        )
        if not gathering.include([path], scan_text, source, offset):
            gathering.problems.append(source.error(f"{path} is not there; write it, or take the include out", offset))

    def scan_text(source: SourceText) -> None:
        TypstScan(source, gathering, functions, include).run()

    scan_text(SourceText(decode_document(content), file))
    return gathering.scan()
