"""Shared fixtures: the seed plans, indices over them and over small texts, and the `rag` command.

What takes long is made once for all workers of a run, under a lock.
"""

from __future__ import annotations

import gc
import io
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import pytest
from filelock import FileLock

from rag.adapters.embedded import EmbeddedEmbedder
from rag.cli import main
from rag.index import stored_text
from rag.read import parse_document
from rag.schema import Document
from rag.settings import Settings
from rag.wiring import Pipeline, build_index, open_pipeline
from tests.endpoint import Endpoint

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
PLAN_2020 = "003_6a70ec2443a71a7b"
PLAN_2024 = "000_52ee17d0e2f970d0"

# files that keep a worker busy longest: they begin first, so that none is left with one at the end
LONGEST = (
    "tests/ui/browser/test_use.py",
    "tests/index/test_doctor.py",  # while the first of the workers makes the index of the seeds
    "tests/eval/test_eval.py",
    "tests/ui/browser/test_restart.py",
    "tests/adapters/test_embedders.py",
    "tests/ui/browser/test_answers.py",
    "tests/ui/browser/test_model.py",
    "tests/commands/test_cli.py",
    "tests/ui/test_api.py",
    "tests/ui/browser/test_documents.py",
    "tests/eval/test_ablations.py",
)

# the packages make many objects that stay: to walk them again and again takes a tenth of the time
gc.set_threshold(50_000)

MakeFolder = Callable[[str, Callable[[Path], object]], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        file = item.nodeid.partition("::")[0]
        return LONGEST.index(file) if file in LONGEST else len(LONGEST)

    items.sort(key=turn)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MakeFolder:
    """A folder by its name, filled by the first worker that asks for it; nobody writes to it afterwards."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                folder.mkdir()
                fill(folder)
                done.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def index_dir(made_once: MakeFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index over the seeds, of this worker alone."""
    made = made_once("seeds", lambda folder: build_index(Settings(index_dir=str(folder)), [SEEDS]))
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("index") / "seeds"))


@pytest.fixture(scope="session")
def pipeline(index_dir: Path) -> Pipeline:
    return open_pipeline(Settings(index_dir=str(index_dir)))


@pytest.fixture(scope="session")
def texts(index_dir: Path, pipeline: Pipeline) -> dict[str, str]:
    """The texts of the seeds as they are stored and cited."""
    return {r.id: stored_text(index_dir, pipeline.manifest, r.id) for r in pipeline.manifest.documents}


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    """The seeds as they are read, without an index."""
    return {
        path.stem: parse_document(path.read_text(encoding="utf-8"), path.stem, f"seeds/{path.name}")
        for path in sorted(SEEDS.glob("*.txt"))
    }


@pytest.fixture(scope="session")
def plans_of(made_once: MakeFolder) -> Callable[..., Pipeline]:
    """Opens an index over small texts: `plans_of(older="...", newer="...")`."""

    def open_them(**texts: str) -> Pipeline:
        def fill(folder: Path) -> None:
            files = [folder / f"{stem}.txt" for stem in texts]
            for file in files:
                file.write_text(texts[file.stem], encoding="utf-8")
            build_index(Settings(index_dir=str(folder / "index")), files)

        name = blake2b(repr(texts).encode(), digest_size=6).hexdigest()
        return open_pipeline(Settings(index_dir=str(made_once(name, fill) / "index")))

    return open_them


@pytest.fixture(scope="session")
def embedder() -> EmbeddedEmbedder:
    return EmbeddedEmbedder()


@dataclass(frozen=True)
class Done:
    """What a run of the command left behind."""

    returncode: int
    stdout: str
    stderr: str


class Run(Protocol):
    """Runs `rag` with arguments, in the project's folder unless told otherwise."""

    def __call__(self, *arguments: str, stdin: str = "", cwd: Path = ROOT, **environment: str) -> Done: ...


@pytest.fixture
def rag(index_dir: Path) -> Run:
    """The `rag` command inside this process, which need not load everything anew."""

    def run(*arguments: str, stdin: str = "", cwd: Path = ROOT, **environment: str) -> Done:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(cwd)
            for name, value in _environment(index_dir, environment).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["rag", *arguments])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as ended:
                main()
        told = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]  # type: ignore[attr-defined]
        return Done(int(ended.value.code or 0), *told)

    return run


@pytest.fixture
def rag_process(index_dir: Path) -> Run:
    """The `rag` command as a process of its own, as a user runs it: a few seconds each time."""

    def run(*arguments: str, stdin: str = "", cwd: Path = ROOT, **environment: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "rag", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            cwd=cwd,
            env={**os.environ, **_environment(index_dir, environment)},
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


def _environment(index_dir: Path, more: Mapping[str, str]) -> dict[str, str]:
    return {"RAG_INDEX_DIR": str(index_dir), "NO_COLOR": "1", **more}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
