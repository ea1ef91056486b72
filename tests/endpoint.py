"""A real HTTP server that speaks as a model's endpoint does, well and badly behaved."""

from __future__ import annotations

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWER = "2019年光明区实现地区生产总值1020.9亿元。[1]"


class Endpoint(ThreadingHTTPServer):
    """Answers as its path says: /ok/v1, /401/v1, /slow/v1 ..."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.keys: list[str] = []
        self.bodies: list[dict[str, object]] = []
        self.behaviour = ""  # from now on, whatever the path says

    def url(self, behaviour: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{behaviour}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        behaviour = self.server.behaviour or self.path.split("/")[1]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(json.loads(body))
        self.server.keys.append(self.headers.get("Authorization", ""))
        if behaviour.isdigit():
            self._fail(int(behaviour), "no")
        elif behaviour == "context":
            self._fail(400, "the request exceeds the available context size")
        elif behaviour == "slow":
            time.sleep(20)
        else:
            self._stream(behaviour)

    def _fail(self, status: int, message: str) -> None:
        content = json.dumps({"error": {"message": message}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, behaviour: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for i, char in enumerate(ANSWER):
            if behaviour == "truncated" and i == 12:
                self.connection.close()
                return
            if behaviour == "malformed" and i == 12:
                self._chunk("data: {this is not JSON\n\n")
            choice = {"index": 0, "delta": {"role": "assistant", "content": char}, "finish_reason": None}
            self._chunk(
                f"data: {json.dumps({'id': 'x', 'object': 'chat.completion.chunk', 'created': 1, 'model': 'm', 'choices': [choice]})}\n\n"
            )
            if behaviour == "stalling" and i == 12:
                time.sleep(20)
            if behaviour == "paced":
                time.sleep(0.05)
        self._chunk("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, text: str) -> None:
        content = text.encode()
        self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass
