"""Who may use the page, and who may change its documents."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from rag.errors import InputError
from rag.settings import Settings
from rag.ui.access import Users, add_user, is_loopback, load_users, may_edit, read_users


def header(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.fixture(scope="module")
def users_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users"
    for name in ("alice", "王芳"):
        add_user(path, name, "old password")
    add_user(path, "alice", "密码 pässword")
    return path


def test_a_user_is_known_by_name_and_password(users_file: Path) -> None:
    assert users_file.stat().st_mode & 0o077 == 0
    users = read_users(users_file)
    assert set(users.hashes) == {"alice", "王芳"}
    assert users.check(header("alice", "密码 pässword")) == "alice"
    assert users.check(header("alice", "密码 pässword")) == "alice"
    assert users.check(header("王芳", "old password")) == "王芳"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"\xff\xfe:x").decode(),
        "Basic üüüü",
        header("alice", "old password"),
        header("alice", "a\0b"),
        header("mallory", "密码 pässword"),
        header("", ""),
        header("王芳", "密码 pässword"),
        header("王芳", "old password").replace("Basic", "Bearer"),
        header("王芳", "x" * 5000),
    ],
)
def test_anybody_else_is_refused(users_file: Path, wrong: str) -> None:
    assert read_users(users_file).check(wrong) is None


def test_lines_of_other_tools_are_read_and_others_told(tmp_path: Path) -> None:
    path = tmp_path / "users"
    add_user(path, "bob", "password")
    line = path.read_text(encoding="utf-8").strip()
    path.write_text(
        f"# people\n\n{line.replace('$2b$', '$2y$')}\n", encoding="utf-8"
    )  # as htpasswd -B writes it
    assert read_users(path).check(header("bob", "password")) == "bob"
    for bad in ("bob", "bob:", ":$2b$", "bob:{SHA}abc", "bob:$2b$", "bob:$2b$12$short", f"{line}x"):
        path.write_text(f"{line}\n{bad}\n", encoding="utf-8")
        with pytest.raises(InputError, match="line 2"):
            read_users(path)
    for content in (b"", b"# nobody\n", b"\xff\xff"):
        path.write_bytes(content)
        with pytest.raises(InputError):
            read_users(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_users(tmp_path / "none")


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", "password"),
        ("a:b", "password"),
        ("a b", "password"),
        ("#a", "password"),
        ("a", "short"),
        ("a", "密" * 25),
    ],
)
def test_users_that_cannot_be(name: str, password: str, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        add_user(tmp_path / "users", name, password)
    with pytest.raises(InputError, match="cannot be written"):
        add_user(tmp_path / "none" / "users", "alice", "password")


def test_the_page_is_not_opened_to_others_by_accident(users_file: Path) -> None:
    assert load_users(Settings()) is None
    assert load_users(Settings(ui_host="0.0.0.0", ui_open=True)) is None
    for host in ("0.0.0.0", "::", "192.0.2.1", "plans.example", ""):
        assert not is_loopback(host)
        with pytest.raises(InputError, match="without asking for names"):
            load_users(Settings(ui_host=host))
        assert isinstance(load_users(Settings(ui_host=host, ui_users_file=str(users_file))), Users)


@pytest.mark.parametrize(
    ("host", "editors", "user", "may"),
    [
        ("127.0.0.1", "local", None, True),
        ("localhost", "local", "alice", True),
        ("0.0.0.0", "local", "alice", False),
        ("0.0.0.0", "everyone", None, True),
        ("127.0.0.1", "nobody", "nobody", False),
        ("127.0.0.1", "alice, bob", "bob", True),
        ("127.0.0.1", "alice,bob", "eve", False),
        ("127.0.0.1", "alice,bob", None, False),
        ("127.0.0.1", "alice,bob", "", False),
    ],
)
def test_who_may_change_documents(host: str, editors: str, user: str | None, may: bool) -> None:
    assert may_edit(Settings(ui_host=host, ui_editors=editors), user) is may
