"""A value of a document's identity, and where it was read."""

from __future__ import annotations

Told = tuple[str, str]


def first_told(*options: Told) -> Told:
    """The first of several readings that tells anything.

    >>> first_told(("", "title"), ("青禾市", "body"))
    ('青禾市', 'body')
    """
    return next((option for option in options if option[0]), ("", ""))
