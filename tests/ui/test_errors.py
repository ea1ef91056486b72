"""Every error that people meet on the page is told in Chinese, and none is worded that does not exist."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from rag.ask import check_question
from rag.check.verify import check_text
from rag.commands.verification import read_text
from rag.errors import InputError, RagError, SourceError
from rag.index import stored_text
from rag.index.manifest import read_manifest, write_manifest
from rag.read.parse import parse_document
from rag.read.readers import read_source
from rag.settings import Settings, read_api_key
from rag.ui.errors import tell_error
from rag.ui.library import Upload, add_documents, remove_document
from rag.wiring import build_index, make_writer, open_pipeline
from tests.bad_files import BAD
from tests.conftest import PLAN_2020, PLAN_2024, SEEDS
from tests.ui.conftest import EN, ZH, new_plan, only_one_document

Raise = Callable[[Path, Settings], object]


def read_bytes(name: str, data: bytes) -> Raise:
    def read(folder: Path, _: Settings) -> object:
        (folder / name).write_bytes(data)
        text = read_source(folder / name).text
        return parse_document(text, "x", str(folder / name))

    return read


def bad_file(case: str) -> Raise:
    def read(folder: Path, _: Settings) -> object:
        name, make, _reason = BAD[case]
        (folder / name).write_bytes(make(folder))
        return read_source(folder / name).text

    return read


def old_word_file(soffice: str = "") -> Raise:
    """What is told of a .doc where LibreOffice is a script of the shell, or is not there."""

    def read(folder: Path, _: Settings) -> object:
        import rag.read.readers.doc

        if soffice:
            (folder / "soffice").write_text(f"#!/bin/sh\n{soffice}\n", encoding="utf-8")
            (folder / "soffice").chmod(0o755)
        (folder / "a.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PATH", f"{folder}:/usr/bin:/bin" if soffice else str(folder))
            patch.setattr(rag.read.readers.doc, "_SECONDS", 0.5)
            return read_source(folder / "a.doc").text

    return read


def large(folder: Path, _: Settings) -> object:
    with (folder / "a.txt").open("wb") as file:
        file.truncate(64 * 2**20 + 1)
    return read_source(folder / "a.txt").text


def half_scanned(folder: Path, _: Settings) -> object:
    from PIL import Image

    from tests import sources

    drawing = sources.canvas(folder / "a.pdf")
    for page in range(20):
        drawing.setFont(sources.FONT, 12)
        if page:
            drawing.drawInlineImage(Image.new("L", (40, 40)), 0, 0, 595, 842)
        else:
            drawing.drawString(80, 700, "第一页")
        drawing.showPage()
    drawing.save()
    return read_source(folder / "a.pdf").text


def long_pdf(folder: Path, _: Settings) -> object:
    import rag.read.readers.pdf_pages
    from tests import sources

    sources.as_pdf(folder / "a.pdf", ["题目", "正文" * 40])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rag.read.readers.pdf_pages, "_MAX_CHARACTERS", 50)
        return read_source(folder / "a.pdf").text


def too_long_to_check(folder: Path, _: Settings) -> object:
    (folder / "a.txt").write_bytes(b"x" * 4_000_000)
    return read_text(str(folder / "a.txt"))


def damaged(name: str, do: Callable[[Path], object]) -> Raise:
    """What is told of an index after something was done to it."""

    def open_it(_: Path, own: Settings) -> object:
        folder = Path(own.index_dir)
        manifest = read_manifest(folder)
        assert manifest
        do({"manifest": folder / "manifest.json", "generation": folder / manifest.generation}[name])
        pipeline = open_pipeline(own)
        return stored_text(folder, pipeline.manifest, PLAN_2020)

    return open_it


def other_manifest(**changes: object) -> Raise:
    def open_it(_: Path, own: Settings) -> object:
        manifest = read_manifest(Path(own.index_dir))
        assert manifest
        write_manifest(Path(own.index_dir), replace(manifest, **changes))  # type: ignore[arg-type]
        return open_pipeline(own)

    return open_it


def locked(folder: Path, own: Settings) -> object:
    from filelock import FileLock

    with FileLock(Path(own.index_dir) / "write.lock"):
        return build_index(replace(own, lock_timeout=0.1), [folder])


def taken_name(folder: Path, own: Settings) -> object:
    (Path(own.index_dir) / "uploads").mkdir()
    (Path(own.index_dir) / "uploads" / "新.txt").touch()
    raise SourceError(add_documents(own, [new_plan(folder / "新.txt")]).refused[0].reason)


def taken_text(_: Path, own: Settings) -> object:
    seed = SEEDS / f"{PLAN_2020}.txt"
    raise SourceError(add_documents(own, [Upload(seed, "别名.txt")]).refused[0].reason)


def last_document(_: Path, own: Settings) -> object:
    only_one_document(own)
    return remove_document(own, PLAN_2024)


def a_file(folder: Path) -> str:
    (folder / "file").write_text(" ", encoding="utf-8")
    return str(folder / "file")


def full_disk(folder: Path, own: Settings) -> object:
    """A generation cannot be written where its folder's name is taken by what cannot be a folder."""
    import rag.index.ingest

    def no_space(*_: object) -> object:
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rag.index.ingest, "write_generation", no_space)
        return build_index(own, [new_plan(folder / "a.txt").path])


def forbidden(_: Path, own: Settings) -> object:
    """The administrator of this machine may read everything, hence not by the rights of a file."""

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_text", refuse)
        return open_pipeline(own)


