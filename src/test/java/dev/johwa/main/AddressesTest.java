package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Applications that listen where they like.
class AddressesTest {
    /// Listens at the address `ON` and the port `FIXED`, or at that of PORT.
    private static final String APP = """
            import http.server, os, socket

            class Server(http.server.ThreadingHTTPServer):
                address_family = socket.AF_INET6 if ':' in os.environ.get('ON', '') else socket.AF_INET

                def server_bind(self):
                    if self.address_family == socket.AF_INET6:
                        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                    super().server_bind()

            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    body = os.environ.get('SAYS', 'hello').encode()
                    self.send_response(200)
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            Server((os.environ.get('ON', '127.0.0.1'), int(os.environ.get('FIXED', os.environ['PORT']))), Handler).serve_forever()
            """;

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource({"six, ::1", "allsix, ::"})
    void oneOfIpv6OnlyIsLive(String name, String address) throws Exception {
        isFound(name, address);
    }

    @Test
    void oneThatListensElsewhereIsFound() throws Exception {
        isFound("other", "127.0.0.3");
    }

    private static void isFound(String name, String address) throws Exception {
        var repository = platform.repository(
                name,
                "Procfile",
                "web: python3 serve.py\n",
                "serve.py",
                APP,
                "johwa.yaml",
                "env: {ON: '" + address + "'}\n");

        assertThat(platform.push(repository, "main")).contains("http://" + name + ".localhost:");
        assertThat(platform.body(name)).isEqualTo("hello");
    }

    @Test
    void twoThatInsistOnTheSamePortRunBesideEachOther() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        for (var name : new String[] {"first", "second", "third"}) {
            var repository = platform.repository(
                    name,
                    "Procfile",
                    "web: python3 serve.py\n",
                    "serve.py",
                    APP,
                    "johwa.yaml",
                    "env: {FIXED: '" + port + "', SAYS: " + name + "}\n");
            assertThat(platform.push(repository, "main")).contains("http://" + name + ".localhost:");
        }

        assertThat(platform.body("first")).isEqualTo("first");
        assertThat(platform.body("second")).isEqualTo("second");
        assertThat(platform.body("third")).isEqualTo("third");
    }

    @Test
    void aStartThatAsksSomebodyIsToldAsThat() throws Exception {
        var repository = platform.repository(
                "asking",
                "Procfile",
                "web: echo 'Who is there?'; read -r name; exec python3 serve.py\n",
                "serve.py",
                APP,
                "johwa.yaml",
                "health: {within: 2s}\n");

        assertThat(platform.push(repository, "main"))
                .contains("web waits for standard input and does not listen on a port within 2 s")
                .contains("it asks something on standard input, where nobody answers");
    }
}
