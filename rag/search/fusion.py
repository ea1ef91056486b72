"""Joining rankings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_RANK_CONSTANT = 60  # Cormack, Clarke & Büttcher (SIGIR 2009)


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[str]], weights: Sequence[float] | None = None
) -> list[tuple[str, float]]:
    """Ids with their fused scores, best first; ties keep the order of the first ranking.

    score(id) = Σ weight / (60 + rank), rank counted from 1 (Cormack et al., SIGIR 2009).

    >>> [i for i, _ in reciprocal_rank_fusion([["a", "b", "c"], ["b", "c"]])]
    ['b', 'c', 'a']
    """
    weights = weights if weights is not None else [1.0] * len(rankings)
    scores: dict[str, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + weight / (_RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def ranks(ranking: Sequence[str]) -> Mapping[str, int]:
    """The rank of each id, counted from 1."""
    return {item: rank for rank, item in enumerate(ranking, start=1)}
