"""Where the page listens."""

from __future__ import annotations

from rag.settings import Settings
from tests.browsing import free_port


def test_a_free_port_can_belistened_on() -> None:
    from rag.ui.server import listen

    listen(Settings(ui_port=free_port())).close()
