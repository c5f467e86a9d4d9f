"""Convert documents to a bibtexparser 2 library and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pubtrack.bibtex.blocks import Block, Entry
from pubtrack.bibtex.document import Document, parse
from pubtrack.model.errors import PubtrackError

if TYPE_CHECKING:
    import bibtexparser


def to_bibtexparser(documents: Iterable[Document], *, raw: bool = False) -> bibtexparser.Library:
    """What `bibtexparser.parse_string` returns for these documents, with our reading of them.

    Its default middlewares are applied (macros expanded, delimiters removed), with `raw` none: values are then
    source text. A broken entry is a `ParsingFailedBlock` which holds the entry as far as it could be read.
    """
    import bibtexparser
    from bibtexparser.middlewares import default_parse_stack

    blocks = [block for document in documents for block in _blocks(document)]
    library = bibtexparser.Library(blocks, fail_on_duplicate_key=False)
    for middleware in () if raw else default_parse_stack(allow_inplace_modification=True):
        library = middleware.transform(library=library)
    return library


def from_bibtexparser(library: bibtexparser.Library, *, raw: bool = False, file: str = "") -> Document:
    """The document that bibtexparser writes for a library; with `raw` the values hold their delimiters already.

    Blocks that bibtexparser could not parse stand in it as they did. Raises `PubtrackError` if a value is not text
    (a middleware that split it must be undone first), or if bibtexparser cannot write the library.
    """
    import bibtexparser

    for entry in library.entries:
        for field in entry.fields:
            if not isinstance(field.value, str | int):
                kind = type(field.value).__name__
                message = f'the field "{field.key}" of "{entry.key}" is a {kind}, no text; undo the middleware'
                raise PubtrackError(message, file=file)
    try:
        text = bibtexparser.write_string(library, unparse_stack=[] if raw else None)
    except Exception as error:  # whatever foreign middlewares raise
        raise PubtrackError(f"bibtexparser cannot write this library: {error}", file=file) from error
    return parse(text, file=file)


def _blocks(document: Document) -> Iterator[Any]:
    from bibtexparser import model

    for block in document.blocks:
        source = document.source(block)
        line = block.line - 1
        if block.kind == "entry":
            yield _entry(document.entry_of(block), source)
        elif block.kind == "string":
            yield from (model.String(field.name, field.value, line, source) for field in block.fields or ())
        elif block.kind == "preamble":
            opener = "{" if source.endswith("}") else "("
            yield model.Preamble(source.partition(opener)[2][:-1], line, source)
        elif block.kind == "comment":
            body = source.partition("{")[2][:-1] if source.endswith("}") else source.partition(" ")[2]
            yield model.ExplicitComment(body, line, source)
        elif block.kind == "text":
            if source.strip("\ufeff \t\r\n"):
                yield model.ImplicitComment(source.strip("\ufeff \t\r\n"), line, source)
        else:
            yield _failed(document, block, source)


def _entry(entry: Entry, source: str) -> Any:
    from bibtexparser import model

    fields = [model.Field(field.name, field.value, field.line - 1) for field in entry.fields]
    found = model.Entry(entry.type.lower(), entry.key, fields, entry.line - 1, source)
    names = [field.key for field in fields]
    twice = {name for name in names if names.count(name) > 1}
    return model.DuplicateFieldKeyBlock(twice, found) if twice else found


def _failed(document: Document, block: Block, source: str) -> Any:
    from bibtexparser import model

    problem = block.problem
    error = PubtrackError(problem.message if problem else "broken", file=document.file, line=block.line)
    read = _entry(document.entry_of(block), source) if block.key else None
    return model.ParsingFailedBlock(error, block.line - 1, source, read)
