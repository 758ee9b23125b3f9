package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data that outlives releases, by the CLI against a real server with real databases.
class DataVerbsTest {
    /// `/write/PATH` makes a file, any other path is read.
    private static final String[] APP = {"app.py", """
        import http.server, os

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                try:
                    if self.path.startswith('/write/'):
                        open(self.path[7:], 'x').write('kept')
                    text = open(self.path.replace('/write', '')[1:]).read() if self.path != '/' else 'well'
                except OSError as e:
                    text = e.strerror
                self.send_response(200)
                self.end_headers()
                self.wfile.write(text.encode())

        http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
        """};

    private static Platform platform;

    @TempDir
    Path home;

    private Terminal terminal;

    @BeforeAll
    static void start() throws Exception {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws Exception {
        platform.close();
    }

    @BeforeEach
    void open() {
        terminal = new Terminal(platform, home);
    }

    private int johwa(String... words) {
        return terminal.johwa(words);
    }

    private static String ask(String app, String path) throws Exception {
        return platform.get(app + ".localhost", path).body();
    }

    @Test
    void anAddedFolderOutlivesReleasesRollbacksAndThePlatform() throws Exception {
        var repository = platform.repository("gallery", APP);
        assertThat(platform.push(repository, "main")).contains("live");
        assertThat(ask("gallery", "/write/up/one")).isEqualTo("No such file or directory");

        assertThat(johwa("data", "add", "gallery", "folder", "--at", "up"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.err()).contains("up/ of the app outlives its releases", "live");
        assertThat(ask("gallery", "/write/up/one")).isEqualTo("kept");
        platform.commit(repository, "version", "2");
        platform.push(repository, "main");
        assertThat(ask("gallery", "/up/one")).isEqualTo("kept");
        // Release 1 knew nothing of it, and would be there at once if it were still warm.
        assertThat(johwa("rollback", "gallery", "1")).as(terminal.err()).isZero();
        assertThat(ask("gallery", "/up/one")).isEqualTo("kept");
        platform.restart();
        assertThat(ask("gallery", "/up/one")).isEqualTo("kept");

        platform.git(repository, "checkout", "-q", "-b", "idea");
        platform.commit(repository, "version", "3");
        assertThat(platform.push(repository, "idea")).contains("live");
        assertThat(ask("idea--gallery", "/up/one")).isEqualTo("No such file or directory");
        assertThat(ask("idea--gallery", "/write/up/one")).isEqualTo("kept");

        assertThat(johwa("data", "gallery", "--json")).isZero();
        var list = Json.tree(terminal.out()).get("data");
        assertThat(list).hasSize(2);
        assertThat(list.get(1).get("variable").asString()).isEqualTo("up/");
        assertThat(list.get(1).get("kind").asString()).isEqualTo("folder");
        assertThat(list.get(1).get("environment").asString()).isEqualTo("production");
        assertThat(list.get(1).get("bytes").asInt()).isEqualTo(4);

        assertThat(johwa("data", "add", "gallery", "up/")).isZero();
        assertThat(terminal.err()).contains("there already");
        assertThat(johwa("data", "add", "gallery", "up/deep/")).isEqualTo(2);
        assertThat(terminal.err()).contains("lie in each other");
    }

    @Test
    void aFolderIsRemovedWithTheNameTypedAndOneOfJohwaYamlIsNot() throws Exception {
        var repository = platform.repository("album", APP);
        platform.commit(repository, "johwa.yaml", "data: [named/]\n");
        platform.push(repository, "main");
        assertThat(johwa("data", "add", "album", "pictures/")).isZero();
        ask("album", "/write/pictures/one");
        ask("album", "/write/named/one");

        assertThat(johwa("data", "remove", "album", "pictures")).isEqualTo(2);
        assertThat(johwa("data", "remove", "album", "pictures", "--confirm", "gallery"))
                .isEqualTo(2);
        assertThat(ask("album", "/pictures/one")).isEqualTo("kept");
        assertThat(johwa("data", "remove", "album", "pictures", "--confirm", "album"))
                .as(terminal.err())
                .isZero();
        assertThat(ask("album", "/pictures/one")).isEqualTo("No such file or directory");
        assertThat(platform.data().resolve("apps/album/data/production/pictures"))
                .doesNotExist();
        assertThat(johwa("data", "remove", "album", "named/", "--confirm", "album"))
                .isEqualTo(1);
        assertThat(terminal.err()).contains("johwa.yaml of album says data: [named/]");
        assertThat(ask("album", "/named/one")).isEqualTo("kept");

        assertThat(johwa("data", "dump", "album", "named/")).isEqualTo(2);
        assertThat(terminal.err()).contains("is a folder, no database");
        for (var outside : new String[] {"../other/", "/etc/", "./"}) {
            assertThat(johwa("data", "add", "album", outside)).as(outside).isEqualTo(2);
            assertThat(terminal.err()).contains("no folder below the app's own");
        }
        assertThat(johwa("data", "add", "album", "foldr")).isEqualTo(2);
        assertThat(terminal.err()).contains("did you mean 'folder'?");
        assertThat(Files.exists(platform.data().resolve("apps/other"))).isFalse();
    }
}
