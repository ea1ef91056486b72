"""TODO"""

from rag.index.ingest import IndexReport, Refusal, stored_text, update_index
from rag.index.manifest import Manifest, SourceRecord, check_manifest, read_manifest

__all__ = [
    "IndexReport",
    "Manifest",
    "Refusal",
    "SourceRecord",
    "check_manifest",
    "read_manifest",
    "stored_text",
    "update_index",
]
