"""How soon the page can be used, and how soon the first answer stands there.

    python -m eval.opening [--rounds N] [--write]

Opens the page of a warm server in a fresh Chromium profile again and again: the time from the request to
the first examples, with the question box ready, and from Enter to the answer. Needs the packages of the
tests (Playwright) and a browser. `--write` keeps the figures in eval/opening.json.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from eval.load import ROOT, start_server
from eval.questions import load_questions

RESULTS = Path(__file__).parent / "opening.json"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def open_and_ask(browser: Browser, url: str, question: str) -> tuple[float, float]:
    """Milliseconds until the page can be used, and from a question to its answer."""
    context = browser.new_context(locale="zh-CN")
    try:
        page = context.new_page()
        started = time.perf_counter()
        page.goto(url)
        page.locator(".intro").first.wait_for()
        box = page.locator("#question-box textarea")
        box.fill(question)
        opened = time.perf_counter()
        box.press("Enter")
        page.locator("#current .turn:not(.pending)").wait_for()
        answered = time.perf_counter()
    finally:
        context.close()
    return (opened - started) * 1000, (answered - opened) * 1000


def main() -> None:
    """Measures and prints; `--write` keeps the figures in eval/opening.json."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--index-dir", type=Path, default=ROOT / ".rag")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    known = [q.question for q in load_questions().questions if q.split == "tuning" and q.language == "zh"]
    questions = known[:: len(known) // arguments.rounds][: arguments.rounds]
    installed = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    with start_server(arguments.index_dir) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed, args=["--no-sandbox"])
        times = [open_and_ask(browser, server.url, question) for question in questions]
        browser.close()
    opened, answered = ([round(value) for value in column] for column in zip(*times, strict=True))
    results = {
        "rounds": len(times),
        "opened_ms": {"median": round(statistics.median(opened)), "longest": max(opened), "each": opened},
        "first_answer_ms": {
            "median": round(statistics.median(answered)),
            "longest": max(answered),
            "each": answered,
        },
    }
    print(json.dumps(results))
    if arguments.write:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
