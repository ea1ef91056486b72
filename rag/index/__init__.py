"""Documents -> a generation of the index: files taken in, embedded and stored as a whole."""

from rag.index.files import Refusal
from rag.index.ingest import IndexReport, update_index
from rag.index.manifest import Manifest, SourceRecord, check_manifest, read_manifest
from rag.index.stored import stored_document, stored_text

__all__ = [
    "IndexReport",
    "Manifest",
    "Refusal",
    "SourceRecord",
    "check_manifest",
    "read_manifest",
    "stored_document",
    "stored_text",
    "update_index",
]
