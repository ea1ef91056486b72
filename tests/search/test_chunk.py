from __future__ import annotations

import re

from rag.read.parse import parse_document
from rag.schema import Document
from rag.search.chunk import MAX_CHUNK, chunk_document


def test_chunks_are_slices_of_whole_sentences_of_one_topic(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for chunk in chunk_document(document):
            assert document.text[chunk.start : chunk.end] == chunk.text
            assert chunk.text[-1] in "。;；：:”)" or document.text[chunk.end] in "\n"
            assert not (chunk.text[0].isdigit() and document.text[chunk.start - 1].isdigit())
            inside = [p for p in document.passages if p.start <= chunk.start and chunk.end <= p.end]
            assert len(inside) == 1
            assert chunk.section == inside[0].section


def test_no_text_is_lost(documents: dict[str, Document]) -> None:
    for document in documents.values():
        passages = "".join(document.text[p.start : p.end] for p in document.passages)
        chunks = "".join(chunk.text for chunk in chunk_document(document))
        assert re.sub(r"\s", "", chunks) == re.sub(r"\s", "", passages)


def test_long_passages_are_cut_between_sentences(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for chunk in chunk_document(document):
            assert len(chunk.text) <= MAX_CHUNK or chunk.text.rstrip("。").count("。") == 0


def test_ids_depend_on_the_content_alone(documents: dict[str, Document]) -> None:
    document = next(iter(documents.values()))
    again = parse_document("\n\n" + document.text, document.id, "elsewhere.txt")
    ids = [chunk.id for chunk in chunk_document(document)]
    assert [chunk.id for chunk in chunk_document(again)] == ids
    assert len(set(ids)) == len(ids)
