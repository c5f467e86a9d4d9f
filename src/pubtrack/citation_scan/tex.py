r"""The citations of a LaTeX document, from its source and all that it inputs.

Text that LaTeX leaves out or prints as it stands is left out: comments, `\verb`, verbatim environments, `\iffalse`,
what follows `\end{document}` or `\endinput`. Both branches of any other conditional count, and so do citations in
definitions that are never used: what a run cites exactly is said by its `.aux`.
"""

from __future__ import annotations

from pubtrack.citation_scan._collector import Gathering, SourceText, decode_document
from pubtrack.citation_scan._paths import folder_of
from pubtrack.citation_scan._tex_files import Files
from pubtrack.citation_scan._tex_names import DefinedNames
from pubtrack.citation_scan._tex_text import TexScan
from pubtrack.citation_scan._values import Read, Scan


def scan(content: bytes, file: str, read: Read) -> Scan:
    """What the document cites whose main file is `content`; files it inputs are sought from that file's folder."""
    gathering = Gathering(read, file)
    files = Files(gathering, DefinedNames(), folder_of(file))
    TexScan(SourceText(decode_document(content), file), files, main=True).run()
    return gathering.scan()
