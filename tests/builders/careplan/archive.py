"""An archive of a test: a real HTTP server on the loopback that keeps documents, and fails as it is told."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID


class ArchiveServer(ThreadingHTTPServer):
    """`mood` says what it does: ok, hang, drop (keeps the document, says nothing), twice, or a status such as 503."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "http" if tls is None else "https"
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.mood = "ok"
        self.documents: dict[str, Any] = {}
        self.asked: list[str] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{self.scheme}://127.0.0.1:{self.server_port}/archive/"


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


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A key and the certificate that names the loopback by it, for today and tomorrow."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "archive")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(address, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    certificate_file, key_file = folder / "archive.pem", folder / "archive.key"
    certificate_file.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    plain = serialization.NoEncryption()
    key_file.write_bytes(key.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return certificate_file, key_file


def asking_for_certificates(certificate_file: Path, key_file: Path) -> ssl.SSLContext:
    """A server that shows this certificate and serves who shows it too."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_file, key_file)
    context.load_verify_locations(certificate_file)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[ArchiveServer]:
    """The server, until the block ends."""
    server = ArchiveServer(tls)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
