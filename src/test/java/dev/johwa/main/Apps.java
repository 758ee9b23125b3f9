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

    /// Does what a path or an environment value asks for: `/slow`, `/exit`, `/keep` (adds its version to data), `FIXED`
    /// (a port of its own), `ON` (an address), `AFTER` (seconds until it listens). A version `edge…` answers 500 to
    /// whoever comes by the edge.
    static final String[] TRICKY = {"app.py", """
        import http.server, os, time

        VERSION = open('version').read().strip()
        print('starting', VERSION, flush=True)
        time.sleep(float(os.environ.get('AFTER', '0')))

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_GET(self):
                text = VERSION
                if self.path == '/exit':
                    print('last words of', VERSION, flush=True)
                    os._exit(7)
                if self.path == '/slow':
                    time.sleep(1.5)
                if self.path == '/keep':
                    os.makedirs('keep', exist_ok=True)
                    with open('keep/log', 'a') as log:
                        log.write(VERSION + ' ')
                    text = open('keep/log').read()
                byEdge = 'localhost:' in self.headers['Host'] or '.' in self.headers['Host']
                self.send_response(500 if VERSION.startswith('edge') and byEdge else 200)
                self.send_header('Content-Length', str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *arguments):
                pass

        address = (os.environ.get('ON', '127.0.0.1'), int(os.environ.get('FIXED', os.environ['PORT'])))
        http.server.ThreadingHTTPServer(address, Handler).serve_forever()
        """, "version", "1\n"};

    private Apps() {}
}
