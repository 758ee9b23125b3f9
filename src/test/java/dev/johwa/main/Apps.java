package dev.johwa.main;

/// Small real applications for tests.
final class Apps {
    /// Answers with the text of the file `version`; its test fails when that says `bad`.
    static final String[] PYTHON = {"app.py", """
        import http.server, os

        VERSION = open('version').read().strip().encode()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                body = os.environ.get(self.path[5:], '').encode() if self.path.startswith('/env/') else VERSION
                self.send_response(200)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                print('asked', self.path, flush=True)

        print('listening on', os.environ['PORT'], flush=True)
        http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
        """, "test_app.py", """
        import unittest

        class VersionTest(unittest.TestCase):
            def test_is_not_bad(self):
                self.assertNotEqual(open('version').read().strip(), 'bad')
        """, "version", "1\n"};

    private Apps() {}
}
