package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Applications of which their sources do not say what they do, and which show it when they run.
class HiddenServersTest {
    private static final String HANDLER = """
            import importlib, os, time

            server = importlib.import_module('socket' + 'server')

            class Handler(getattr(server, 'Stream' + 'RequestHandler')):
                def handle(self):
                    while self.rfile.readline().strip():
                        pass
                    body = open('version').read().encode()
                    self.wfile.write(b'HTTP/1.0 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n' % len(body) + body)

            """;

    private static String python(String address) {
        return HANDLER
                + "getattr(server, 'Threading' + 'TCP' + 'Ser' + 'ver')(" + address
                + ", Handler).__getattribute__('serve_' + 'forever')()\n";
    }

    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static AppStatus status(String app) {
        return platform.server().releases().status(Optional.of(app)).getFirst();
    }

    private static String service(String app) {
        var where = new AppEnvironment(app, app, AppEnvironment.PRODUCTION);
        return platform.server()
                .releases()
                .current(where)
                .orElseThrow()
                .settings()
                .service()
                .name();
    }

    @Test
    void aWorkerThatAnswersIsServedAndTheNextPushKnowsIt() throws Exception {
        var repository = platform.repository(
                "hidden", "main.py", python("('127.0.0.1', int(os.environ['PO' + 'RT']))"), "version", "1");
        var output = platform.push(repository, "main");

        assertThat(output)
                .contains("it listens on ")
                .contains("so it is served at http://hidden.localhost:")
                .contains("`service: worker` in johwa.yaml keeps it from that");
        assertThat(platform.body("hidden")).isEqualTo("1");

        platform.commit(repository, "version", "2");
        assertThat(platform.push(repository, "main"))
                .contains("http://hidden.localhost:")
                .doesNotContain("it listens on ");
        assertThat(platform.body("hidden")).isEqualTo("2");

        platform.commit(repository, "main.py", "raise SystemExit('broken')\n" + python("('127.0.0.1', 1)"));
        assertThat(platform.push(repository, "main"))
                .contains("Not live: web ended")
                .contains("keeps serving");
        assertThat(platform.body("hidden")).isEqualTo("2");
    }

    @Test
    void oneThatInsistsOnAPortOfItsOwnIsServedToo() throws Exception {
        var repository = platform.repository("fixed", "main.py", python("('0.0.0.0', 18431)"), "version", "1");

        assertThat(platform.push(repository, "main")).contains("it listens on 18431, so it is served at");
        assertThat(platform.body("fixed")).isEqualTo("1");
    }

    @Test
    void whatSaysThatItIsAWorkerStaysOne() throws Exception {
        var main = python("('0.0.0.0', int(os.environ['PO' + 'RT']))");
        var said = platform.repository("said", "main.py", main, "version", "1", "johwa.yaml", "service: worker\n");
        var listed = platform.repository("listed", "main.py", main, "version", "1");
        platform.commit(listed, "Procfile", "worker: exec python3 main.py\n");

        assertThat(platform.push(said, "main"))
                .doesNotContain("so it is served")
                .contains("release 1 runs");
        assertThat(platform.push(listed, "main"))
                .doesNotContain("so it is served")
                .contains("release 1 runs");
        assertThat(platform.get("said.localhost", "/").statusCode()).isNotEqualTo(200);
        assertThat(platform.get("listed.localhost", "/").statusCode()).isNotEqualTo(200);
    }

    @Test
    void aPortForItselfAndOneThatSpeaksNoHttpAreNotServed() throws Exception {
        var own = platform.repository("own", "main.py", python("('127.0.0.1', 18433)"), "version", "1");
        var silent = platform.repository("silent", "main.py", """
                import importlib, time
                open_socket = getattr(importlib.import_module('soc' + 'ket'), 'create_ser' + 'ver')(('0.0.0.0', 18434))
                while True:
                    connection, _ = open_socket.accept()
                    connection.sendall(b'+OK no HTTP here\\r\\n')
                    connection.close()
                """);

        assertThat(platform.push(own, "main"))
                .contains("it listens on 127.0.0.1:18433 and is not served: nobody else is meant to reach it");
        assertThat(platform.push(silent, "main")).contains("and is not served: no HTTP is spoken there");
        assertThat(service("own")).isEqualTo("WORKER");
        assertThat(status("silent").state()).isEqualTo("live");
    }

    @Test
    void aSlowOneIsServedWithTheNextPush() throws Exception {
        var slow = HANDLER + "time.sleep(float(open('wait').read()))\n"
                + python("('127.0.0.1', int(os.environ['PO' + 'RT']))");
        var repository = platform.repository("slow", "main.py", slow, "version", "1", "wait", "6.5");

        assertThat(platform.push(repository, "main")).contains("release 1 runs");
        eventually(() ->
                status("slow").instances().stream().anyMatch(each -> each.port().isPresent()));
        platform.commit(repository, "version", "2", "wait", "0");
        assertThat(platform.push(repository, "main")).contains("http://slow.localhost:");
        assertThat(platform.body("slow")).isEqualTo("2");
    }

    @Test
    void aWebServiceThatTellsHowItFailedIsNoJobWhateverItsStatus() throws Exception {
        var repository = platform.repository("traced", "main.py", """
                import http.server, traceback
                try:
                    raise OSError('no such place')
                except OSError:
                    traceback.print_exc()
                if False:
                    http.server.HTTPServer(('', 1), None).serve_forever()
                """);

        assertThat(platform.push(repository, "main"))
                .contains("Not live")
                .contains("OSError: no such place")
                .doesNotContain("so it is a job");
    }

    @Test
    void aWebServiceThatEndsWellWithoutListeningIsAJob() throws Exception {
        var repository = platform.repository("ends", "main.py", """
                import http.server
                print('reckoned', http.server.HTTPServer is not None)
                if False:
                    http.server.HTTPServer(('', 1), None).serve_forever()
                """);

        assertThat(platform.push(repository, "main"))
                .contains("reckoned True")
                .contains("it ended with success and never listened, so it is a job");
        assertThat(service("ends")).isEqualTo("JOB");
        assertThat(status("ends").instances()).isEmpty();

        platform.commit(repository, "main.py", Apps.PYTHON[1], "version", "1\n");
        platform.push(repository, "main");
        assertThat(platform.body("ends")).isEqualTo("1");
    }
}
