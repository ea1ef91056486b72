"""For LlamaIndex: plans -> nodes of one topic that carry year, status and section.

A LlamaIndex user can index plans with `PlanNodeParser`, or open the collection that `rag index`
wrote with LlamaIndex's own `ChromaVectorStore` (README, "With LlamaIndex").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, NodeRelationship, RelatedNodeInfo, TextNode
from llama_index.core.schema import Document as SourceDocument

from rag.read import parse_document
from rag.schema import Chunk
from rag.search import SECTION_SEPARATOR, chunk_document

_NOT_FOR_MODELS = ["document", "path", "start", "end", "facets"]


def chunk_metadata(chunk: Chunk) -> dict[str, Any]:
    """A chunk's attributes as flat metadata; `2019_actual: True` stands for each of its facets."""
    years = {"plan_year": chunk.plan_year, "year": chunk.year}
    return {
        "document": chunk.document,
        "title": chunk.title,
        "path": chunk.path,
        **{name: year for name, year in years.items() if year is not None},
        "status": chunk.status,
        "section": SECTION_SEPARATOR.join(chunk.section),
        "start": chunk.start,
        "end": chunk.end,
        "facets": ",".join(chunk.facets),
        **{facet_key(facet): True for facet in chunk.facets},
    }


def facet_key(facet: str) -> str:
    """The metadata key of a facet: "2019:actual" -> "2019_actual"."""
    return facet.replace(":", "_")


def chunk_node(chunk: Chunk, embedding: list[float] | None = None) -> TextNode:
    """A chunk as a LlamaIndex node with the same id and exact offsets."""
    hidden = [*_NOT_FOR_MODELS, *(facet_key(facet) for facet in chunk.facets)]
    return TextNode(
        id_=chunk.id,
        text=chunk.text,
        embedding=embedding,
        metadata=chunk_metadata(chunk),
        excluded_embed_metadata_keys=hidden,
        excluded_llm_metadata_keys=hidden,
        start_char_idx=chunk.start,
        end_char_idx=chunk.end,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=chunk.document)},
    )


def _in_source(text: str, nodes: Sequence[TextNode]) -> Iterator[TextNode]:
    """The nodes with their offsets in the text that LlamaIndex holds; none where cleaning changed it."""
    position = 0
    for node in nodes:
        start = text.find(node.text, position)
        node.start_char_idx, node.end_char_idx = (
            (start, start + len(node.text)) if start >= 0 else (None, None)
        )
        position = max(position, start)
        yield node


class PlanNodeParser(NodeParser):
    """Cuts plans into nodes of one topic; never inside a sentence or a number."""

    @classmethod
    def class_name(cls) -> str:
        """The name under which LlamaIndex serialises the parser."""
        return "PlanNodeParser"

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any
    ) -> list[BaseNode]:
        return [node for source in nodes for node in self._parse_source(source)]

    def _parse_source(self, source: BaseNode) -> list[BaseNode]:
        text = source.text if isinstance(source, SourceDocument) else source.get_content()
        path = str(source.metadata.get("file_path") or source.metadata.get("path") or source.node_id)
        document = parse_document(text, source.node_id, path)
        return list(_in_source(text, [chunk_node(chunk) for chunk in chunk_document(document)]))

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, SourceDocument]
    ) -> list[BaseNode]:
        """Keeps our offsets: LlamaIndex would search for the text and may find an earlier copy."""
        offsets = {
            node.node_id: (node.start_char_idx, node.end_char_idx)
            for node in nodes
            if isinstance(node, TextNode)
        }
        done = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node in done:
            if isinstance(node, TextNode):
                node.start_char_idx, node.end_char_idx = offsets[node.node_id]
        return done
