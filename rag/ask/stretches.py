"""A stretch of a document that the ledger knows -> evidence."""

from __future__ import annotations

from rag.ledger import Source
from rag.schema import Chunk, Evidence, Period, Quantity, Span, Status


def evidence_of(
    source: Source,
    text: str,
    around: Span,
    quote: Span,
    *,
    section: tuple[str, ...],
    year: int | None,
    status: Status,
    score: float,
    quantity: Quantity | None = None,
    place: str = "",
    period: Period | None = None,
) -> Evidence:
    """A quote of a document as evidence; `text` is all of the document, `around` what stands about it.

    The offsets of `quantity` count from the beginning of `around`.
    """
    chunk = Chunk(
        id=f"{source.id}:{around.start}",
        document=source.id,
        title=source.title,
        path=source.path,
        plan_year=source.year,
        year=year,
        status=status,
        section=section,
        start=around.start,
        end=around.end,
        text=text[around.start : around.end],
    )
    told = text[quote.start : quote.end]
    return Evidence(
        chunk, quote.start, quote.end, told, year, status, min(1.0, score), quantity, place, period
    )
