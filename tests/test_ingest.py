from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.errors import IndexStateError, SourceError
from rag.index.manifest import read_manifest, write_manifest
from rag.settings import Settings
from rag.wiring import build_index, open_pipeline
from tests.conftest import PLAN_2020, PLAN_2024, ROOT, SEEDS

NEW_PLAN = "临江市2025年国民经济和社会发展计划\n\n一、2024年计划执行情况\n新建公园12个。\n二、2025年主要目标\n新建公园20个。\n"


@pytest.fixture
def settings(index_dir: Path, tmp_path: Path) -> Settings:
    """A copy of the built index, so that tests may change it."""
    shutil.copytree(index_dir, tmp_path / "index")
    return Settings(index_dir=str(tmp_path / "index"), lock_timeout=0.5)


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "new.txt").write_text(NEW_PLAN, encoding="utf-8")
    return folder


def test_a_second_run_changes_nothing(settings: Settings) -> None:
    before = read_manifest(Path(settings.index_dir))
    report = build_index(settings, [SEEDS])
    assert set(report.unchanged) == {PLAN_2020, PLAN_2024}
    assert report.added == report.changed == report.removed == report.refused == ()
    assert read_manifest(Path(settings.index_dir)) == before


def test_documents_are_added_changed_and_removed(settings: Settings, plans: Path) -> None:
    assert build_index(settings, [plans]).added == ("new",)
    pipeline = open_pipeline(settings)
    assert len(pipeline.manifest.documents) == 3
    assert pipeline.ask("2025年计划新建公园多少个?").answer.startswith("20个")

    (plans / "new.txt").write_text(NEW_PLAN.replace("20个", "21个"), encoding="utf-8")
    assert build_index(settings, [plans]).changed == ("new",)
    assert open_pipeline(settings).ask("2025年计划新建公园多少个?").answer.startswith("21个")

    (plans / "new.txt").unlink()
    assert build_index(settings, [plans]).removed == ("new",)
    assert open_pipeline(settings).ask("2025年计划新建公园多少个?").outcome == "abstained"
    assert open_pipeline(settings).ask("2019年新建公园多少个?").answer.startswith("63个")


def test_a_document_can_be_taken_out_by_name(settings: Settings) -> None:
    assert build_index(settings, [], remove=[PLAN_2020]).removed == (PLAN_2020,)
    assert open_pipeline(settings).plans.coverage.years == (2023, 2024)
    with pytest.raises(SourceError, match="no document"):
        build_index(settings, [], remove=["nothing"])


def test_rebuilding_keeps_documents_from_elsewhere(settings: Settings, plans: Path) -> None:
    build_index(settings, [plans])
    shutil.rmtree(plans)
    report = build_index(settings, [], rebuild=True)
    assert set(report.unchanged) == {PLAN_2020, PLAN_2024, "new"}
    assert report.rebuilt


def test_bad_files_are_refused_and_good_ones_taken(settings: Settings, plans: Path) -> None:
    (plans / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (plans / "empty.txt").write_text(" \n", encoding="utf-8")
    (plans / "picture.png").write_bytes(b"\x89PNG")
    (plans / "old.txt").write_bytes(NEW_PLAN.replace("临江", "望海").encode("gb18030"))
    report = build_index(settings, [plans])
    assert set(report.added) == {"new", "old"}
    reasons = {Path(item.path).name: item.reason for item in report.refused}
    assert "not a text file" in reasons["binary.txt"]
    assert "empty" in reasons["empty.txt"]
    assert "not read" in reasons["picture.png"]


def test_two_files_of_one_name_get_two_ids(settings: Settings, plans: Path) -> None:
    (plans / "a").mkdir()
    (plans / "a" / "new.txt").write_text(NEW_PLAN.replace("临江", "望海"), encoding="utf-8")
    report = build_index(settings, [plans])
    assert len(set(report.added)) == 2


def test_another_embedder_is_noticed_and_explained(settings: Settings) -> None:
    folder = Path(settings.index_dir)
    manifest = read_manifest(folder)
    assert manifest is not None
    raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    raw["embedder"] = "sentence-transformers:other:64"
    (folder / "manifest.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(IndexStateError, match="cannot be compared"):
        open_pipeline(settings)
    report = build_index(settings, [])
    assert "embedder changed" in report.rebuilt
    assert open_pipeline(settings).ask("2019年新建公园多少个?").answer.startswith("63个")


def test_another_schema_is_noticed(settings: Settings) -> None:
    folder = Path(settings.index_dir)
    raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    raw["schema"] = "0-old"
    (folder / "manifest.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(IndexStateError, match="another version"):
        open_pipeline(settings)


def test_a_damaged_index_says_so_and_can_be_rebuilt(settings: Settings) -> None:
    folder = Path(settings.index_dir)
    (folder / "manifest.json").write_text('{"half": ', encoding="utf-8")
    with pytest.raises(IndexStateError, match="damaged"):
        open_pipeline(settings)
    build_index(settings, [SEEDS], rebuild=True)
    assert open_pipeline(settings).ask("2019年新建公园多少个?").answer.startswith("63个")


def test_a_killed_run_leaves_the_old_index_whole(settings: Settings, plans: Path) -> None:
    for i in range(40):  # enough work to be killed in the middle of it
        (plans / f"p{i}.txt").write_text(NEW_PLAN.replace("公园", f"公园{i}"), encoding="utf-8")
    folder = Path(settings.index_dir)
    generations = set(folder.glob("generation-*"))
    command = [sys.executable, "-m", "rag", "index", str(plans), "--index-dir", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while set(folder.glob("generation-*")) == generations and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    left = set(folder.glob("generation-*")) - generations
    assert left
    assert open_pipeline(settings).ask("2019年新建公园多少个?").answer.startswith("63个")
    build_index(settings, [plans])
    assert left.isdisjoint(folder.glob("generation-*"))
    assert len(open_pipeline(settings).manifest.documents) == 43


def test_a_full_disk_leaves_the_old_index_whole(settings: Settings, plans: Path) -> None:
    """A limit on the size of written files stands in for the full disk: writes fail half way."""
    folder = Path(settings.index_dir)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000));"
        "from rag.cli import main; sys.argv = ['rag', *sys.argv[1:]]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "index", str(plans), "--index-dir", str(folder)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(open_pipeline(settings).manifest.documents) == 2
    assert len(list(folder.glob("generation-*"))) == 1


def test_a_second_writer_waits_and_then_says_so(settings: Settings) -> None:
    from filelock import FileLock

    with (
        FileLock(Path(settings.index_dir) / "write.lock"),
        pytest.raises(IndexStateError, match="Another process"),
    ):
        build_index(settings, [SEEDS])


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(IndexStateError, match=r"cannot be written|not a folder"):
        build_index(Settings(index_dir=str(tmp_path / "file")), [SEEDS])
    with pytest.raises(IndexStateError, match="cannot be written"):
        build_index(Settings(index_dir="/proc/nowhere"), [SEEDS])


def test_the_manifest_is_replaced_in_one_step(settings: Settings) -> None:
    folder = Path(settings.index_dir)
    manifest = read_manifest(folder)
    assert manifest is not None
    write_manifest(folder, manifest)
    assert read_manifest(folder) == manifest
    assert not list(folder.glob("*.new"))


def test_a_store_that_lost_passages_is_noticed(settings: Settings) -> None:
    folder = Path(settings.index_dir)
    raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    raw["chunks"] += 1
    (folder / "manifest.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(IndexStateError, match="damaged"):
        open_pipeline(settings)
