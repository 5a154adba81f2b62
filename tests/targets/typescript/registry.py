"""A registry of npm on this machine that holds the TypeScript compiler of the tests, and nothing else."""

import json
import tarfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha512
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any


@contextmanager
def registry(package: Path, folder: Path) -> Iterator[str]:
    """The address of a registry that serves one installed package; its archive is made in a folder."""
    stated: dict[str, Any] = json.loads((package / "package.json").read_text(encoding="utf-8"))
    archive = folder / f"{stated['name']}.tgz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as packed:
        packed.add(package, "package")
    content = archive.read_bytes()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == f"/{stated['name']}":
                self._say(
                    json.dumps(_listing(stated, f"http://{self.headers['Host']}/{archive.name}", content)).encode()
                )
            elif self.path == f"/{archive.name}":
                self._say(content)
            else:
                self.send_error(404)

        def _say(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def _listing(stated: dict[str, Any], address: str, content: bytes) -> dict[str, Any]:
    """What a registry tells of a package with one version."""
    kept = {key: stated[key] for key in ("name", "version", "bin")}
    dist = {"tarball": address, "integrity": _integrity(content)}
    return {
        "name": stated["name"],
        "dist-tags": {"latest": stated["version"]},
        "versions": {stated["version"]: {**kept, "dist": dist}},
    }


def _integrity(content: bytes) -> str:
    return f"sha512-{b64encode(sha512(content).digest()).decode()}"
