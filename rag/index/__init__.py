r"""Files -> a generation of the index: their documents taken in, embedded and stored as a whole.

What goes in is told by the files themselves, what comes out by the manifest, a record a document. The same
text in another file is no second document:

>>> from rag.index.duplicates import SAME, resemblance, sketch
>>> page = "全市生产总值增长百分之五点三。城镇新增就业四万五千人,失业率继续下降。"
>>> resemblance(sketch(page), sketch(page.replace("。", "。\n"))) >= SAME
True
"""

from rag.index.files import Refusal, is_there
from rag.index.ingest import IndexReport, update_index
from rag.index.manifest import (
    Manifest,
    SourceRecord,
    check_documents,
    check_manifest,
    check_schema,
    read_manifest,
    require_documents,
    require_manifest,
)
from rag.index.stored import stored_digest, stored_document, stored_text

__all__ = [
    "IndexReport",
    "Manifest",
    "Refusal",
    "SourceRecord",
    "check_documents",
    "check_manifest",
    "check_schema",
    "is_there",
    "read_manifest",
    "require_documents",
    "require_manifest",
    "stored_digest",
    "stored_document",
    "stored_text",
    "update_index",
]