LANGUAGE_MODEL = Settings(llm_base_url="http://127.0.0.1:9/v1", llm_model="m")
ERRORS: dict[str, Raise] = {
    "empty question": lambda *_: check_question(" "),
    "long question": lambda *_: check_question("很" * 2001),
    "control characters": lambda *_: check_question("a\x01"),
    "empty text": lambda *_: check_text(""),
    "long text": lambda *_: check_text("很" * 2_000_000),
    "text with control characters": lambda *_: check_text("a\x01"),
    "picture to check": lambda folder, _: read_text(str(Path(a_file(folder)).write_bytes(bytes(range(256))) and folder / "file")),
    "file too long to check": too_long_to_check,
    "file to check is gone": lambda folder, _: read_text(str(folder / "gone.txt")),
    "unknown type": read_bytes("a.xyz", b"text"),
    "no type": read_bytes("a", b"text"),
    "large file": large,
    "empty file": read_bytes("a.txt", b" \n"),
    "furniture": read_bytes("a.txt", "新闻\n分享到:\nfooter\n".encode()),
    "title alone": read_bytes("a.txt", "光明区2024年国民经济和社会发展计划\n".encode()),
    "no file": lambda folder, _: read_source(folder / "gone.pdf").text,
    "a folder that is none": lambda folder, _: read_source(Path(a_file(folder)) / "x.txt"),
    "a name that is too long": lambda folder, _: read_source(folder / f"{'x' * 300}.txt").text,
    "pages of pictures": half_scanned,
    "a pdf without end": long_pdf,
    **{case: bad_file(case) for case in BAD},
    "old word file without LibreOffice": old_word_file(),
    "old word file that cannot be converted": old_word_file("exit 1"),
    "old word file that takes too long": old_word_file("sleep 9"),
    "locked": locked,
    "no index": lambda folder, _: open_pipeline(Settings(index_dir=str(folder / "none"))),
    "index in a file": lambda folder, _: open_pipeline(Settings(index_dir=a_file(folder))),
    "index that cannot be written": lambda folder, _: build_index(Settings(index_dir=a_file(folder)), [folder]),
    "full disk": full_disk,
    "nothing to index": lambda folder, _: build_index(Settings(index_dir=str(folder / "new")), [Path(a_file(folder))]),
    "broken manifest": damaged("manifest", lambda path: path.write_text("{", encoding="utf-8")),
    "an index that nobody may read": forbidden,
    "no document": other_manifest(documents=(), chunks=0),
    "lost words": damaged("generation", lambda path: shutil.rmtree(path / "lexical")),
    "lost vectors": damaged("generation", lambda path: shutil.rmtree(path / "chroma")),
    "lost text": damaged("generation", lambda path: (path / "documents" / f"{PLAN_2020}.json").unlink()),
    "lost passages": other_manifest(chunks=9),
    "other embedder": other_manifest(embedder="other"),
    "other version": other_manifest(schema="0"),
    "same name": taken_name,
    "same text": taken_text,
    "no file chosen": lambda _, own: add_documents(own, []),
    "last document": last_document,
    "unknown document": lambda _, own: remove_document(own, "某文件"),
    "half a model": lambda *_: make_writer(Settings(llm_model="m"), (), {}),
    "a model without URL": lambda *_: make_writer(Settings(llm_model="m", llm_base_url="x"), (), {}),
    "a key that is gone": lambda folder, _: read_api_key(replace(LANGUAGE_MODEL, llm_api_key_file=str(folder / "key")), {}),
    "an empty key": lambda folder, _: read_api_key(replace(LANGUAGE_MODEL, llm_api_key_file=a_file(folder)), {}),
}  # fmt: skip
_NAMES = re.compile(
    r"[\w.]+\.(txt|xyz|pdf|docx?|html?)|^\w+:|rag index( --rebuild)?|UTF-8|GB18030|\.(xyz|docx?|txt|pdf|html)"
    r"|PDF|Word|ZIP|PNG|WPS|LibreOffice|Office|OCR|MB"
)
produced: set[str] = set()


@pytest.mark.parametrize("case", ERRORS)
def test_every_error_is_told_in_chinese(case: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    needs_index = case in list(ERRORS)[list(ERRORS).index("locked") :]
    own = request.getfixturevalue("own") if needs_index else Settings()
    folder = tmp_path / "given"
    folder.mkdir()
    with pytest.raises(RagError) as caught:
        ERRORS[case](folder, own)
    told = tell_error(caught.value, ZH)
    assert re.search("[一-鿿]", told)
    assert not re.search("[A-Za-z]", _NAMES.sub("", told)), told
    assert str(tmp_path) not in told + tell_error(caught.value, EN)
    rows = tomllib.loads(files("rag").joinpath("ui/data/errors.toml").read_text(encoding="utf-8"))["error"]
    produced.update(row["match"] for row in rows if re.fullmatch(row["match"], caught.value.message))


def test_no_wording_is_kept_for_errors_that_do_not_exist(request: pytest.FixtureRequest) -> None:
    if len(request.session.items) < len(ERRORS):
        pytest.skip("only with the test above")
    rows = tomllib.loads(files("rag").joinpath("ui/data/errors.toml").read_text(encoding="utf-8"))["error"]
    assert [row["match"] for row in rows if row["match"] not in produced] == []
    assert all(placeholders_of(row["zh"]) == placeholders_of(row["en"]) for row in rows)


def placeholders_of(text: str) -> set[str]:
    return set(re.findall(r"\{(\d)\}", text))


def test_every_type_of_file_has_a_chinese_name() -> None:
    from rag.read.readers.signature import _SIGNATURES

    names = tomllib.loads(files("rag").joinpath("ui/data/errors.toml").read_text(encoding="utf-8"))["names"]
    assert set(names) == {"none", *(name for _, name in _SIGNATURES)}


def test_an_unknown_error_is_shown_with_its_hint() -> None:
    assert tell_error(InputError("It rains.", "Take an umbrella."), ZH) == "It rains. Take an umbrella."
