"""A greeting over HTTP: a page at /, JSON at /api/hello, and /healthz for whoever watches."""

import json
import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from greeting import greet


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/":
            self.answer(200, "text/html", f"<!doctype html><title>Hello</title><h1>{greet('')}</h1>\n")
        elif url.path == "/api/hello":
            self.api(parse_qs(url.query).get("name", [""])[0])
        elif url.path == "/healthz":
            self.answer(200, "text/plain", "ok\n")
        else:
            self.answer(404, "text/plain", "There is nothing here.\n")

    do_HEAD = do_GET

    def api(self, name):
        try:
            self.answer(200, "application/json", json.dumps({"message": greet(name)}) + "\n")
        except ValueError as error:
            self.answer(400, "application/json", json.dumps({"error": str(error)}) + "\n")

    def answer(self, status, kind, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def main():
    host = os.environ.get("HOST", "127.0.0.1")
    port = int(os.environ.get("PORT", "8080"))
    server = ThreadingHTTPServer((host, port), Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"Listening on http://{host}:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
