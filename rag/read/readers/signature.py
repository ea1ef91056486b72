"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from pathlib import Path

from rag.errors import SourceError

_PDF = b"%PDF-"
_HEAD = 1024  # a PDF may start behind this much of something else
_SIGNATURES = (
    (_PDF, "a PDF file"),
    (b"PK\x03\x04", "a Word file (.docx) or another zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file (.doc) or a file with a password"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
)


def refuse_other_type(path: Path, data: bytes, wanted: bytes) -> None:
    """Raises SourceError if `data`, a file's first bytes, are of a known type other than `wanted`.

    `wanted` is the signature that the reader of the file expects; empty for text.
    """
    if wanted and wanted in data[: _HEAD if wanted == _PDF else len(wanted)]:
        return
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(
                f"{path.name}: this is {name}, not what its ending “{path.suffix}” says.",
                "Give it the ending that fits, or save the plan in a type that can be read.",
            )
