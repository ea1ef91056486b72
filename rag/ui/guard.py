"""What every request passes: a name where names are asked for, and headers on every reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from rag.ui.access import Users

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]

HEALTH = "/health"
# Gradio builds functions from strings, hence unsafe-eval; nothing may come from or go to another host
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_REFUSAL = {"WWW-Authenticate": 'Basic realm="plan-rag", charset="UTF-8"', "Content-Type": "text/plain"}


class Guard:
    """ASGI middleware; the name of the user is left in the scope as `user_name`."""

    def __init__(self, app: _App, users: Users | None) -> None:
        self._app = app
        self._users = users

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Passes a request on, or asks for a name."""
        if scope["type"] == "lifespan" or self._users is None or scope["path"] == HEALTH:
            await self._app(scope, receive, _with_headers(send))
            return
        header = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
        name = self._users.check(header)
        if name is not None:
            scope["user_name"] = name
            await self._app(scope, receive, _with_headers(send))
        elif scope["type"] == "http":
            headers = [(key.lower().encode(), value.encode()) for key, value in _REFUSAL.items()]
            send = _with_headers(send)
            await send({"type": "http.response.start", "status": 401, "headers": headers})
            await send({"type": "http.response.body", "body": b"A name and a password are needed."})
        else:
            await send({"type": "websocket.close", "code": 1008})


def _with_headers(send: _Send) -> _Send:
    added = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]

    async def send_more(message: _Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *added]
        await send(message)

    return send_more
