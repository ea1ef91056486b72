"""Files of questions and of texts: what a line may hold, and what spoils that line alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.commands.batch import BatchLine, read_batch
from rag.errors import InputError
from tests.conftest import Run

FIELDS = {"question": ("text", "evidence"), "text": ("question", "context")}  # and what is not theirs
DEEP = "[" * 100_000 + "]" * 100_000


def lines_of(folder: Path, content: str | bytes, field: str = "question") -> list[BatchLine]:
    file = folder / "batch.jsonl"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_batch(file, field)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (field, name)
        for field, others in FIELDS.items()
        for name in ("note", "", "Question", "error", *others)
    ],
)
@pytest.mark.parametrize("value", ["[1, {}]", "7", "null", '{"a": []}', "false", '"words"', "1e400", "NaN"])
def test_unknown_fields_are_ignored_whatever_they_hold(
    tmp_path: Path, field: str, name: str, value: str
) -> None:
    (line,) = lines_of(tmp_path, f'{{"id": 1, "{name}": {value}, "{field}": "GDP?"}}', field)
    assert line == BatchLine(1, 1, "GDP?")


@pytest.mark.parametrize("field", FIELDS)
def test_marks_line_ends_and_blank_lines_are_fine(tmp_path: Path, field: str) -> None:
    row = f'{{"{field}": "一\\u2028二"}}'
    for end in ("\n", "\r\n", "\n\n \t\n", "\r\n\r\n"):
        content = "\ufeff" + end.join([row, row]) + end
        read = lines_of(tmp_path, content, field)
        assert [(line.text, line.error) for line in read] == [("一\u2028二", None)] * 2
        assert [line.identity for line in read] == [line.number for line in read]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "bad",
    [
        DEEP,
        '{"id": 2, "a": ' + DEEP + ', "FIELD": "x"}',
        '{"id": ' + "9" * 5000 + ', "FIELD": "x"}',
        '{"FIELD": "x", "a": -' + "9" * 5000 + "}",
        '{"id": "\\ud800", "FIELD": "x"}',
        '{"id": NaN, "FIELD": "x"}',
        '{"FIELD": 7}',
        '{"FIELD": "x"',
        "[]",
    ],
    ids=range(9),
)
def test_a_bad_line_spoils_no_other(tmp_path: Path, field: str, bad: str) -> None:
    good = f'{{"id": "a", "{field}": "x"}}'
    read = lines_of(tmp_path, "\n".join([good, bad.replace("FIELD", field), good]), field)
    assert [bool(line.error) for line in read] == [False, True, False]
    for line in read:
        json.dumps(line.identity, ensure_ascii=False, allow_nan=False).encode()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5"])
def test_other_encodings_are_told(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(InputError, match="not UTF-8 text") as caught:
        lines_of(tmp_path, '{"id": 1, "question": "地區生產總值是多少?"}\n'.encode(encoding))
    assert "Save it as UTF-8" in caught.value.hint


def test_ask_answers_the_others(rag: Run, tmp_path: Path) -> None:
    file = tmp_path / "batch.jsonl"
    asked = '{"id": "ID", "evidence": ["x"], "question": "2019年新建公园多少个?"}'
    rows = [asked, DEEP, '{"id": ' + "9" * 5000 + ', "question": "GDP?"}']
    rows += ['{"id": "c", "question": "GDP?", "context": ["\\ud800"]}', asked]
    file.write_bytes("\ufeff".encode() + "\r\n\r\n".join(rows).encode())
    done = rag("ask", "--no-llm", "--batch", str(file))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row.get("outcome", "error") for row in told] == [
        "answered",
        "error",
        "error",
        "error",
        "answered",
    ]
    assert [row["id"] for row in told] == ["ID", None, None, "c", "ID"]
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_verify_judges_the_others(rag: Run, tmp_path: Path) -> None:
    file = tmp_path / "batch.jsonl"
    judged = '{"id": 1, "context": {"a": 1}, "text": "增长9.0%", "evidence": "增长9.0%。"}'
    file.write_text("\n".join([judged, DEEP, judged]), encoding="utf-8-sig", newline="\r\n")
    done = rag("verify", "--batch", str(file), RAG_INDEX_DIR=str(tmp_path / "none"))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row.get("verdict", "error") for row in told] == ["supported", "error", "supported"]
    assert done.returncode == 2


@pytest.mark.parametrize("command", ["ask", "verify"])
def test_a_file_in_another_encoding_ends_with_2(rag: Run, tmp_path: Path, command: str) -> None:
    file = tmp_path / "batch.jsonl"
    file.write_bytes('{"id": 1, "question": "地区生产总值?", "text": "增长9.0%"}'.encode("gb18030"))
    done = rag(command, "--batch", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert "not UTF-8 text" in done.stderr
    assert "Traceback" not in done.stderr
