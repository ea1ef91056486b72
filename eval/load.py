"""Many people at once: how long they wait, how often it fails, what memory the server takes.

    python -m eval.load [--users N] [--seconds N] [--url URL] [--write]

Each of them asks through the page's HTTP API (`ask`), in a session of its own, a question of the
tuning part, reads the answer for about two seconds, and asks the next one. Without `--url` a server is
started on a copy of the index. `--write` keeps the figures in eval/load.json.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from eval.questions import load_questions

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "load.json"
THINKING = (1.0, 3.0)  # seconds between an answer and the next question
_START = 120.0  # seconds that a server may take to come up
_PATIENCE = 60.0  # seconds that somebody waits for an answer
_ENDPOINT = "/gradio_api/run/ask"


@dataclass(slots=True)
class Tally:
    """What everybody met."""

    times: list[float] = field(default_factory=list)  # milliseconds from the question to its answer
    errors: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, milliseconds: float) -> None:
        """Counts an answer."""
        with self._lock:
            self.times.append(milliseconds)

    def failed(self, reason: str) -> None:
        """Counts an error."""
        with self._lock:
            self.errors.append(reason)


@dataclass(frozen=True, slots=True)
class Server:
    """A server, and the process to be watched; none for one that somebody else has started."""

    url: str
    process: int | None

    def memory_mb(self) -> int | None:
        """The resident memory of the server in MB."""
        status = Path(f"/proc/{self.process}/status")
        if self.process is None or not status.exists():
            return None
        match = re.search(r"^VmRSS:\s+(\d+) kB", status.read_text(encoding="utf-8"), re.MULTILINE)
        return round(int(match[1]) / 1024) if match else None


@contextmanager
def start_server(index_dir: Path) -> Iterator[Server]:
    """A server of its own, on a copy of the index; the index is built where there is none."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "index"
        if index_dir.is_dir():
            shutil.copytree(index_dir, copy)
        command = [sys.executable, "-m", "rag", "ui", "--port", str(port), "--index-dir", str(copy)]
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            server = Server(f"http://127.0.0.1:{port}", process.pid)
            _wait(server.url, process)
            yield server
        finally:
            process.terminate()
            process.wait(30)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit("The server has ended; `rag ui` says why.")
        try:
            if httpx.get(f"{url}/health", timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    sys.exit("The server did not come up.")


def ask_on(url: str, questions: Sequence[str], seed: int, until: float, tally: Tally) -> None:
    """One person: asks, reads, asks again."""
    drawn = random.Random(seed)
    with httpx.Client(base_url=url, timeout=_PATIENCE) as session:
        time.sleep(drawn.uniform(0, THINKING[1]))
        while time.monotonic() < until:
            started = time.perf_counter()
            try:
                reply = session.post(
                    _ENDPOINT, json={"data": [drawn.choice(questions), None, None, None, None, False]}
                )
                if reply.is_error:
                    tally.failed(f"{reply.status_code}: {reply.text[:200]}")
                elif reply.json()["data"][0]["outcome"] in ("answered", "abstained"):
                    tally.answered((time.perf_counter() - started) * 1000)
                else:
                    tally.failed("no answer in the reply")
            except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
                tally.failed(f"{type(error).__name__}: {error}")
            time.sleep(drawn.uniform(*THINKING))


def measure(
    server: Server, users: int, seconds: float, progress: Callable[[float, Tally], None]
) -> dict[str, object]:
    """Lets so many people ask for so long; `progress` is told the seconds gone."""
    questions = [question.question for question in load_questions().questions if question.split == "tuning"]
    tally, begun = Tally(), time.monotonic()
    memory = {"start": server.memory_mb()}
    people = [
        threading.Thread(
            target=ask_on, args=(server.url, questions, seed, begun + seconds, tally), daemon=True
        )
        for seed in range(users)
    ]
    for person in people:
        person.start()
    while (gone := time.monotonic() - begun) < seconds:
        if "middle" not in memory and gone >= seconds / 2:
            memory["middle"] = server.memory_mb()
        progress(gone, tally)
        time.sleep(0.25)
    for person in people:
        person.join(_PATIENCE)
    memory["end"] = server.memory_mb()
    return {
        "users": users,
        "seconds": round(seconds),
        "cores": os.cpu_count(),
        "questions": len(tally.times) + len(tally.errors),
        "errors": len(tally.errors),
        "kinds_of_errors": sorted(set(tally.errors))[:5],
        "latency_ms": _latency(tally.times),
        "memory_mb": memory,
    }


def _latency(times: Sequence[float]) -> dict[str, int]:
    """Median, 95th percentile (nearest rank) and longest."""
    if not times:
        return {}
    ranked = sorted(times)
    return {
        "median": round(statistics.median(ranked)),
        "p95": round(ranked[math.ceil(0.95 * len(ranked)) - 1]),
        "max": round(ranked[-1]),
    }


def _show_progress(server: Server, users: int, seconds: float) -> dict[str, object]:
    columns = (TextColumn("{task.description:<34}"), BarColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Asking", total=seconds)

        def told(gone: float, tally: Tally) -> None:
            counted = f"{len(tally.times)} answers, {len(tally.errors)} errors"
            bar.update(task, completed=gone, description=counted)

        return measure(server, users, seconds, told)


def main() -> None:
    """Measures and prints; `--write` keeps the figures in eval/load.json."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--users", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--url", help="a server that is running, without names")
    parser.add_argument("--index-dir", type=Path, default=ROOT / ".rag")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    if arguments.url:
        server = Server(arguments.url.rstrip("/"), None)
        results = _show_progress(server, arguments.users, arguments.seconds)
    else:
        with start_server(arguments.index_dir) as started:
            results = _show_progress(started, arguments.users, arguments.seconds)
    for name, value in results.items():
        print(f"{name:<16} {json.dumps(value, ensure_ascii=False)}")
    if arguments.write:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
