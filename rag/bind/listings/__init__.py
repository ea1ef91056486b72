"""A document -> its enumerations, each with its lead and its items."""

from rag.bind.listings.document import read_listings

__all__ = ["read_listings"]
