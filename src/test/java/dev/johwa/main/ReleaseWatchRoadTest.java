package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Releases on the road of real pushes, watched by what the real edge counts, with a clock that goes ahead.
class ReleaseWatchRoadTest {
    private static final String APP = """
            import http.server, os

            BAD = open('version').read().startswith('bad')

            class Handler(http.server.BaseHTTPRequestHandler):
                protocol_version = 'HTTP/1.1'
                # Head and body in one packet: else each answer waits for what the kernel delays.
                wbufsize = -1

                def do_GET(self):
                    self.send_response(500 if BAD and self.path.startswith('/odd') else 200)
                    body = os.environ['JOHWA_RELEASE'].encode()
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

                def log_message(self, *_):
                    pass

            http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
            """;

    @TempDir
    static Path home;

    private static LaterClock clock;
    private static Platform platform;
    private static Terminal terminal;

    @BeforeAll
    static void start() throws IOException {
        clock = new LaterClock();
        platform = new Platform(usual -> usual, clock);
        terminal = new Terminal(platform, home);
        platform.server().lookAtReleases();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static String said(String... words) {
        assertThat(terminal.johwa(words)).as(terminal.out() + terminal.err()).isZero();
        return terminal.out();
    }

    /// @return how many answers each release gave
    private static Map<String, Integer> ask(String app, int times) throws Exception {
        var releases = new TreeMap<String, Integer>();
        for (int i = 0; i < times; i++) {
            var answer = platform.get(app + ".localhost", i % 2 == 0 ? "/even" : "/odd");
            releases.merge(answer.body(), 1, Integer::sum);
        }
        return releases;
    }

    /// Ten seconds, in which so much is asked.
    private static Map<String, Integer> step(String app, int times) throws Exception {
        var seen = ask(app, times);
        clock.advance(Duration.ofSeconds(10));
        platform.server().lookAtReleases();
        return seen;
    }

    private static int serving(String app) {
        return Json.tree(said("status", app, "--json"))
                .path("apps")
                .get(0)
                .path("release")
                .asInt();
    }

    private static void awaitVerdict(String app, int release, String verdict) throws Exception {
        // The fact of its switch may come a moment after the push ended.
        for (int i = 0; i < 20 && !isJudged(app, release); i++) {
            step(app, 10);
        }
        Wait.eventually(() -> said("explain", app, Integer.toString(release)).contains(verdict));
    }

    private static boolean isJudged(String app, int release) {
        return Json.tree(said("explain", app, Integer.toString(release), "--json"))
                .path("over")
                .asBoolean();
    }

    @Test
    void aBadReleaseIsUndoneOnceToldAndExplained() throws Exception {
        var shop = platform.repository("shop", "app.py", APP, "version", "good\n");
        platform.push(shop, "main");
        ask("shop", 250);
        clock.advance(Duration.ofSeconds(2));
        platform.commit(shop, "version", "bad\n");
        platform.push(shop, "main");
        assertThat(serving("shop")).isEqualTo(2);

        awaitVerdict("shop", 2, "Undone by itself: release 1 serves again.");
        assertThat(serving("shop")).isEqualTo(1);
        assertThat(said("explain", "shop", "2"))
                .containsPattern("verdict +bad after \\d+ s")
                .containsPattern("of release 1 0 of 2\\d\\d")
                .contains("release 1 serves");
        assertThat(said("explain", "shop", "2").lines()).hasSizeLessThanOrEqualTo(10);
        assertThat(said("run", "show", "shop", "2")).contains("✗ healthy failed");
        assertThat(said("run", "show", "shop", "1")).contains("● healthy");
        Wait.eventually(() -> said("issues", "list", "shop").contains("shop: what a release does in production"));

        // The same commit again is another release, undone once more; it is the same issue.
        platform.commit(shop, "version", "bad\n");
        platform.push(shop, "main");
        awaitVerdict("shop", 3, "Undone by itself: release 1 serves again.");
        assertThat(serving("shop")).isEqualTo(1);
        assertThat(said("issues", "list", "shop", "--all").lines().filter(line -> line.contains("what a release does")))
                .hasSize(1);

        platform.commit(shop, "johwa.yaml", "watch: {rollback: false}\n");
        platform.push(shop, "main");
        awaitVerdict("shop", 4, "It serves on, as `watch: {rollback: false}` says.");
        assertThat(serving("shop")).isEqualTo(4);
    }

    @Test
    void aReleaseComesStepByStepAndSurvivesTheControlPlane() throws Exception {
        var cart = platform.repository(
                "cart", "app.py", APP, "version", "good\n", "johwa.yaml", "rollout: [x-canary=yes, 1m, 20%, 1m]\n");
        assertThat(platform.push(cart, "main")).contains("all at once, without a canary: nothing serves yet");
        ask("cart", 250);
        clock.advance(Duration.ofSeconds(2));
        platform.commit(cart, "version", "good too\n");
        assertThat(platform.push(cart, "main")).contains("requests with x-canary: yes", "johwa promote cart");

        assertThat(ask("cart", 20)).containsOnlyKeys("1");
        for (int i = 0; i < 52; i++) {
            assertThat(platform.get("cart.localhost", "/even", "x-canary", "yes")
                            .body())
                    .isEqualTo("2");
        }
        step("cart", 0);
        assertThat(said("releases", "cart")).contains("canary", "100 %");
        clock.advance(Duration.ofMinutes(1));
        Wait.eventually(() -> {
            clock.advance(Duration.ofSeconds(10));
            platform.server().lookAtReleases();
            return said("status", "cart").contains("gets 20 % of requests");
        });
        platform.restart();
        platform.server().lookAtReleases();
        var seen = step("cart", 100);
        assertThat(seen.get("2")).isBetween(17, 23);
        assertThat(said("releases", "cart")).contains("20 %", "80 %");
        takenBackAndTakenOn(cart);
    }

    /// Nobody asks: it waits, and says so.
    private static void takenBackAndTakenOn(Path cart) throws Exception {
        platform.commit(cart, "version", "bad\n");
        platform.push(cart, "main");
        assertThat(said("releases", "cart")).doesNotContain("20 %");
        clock.advance(Duration.ofMinutes(2));
        platform.server().lookAtReleases();
        assertThat(said("status", "cart")).contains("it waits: not enough traffic");
        said("promote", "cart", "--step");
        for (int i = 0; i < 12 && said("status", "cart").contains("canary"); i++) {
            step("cart", 50);
        }
        Wait.eventually(() -> !said("status", "cart").contains("canary"));
        assertThat(ask("cart", 20)).containsOnlyKeys("1");
        assertThat(said("explain", "cart", "3")).contains("release 1 gets all requests again");

        platform.commit(cart, "version", "good again\n");
        platform.push(cart, "main");
        said("promote", "cart");
        assertThat(serving("cart")).isEqualTo(4);
        assertThat(ask("cart", 20)).containsOnlyKeys("4");
    }
}
