"""A folder of invented documents with an index of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import rag.index.intake
from rag.index import IndexReport, Manifest, SourceRecord, read_manifest, stored_text
from rag.read import Reading
from rag.schema import Answer
from rag.settings import Settings
from rag.wiring import build_index, open_pipeline


def plan(place: str = "青禾市", built: int = 12, wanted: int = 20, year: int = 2025) -> str:
    """A plan of few words."""
    return (
        f"{place}{year}年国民经济和社会发展计划\n\n一、{year - 1}年计划执行情况\n新建公园{built}个。\n"
        f"二、{year}年主要目标\n新建公园{wanted}个。\n"
    )


def report(place: str = "青禾市", seed: int = 3) -> list[str]:
    """The lines of a report that is long enough to be known again in another file type."""
    things = ["公园", "学校", "医院", "道路", "厂房", "桥梁", "水库", "泵站", "基站", "书店", "球场", "车站"]
    body = [f"全市新建{thing}{seed + i}个，完成投资{seed * 7 + i}亿元。" for i, thing in enumerate(things)]
    title = f"{place}2025年政府工作报告"
    dateline = f"2025年1月10日在{place}第八届人民代表大会第五次会议上"
    return [
        title,
        dateline,
        "各位代表：",
        "一、2024年工作回顾",
        *body,
        "二、2025年主要任务",
        "新建公园99个。",
    ]


@dataclass
class Shelf:
    """Files, and the index over them."""

    folder: Path
    settings: Settings

    def put(self, name: str, content: str | bytes | Sequence[str]) -> Path:
        """Writes a file: a text, its lines, or bytes."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else "\n".join(content), encoding="utf-8")
        return path

    def run(self, *paths: Path, remove: Sequence[str] = (), rebuild: bool = False) -> IndexReport:
        """`rag index` over the folder, or over some paths."""
        given = list(paths or ([] if remove else [self.folder]))
        return build_index(self.settings, given, remove=remove, rebuild=rebuild)

    @property
    def index(self) -> Path:
        return Path(self.settings.index_dir)

    @property
    def manifest(self) -> Manifest:
        manifest = read_manifest(self.index)
        assert manifest is not None
        return manifest

    @property
    def records(self) -> dict[str, SourceRecord]:
        return {record.id: record for record in self.manifest.documents}

    def text(self, document: str) -> str:
        return stored_text(self.index, self.manifest, document)

    def ask(self, question: str) -> Answer:
        return open_pipeline(self.settings).ask(question)


def reasons(told: IndexReport) -> dict[str, str]:
    """What is said of the files that were refused, by name."""
    return {Path(item.path).name: item.reason for item in told.refused}


class Spy:
    """Reads files as the program does, and remembers which; something may happen while it reads."""

    def __init__(self, patch: pytest.MonkeyPatch, meanwhile: Callable[[Path], object] = lambda path: None):
        self.read: list[str] = []
        real = rag.index.intake.read_source

        def read_source(path: Path) -> Reading:
            self.read.append(path.name)
            reading = real(path)
            meanwhile(path)
            return reading

        patch.setattr(rag.index.intake, "read_source", read_source)
