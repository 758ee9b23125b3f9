package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.DockerDaemon;
import dev.johwa.serve.data.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What an app reaches on this machine: other apps by `uses`, databases by `data`, from processes and from containers.
class UsesTest {
    private static final String PUBLIC = "environments: {preview: {access: public}}\n";
    private static final String ASKS = """
            import http.server, os, urllib.request

            class Page(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    with urllib.request.urlopen(os.environ["SHOP_API_URL"] + "/") as said:
                        text = said.read()
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(text)

            http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Page).serve_forever()
            """;

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        var daemon = DockerDaemon.shared();
        daemon.base();
        platform = Platform.on(daemon);
    }

    @AfterAll
    static void end() throws IOException {
        var folder = platform.data().toString();
        platform.close();
        // What leads from containers to the machine ends with `down --apps`.
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(each -> each.info().commandLine().stream())
                        .filter(line -> line.contains(folder)))
                .isEmpty();
    }

    private static Path branch(Path repository, String name, String... files) throws IOException {
        platform.git(repository, "checkout", "-q", "-b", name);
        platform.commit(repository, files);
        return repository;
    }

    @Test
    void anotherAppIsFoundFromProcessesAndContainersAndByPreviewsOfTheSameBranch() throws Exception {
        var api = platform.repository("shop-api", "index.html", "the api", "johwa.yaml", PUBLIC);
        var page = platform.repository(
                "page", "Procfile", "web: python3 serve.py\n", "serve.py", ASKS, "johwa.yaml", "uses: [shop-ap]\n");
        assertThat(platform.push(api, "main")).contains("http://shop-api.localhost:");
        assertThat(platform.push(page, "main"))
                .contains("'uses': there is no app shop-ap")
                .contains("shop-api");

        platform.commit(page, "johwa.yaml", "uses: [shop-api]\n" + PUBLIC);
        platform.push(page, "main");
        assertThat(platform.body("page")).isEqualTo("the api");

        platform.push(branch(api, "both", "index.html", "the api of both"), "both");
        platform.push(branch(page, "both"), "both");
        assertThat(platform.body("both--page")).isEqualTo("the api of both");

        var front = platform.repository(
                "front", "johwa.yaml", "uses: [shop-api]\ndata: [postgres]\n", "Dockerfile", """
                FROM johwa-test-base:1
                RUN mkdir /www
                EXPOSE 8080
                STOPSIGNAL SIGKILL
                CMD ["sh", "/start"]
                COPY start /start
                """, "start", """
                wget -qO /www/index.html $SHOP_API_URL/
                place=${DATABASE_URL#*@}
                # It asks for TLS, which PostgreSQL declines by a letter.
                { printf '\\0\\0\\0\\010\\004\\322\\026\\057'; sleep 1; } |
                    nc ${place%:*} $(echo ${place#*:} | sed 's,/.*,,') >/www/declined
                exec httpd -f -p 8080 -h /www
                """);
        assertThat(platform.push(front, "main")).contains("http://front.localhost:");
        assertThat(platform.body("front")).isEqualTo("the api");
        assertThat(platform.get("front.localhost", "/declined").body()).isEqualTo("N");

        // No client of the database is in the image.
        branch(front, "both", "fixtures/goods.sql", "create table goods as select 'apple' as name;\n");
        assertThat(platform.push(front, "both")).contains("http://both--front.localhost:");
        var database = platform.server().data().require(new Owner("front", "front", "both"), "DATABASE_URL");
        var client = platform.server().data().open(database, List.of("-Atc", "table goods"), Optional.empty(), "");
        assertThat(new String(client.out().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("apple\n");
        client.end();
    }
}
