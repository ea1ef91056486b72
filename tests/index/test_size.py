"""Many files, long tables and long lines are read whole; what that takes grows with them and no faster."""

from __future__ import annotations

from itertools import pairwise

from rag.index.duplicates import Texts, sketch
from rag.index.generation import embedded_text
from rag.read import clean, parse_reading, plain_reading
from rag.search import chunk_document
from tests.index.shelf import Shelf, plan, reasons, report


def test_a_folder_of_many_files_with_bad_ones_among_them(shelf: Shelf) -> None:
    for i in range(24):
        shelf.put(
            f"{i}.txt", b"\x00\x01" * 90 if i % 8 == 7 else plan(f"青{'甲乙丙丁戊'[i % 5]}市", i, i * 3 + 1)
        )
    told = shelf.run()
    assert (len(told.added), len(told.refused), len(told.duplicates)) == (21, 3, 0)
    assert set(reasons(told)) == {"7.txt", "15.txt", "23.txt"}


def test_copies_are_found_among_many() -> None:
    texts = Texts()
    sketches = [sketch("\n".join(report(seed=i * 50))) for i in range(400)]
    for i in range(4_000):
        numbers = tuple(number + i // 400 for number in sketches[i % 400])
        assert texts.twin("work_report", str(i), numbers) is None or i >= 400
        texts.add(str(i), "work_report", str(i), numbers)


def test_a_table_of_ten_thousand_rows_is_kept_whole_and_in_order() -> None:
    rows = [f"项目{i}\t{i}.5亿元\t{i % 20}.1%" for i in range(10_000)]
    text = "青禾市2025年政府工作报告\n一、2024年工作回顾\n各项指标如下。\n指标\t2024年\t增长\n" + "\n".join(
        rows
    )
    document = parse_reading(clean(plain_reading(text)), "t", "t.txt")
    chunks = chunk_document(document)
    (table,) = document.tables
    assert "项目0 | 0.5亿元 | 0.1%" in document.text
    assert "项目9999 | 9999.5亿元 | 19.1%" in document.text[table.start : table.end]
    assert all(one.end <= other.start for one, other in pairwise(chunks))
    assert sum(len(chunk.text) for chunk in chunks) > 0.95 * (table.end - table.start)


def test_a_line_of_a_megabyte_is_cut_and_nothing_is_lost() -> None:
    line = "".join(f"第{i}个项目完成投资{i % 997}.{i % 10}亿元,增长{i % 20}.1%;" for i in range(22_000))
    assert len(line.encode()) > 1_000_000
    document = parse_reading(
        clean(plain_reading(f"青禾市2025年政府工作报告\n一、2024年工作回顾\n{line}\n")), "t", "t.txt"
    )
    chunks = chunk_document(document)
    assert "".join(chunk.text for chunk in chunks) == line
    assert max(len(chunk.text) for chunk in chunks) <= 4000
    assert max(len(embedded_text(chunk)) for chunk in chunks) <= 512
