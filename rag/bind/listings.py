"""Document -> Listings: its enumerations, each with the words that lead it in."""

from __future__ import annotations

from rag.schema import Document, Listing


def read_listings(document: Document) -> tuple[Listing, ...]:
    """Every enumeration of a document, in the order of the text."""
    return ()
