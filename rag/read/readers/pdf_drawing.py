"""What is drawn on a PDF page beside text: the rules of its tables, and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # left, foot, right, top

_MAX_DEPTH = 3  # of drawings inside drawings
_MAX_OBJECTS = 200_000  # of a page; a page of a table has 3,000
_MAX_SEGMENTS = 20_000  # of a page's paths: a map or a chart has more, a table's rules are fewer
_MIN_RULE = 3.0  # points; what is shorter is a stroke of something else
_WHITE = 250  # of 255
_STRAIGHT = 0.7  # points by which a rule may lean
_UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright: `at` is its height or its distance from the left."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The rules and pictures of a page; `curves` counts the pieces of paths that are no rules."""

    rules: tuple[Rule, ...] = ()
    pictures: tuple[Box, ...] = ()
    curves: int = 0


def read_drawing(page: Any) -> Drawing:
    """Walks over what a page draws and leaves the text out."""
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    pictures: list[Box] = []
    segments = 0
    for item, kind, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_place(item, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and segments < _MAX_SEGMENTS:
            segments += pdfium.FPDFPath_CountSegments(item)
            rules += _rules(item, matrix)
    return Drawing(tuple(rules), tuple(pictures), max(segments - 5 * len(rules), 0))


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """The pictures and paths of a page, also those inside of forms, each with how its form is placed."""
    import pypdfium2.raw as pdfium

    left = _MAX_OBJECTS

    def walk(
        parent: Any, count: int, get: Any, matrix: Matrix, depth: int
    ) -> Iterator[tuple[Any, int, Matrix]]:
        nonlocal left
        for index in range(count):
            left -= 1
            if left < 0:
                return
            item = get(parent, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH):
                yield item, kind, matrix
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                inner = _then(_matrix(item), matrix)
                number = pdfium.FPDFFormObj_CountObjects(item)
                yield from walk(item, number, pdfium.FPDFFormObj_GetObject, inner, depth + 1)

    yield from walk(page.raw, pdfium.FPDFPage_CountObjects(page.raw), pdfium.FPDFPage_GetObject, _UNMOVED, 0)


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, m):
        return _UNMOVED
    return m.a, m.b, m.c, m.d, m.e, m.f


def _then(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _place(item: Any, matrix: Matrix) -> Box:
    import pypdfium2.raw as pdfium

    left, foot, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, foot, right, top):
        return 0.0, 0.0, 0.0, 0.0
    corners = [_moved(x.value, y.value, matrix) for x in (left, right) for y in (foot, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _rules(path: Any, matrix: Matrix) -> Iterator[Rule]:
    """The straight pieces of a path; a bar that is filled gives those of its two long sides."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    if _is_white(
        path, pdfium.FPDFPageObj_GetStrokeColor if stroke.value else pdfium.FPDFPageObj_GetFillColor
    ):
        return
    placed = _then(_matrix(path), matrix)
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved(x.value, y.value, placed)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _rule(last, point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield from _rule(point, start)
        last = point


def _is_white(path: Any, get: Any) -> bool:
    colour = [ctypes.c_uint() for _ in range(4)]
    return bool(get(path, *colour)) and min(part.value for part in colour[:3]) >= _WHITE


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (x1, y1), (x2, y2) = one, other
    if abs(y1 - y2) <= _STRAIGHT and abs(x1 - x2) >= _MIN_RULE:
        yield Rule(True, (y1 + y2) / 2, min(x1, x2), max(x1, x2))
    elif abs(x1 - x2) <= _STRAIGHT and abs(y1 - y2) >= _MIN_RULE:
        yield Rule(False, (x1 + x2) / 2, min(y1, y2), max(y1, y2))
