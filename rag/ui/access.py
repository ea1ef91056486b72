"""Who may use the page, and who may change its documents.

>>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("plans.example")
(True, True, False, False)
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import InputError
from rag.settings import Settings

_HASH = re.compile(r"\$2[aby]\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}")
_REMEMBERED = 1000  # checked credentials; a bcrypt check takes some 50 ms, and a page makes many requests


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(slots=True)
class Users:
    """Names with their bcrypt hashes."""

    hashes: dict[str, bytes]
    _checked: dict[bytes, str] = field(default_factory=dict, repr=False)

    def check(self, header: str) -> str | None:
        """The user that an `Authorization: Basic …` header stands for; None for a wrong one."""
        import bcrypt

        digest = hashlib.sha256(header.encode()).digest()
        if name := self._checked.get(digest):
            return name
        scheme, _, encoded = header.partition(" ")
        try:
            name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:  # neither base64 nor UTF-8
            return None
        known = self.hashes.get(name)
        if scheme.lower() != "basic" or known is None or "\0" in password:
            return None
        if not bcrypt.checkpw(password.encode()[:72], known):
            return None
        if len(self._checked) >= _REMEMBERED:
            self._checked.clear()
        self._checked[digest] = name
        return name


def read_users(path: Path) -> Users:
    """Reads lines of `name:hash`; raises InputError for a file that is none of that kind."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the users cannot be read.", "Check ui_users_file.") from error
    hashes: dict[str, bytes] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, digest = line.strip().partition(":")
        if not name or not _HASH.fullmatch(digest):
            raise InputError(
                f"{path}, line {number}: this is no name with a bcrypt hash.",
                "Make the line with: rag ui --add-user NAME",
            )
        hashes[name] = digest.encode()
    if not hashes:
        raise InputError(f"{path}: holds no user.", "Add one with: rag ui --add-user NAME")
    return Users(hashes)


def add_user(path: Path, name: str, password: str) -> None:
    """Writes a user into the file, or gives a known one a new password."""
    import bcrypt

    if not name or name.startswith("#") or any(char == ":" or char.isspace() for char in name):
        raise InputError(
            f"“{name}” is no name for a user.", "Names have neither colons nor spaces and begin with no #."
        )
    if len(password) < 8 or len(password.encode()) > 72:
        raise InputError("A password has at least 8 characters and at most 72 bytes.")
    digest = bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode()
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        kept = [line for line in lines if line.partition(":")[0] != name]
        path.touch(mode=0o600)
        path.write_text("\n".join([*kept, f"{name}:{digest}", ""]), encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise InputError(f"{path}: the users cannot be written.", "Check ui_users_file.") from error


def load_users(settings: Settings) -> Users | None:
    """The users of the settings; None where no names are asked for.

    Raises InputError where the page would then be open to other machines without anybody having said so.
    """
    if settings.ui_users_file:
        return read_users(Path(settings.ui_users_file))
    if is_loopback(settings.ui_host) or settings.ui_open:
        return None
    raise InputError(
        f"Listening on {settings.ui_host} would open the page to other machines without asking for names.",
        "Name the users (ui_users_file; `rag ui --add-user NAME` makes it), or set ui_open to allow it.",
    )


def may_edit(settings: Settings, user: str | None) -> bool:
    """Whether a user may add and remove documents."""
    if settings.ui_editors == "local":
        return is_loopback(settings.ui_host)
    if settings.ui_editors in ("everyone", "nobody"):
        return settings.ui_editors == "everyone"
    return user is not None and user in [name.strip() for name in settings.ui_editors.split(",")]
