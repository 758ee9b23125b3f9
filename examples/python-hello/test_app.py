import json
import threading
import unittest
from http.server import ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import urlopen

from app import Handler


class QuietHandler(Handler):
    def log_message(self, *_):
        pass


class AppTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), QuietHandler)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def get(self, path):
        return urlopen(f"http://127.0.0.1:{self.server.server_port}{path}", timeout=5)

    def test_shows_a_page(self):
        self.assertIn("Hello, world!", self.get("/").read().decode())

    def test_greets_over_the_api(self):
        self.assertEqual(json.load(self.get("/api/hello?name=Ada")), {"message": "Hello, Ada!"})

    def test_tells_that_it_is_healthy(self):
        self.assertEqual(self.get("/healthz").status, 200)

    def test_knows_what_it_does_not_have(self):
        with self.assertRaises(HTTPError) as raised:
            self.get("/nothing")
        self.assertEqual(raised.exception.code, 404)
        raised.exception.close()
