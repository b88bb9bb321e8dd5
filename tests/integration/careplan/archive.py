"""An archive of a test: a real HTTP server on the loopback that keeps documents, and fails as it is told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ArchiveServer(ThreadingHTTPServer):
    """`mood` says what it does: ok, hang, drop (keeps the document, says nothing), twice, or a status such as 503."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mood = "ok"
        self.documents: dict[str, Any] = {}
        self.asked: list[str] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}/archive/"


class _Handler(BaseHTTPRequestHandler):
    server: ArchiveServer
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        oid, mood = self.path.rsplit("/", 1)[-1], self.server.mood
        self.server.asked.append(self.path)
        if mood == "hang":
            self.server.released.wait(10)
        if mood in ("ok", "twice", "drop"):
            self.server.documents[oid] = json.loads(body)
        if mood not in ("drop", "hang"):
            for _ in range(2 if mood == "twice" else 1):
                self.send_response(int(mood) if mood.isdigit() else 201)
                self.send_header("Content-Length", "0")
                self.send_header("Location", "/elsewhere")
                self.end_headers()
        self.close_connection = mood in ("drop", "hang")

    def log_message(self, *args: Any) -> None:
        """Tests are quiet."""


@contextmanager
def serving() -> Iterator[ArchiveServer]:
    """The server, until the block ends."""
    server = ArchiveServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
