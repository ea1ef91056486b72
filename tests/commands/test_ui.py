"""The command ui: whom it lets in, where it listens, how users are added."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

from rag.ui.access import read_users
from tests.conftest import ROOT, Run


def named(name: str, password: str = "password") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_the_page_is_not_opened_to_other_machines_without_names(rag: Run) -> None:
    done = rag("ui", "--host", "0.0.0.0")
    assert done.returncode == 2
    assert "without asking for names" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_user_is_added_by_the_command(rag: Run, tmp_path: Path) -> None:
    users = tmp_path / "users"
    told = rag("ui", "--add-user", "carol")
    assert (told.returncode, "RAG_UI_USERS_FILE" in told.stderr) == (2, True)
    done = type_password("carol", "a long password", users)
    assert done.returncode == 0, done.stderr
    assert users.read_text(encoding="utf-8").startswith("carol:$2b$")
    assert read_users(users).check(named("carol", "a long password")["Authorization"]) == "carol"
    assert type_password("dave", "short", users).returncode == 2
    assert set(read_users(users).hashes) == {"carol"}


def type_password(name: str, password: str, users: Path) -> subprocess.CompletedProcess[str]:
    """Adds a user as at a keyboard: the password is typed twice."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "rag", "ui", "--add-user", name],
        input=f"{password}\n{password}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
        start_new_session=True,  # without a terminal the password is read from standard input
        env={**os.environ, "RAG_UI_USERS_FILE": str(users)},
    )
