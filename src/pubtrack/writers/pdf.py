"""PDF: a `Listing` to the bytes of a document, set by Typst (the extra `pdf`)."""

from __future__ import annotations

from pubtrack.lists.listing_model import Listing
from pubtrack.model.errors import PubtrackError
from pubtrack.writers import typst as markup


def write(listing: Listing) -> bytes:
    """`listing` set by Typst; equal lists make equal bytes.

    Raises PubtrackError where the package typst is missing or fails.
    """
    try:
        import typst
    except ImportError as error:
        raise PubtrackError("PDF needs the package typst; install it with: pip install 'pubtrack[pdf]'") from error
    try:
        made: bytes = typst.compile(markup.document(listing).encode("utf-8"), format="pdf")
    except RuntimeError as error:
        first = str(error).strip().partition("\n")[0]
        raise PubtrackError(f"Typst could not set the list: {first}") from error
    return made
