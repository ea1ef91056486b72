"""The package of a Word file: its XML parts, read within bounds; no part is fetched from elsewhere."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import BadZipFile, ZipFile

from rag.errors import SourceError

_MAX_XML = 32 * 1024 * 1024  # of a part, unpacked; a long plan has 2 MiB
_HINT = "Open it in Word or WPS, save it anew as .docx and try again."


@dataclass(frozen=True, slots=True)
class WordParts:
    """The roots of the parts that make up the text; an empty element where a part is not there."""

    document: Element
    styles: Element
    numbering: Element
    footnotes: Element
    endnotes: Element
    properties: Element


def read_parts(path: Path) -> WordParts:
    """Opens a Word file. Raises SourceError if it is damaged, something else, or unpacks to too much."""
    try:
        with ZipFile(path) as package:
            whole = _related(package, path, "")
            name = whole.get("officeDocument", "")
            if not name:
                raise SourceError(f"{path.name}: this is a zip archive, not a Word file.", "Unpack it first.")
            document = _part(package, path, name)
            if name_of(document) != "document":
                raise SourceError(f"{path.name}: this is an Office file, but not a Word document.", _HINT)
            related = _related(package, path, name)
            names = [related.get(kind, "") for kind in ("styles", "numbering", "footnotes", "endnotes")]
            names.append(whole.get("core-properties", ""))
            return WordParts(document, *(_part(package, path, name) for name in names))
    except (BadZipFile, zlib.error, ParseError, EOFError, ValueError, LookupError, RuntimeError) as error:
        raise SourceError(f"{path.name}: the Word file is damaged or encrypted ({error}).", _HINT) from error


def _related(package: ZipFile, path: Path, part: str) -> dict[str, str]:
    """Kind of relationship -> name of the part, for those of `part` (or of the package)."""
    folder, name = posixpath.split(part)
    relations = _part(package, path, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        relation.get("Type", "").rpartition("/")[2]: posixpath.normpath(
            posixpath.join("/", folder, relation.get("Target", ""))
        ).lstrip("/")
        for relation in relations
        if relation.get("TargetMode") != "External"
    }


def _part(package: ZipFile, path: Path, name: str) -> Element:
    """The root of a part, or an empty element if the package has no such part."""
    if name not in package.namelist():
        return Element("none")
    if package.getinfo(name).file_size > _MAX_XML:
        raise SourceError(
            f"{path.name}: it unpacks to more than {_MAX_XML // 2**20} MiB of text.", "Split the document."
        )
    data = package.read(name)
    if b"<!DOCTYPE" in data.replace(b"\0", b""):  # none in a Word file; entities could grow without bounds
        raise SourceError(f"{path.name}: the Word file declares entities, which none needs.", _HINT)
    return fromstring(data)


def name_of(element: Element) -> str:
    """The name without its namespace, which differs between the two editions of the standard."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of a name; none of no element."""
    return (child for child in element if name_of(child) == name) if element is not None else iter(())


def child(element: Element | None, *names: str) -> Element | None:
    """The first descendant down a path of names, or None."""
    for name in names:
        element = next(children(element, name), None)
    return element


def value(element: Element | None, attribute: str = "val") -> str | None:
    """An attribute by its name without namespace, or None."""
    if element is None:
        return None
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == attribute), None)


def number(element: Element | None, attribute: str = "val") -> int | None:
    """An attribute as a whole number, or None."""
    text = value(element, attribute) or ""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def is_on(element: Element | None) -> bool:
    """Whether a switch such as <w:vanish/> is there and not turned off."""
    return element is not None and (value(element) or "true") not in {"0", "false", "off"}
