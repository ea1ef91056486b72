"""Two rankings make one."""

from __future__ import annotations

from rag.search.fusion import reciprocal_rank_fusion


def test_fusion_prefers_what_both_rankings_hold() -> None:
    fused = [item for item, _ in reciprocal_rank_fusion([["a", "b"], ["b", "c"]], [1.0, 0.5])]
    assert fused[0] == "b"
