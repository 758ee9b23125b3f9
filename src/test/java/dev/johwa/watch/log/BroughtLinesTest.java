package dev.johwa.watch.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.RunFinished;
import dev.johwa.build.pipeline.RunWords;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.DeploymentFinished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes into the store from runs, deployments and the edge.
class BroughtLinesTest {
    private static final Instant NOON = Instant.parse("2026-01-02T00:00:05Z");
    private static final List<AppEnvironment> APPS =
            List.of(new AppEnvironment("shop", "shop", "production"), new AppEnvironment("shop", "api", "staging"));

    private final SystemClock clock = new SystemClock();
    private LogStore store;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = new LogStore(folder.resolve("kept"), clock, 4 << 20, (app, line) -> line.replace("hunter2", "***"));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private List<LogLine> found(String app, String environment, String search) {
        var all = LogSearch.last(app, environment, 1000);
        for (var term : Terms.parse(search)) {
            all = all.with(term);
        }
        return store.find(all);
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(LogLine::text).toList();
    }

    @Test
    void findsWhatARunSaidByItsNumber() {
        var said = List.of(
                "23:59:58.500 johwa | Run 12 begins",
                "23:59:59.000 test | 3 passed with hunter2",
                "00:00:01.250 johwa | live",
                "… 4 more lines were not kept");
        var run = new RunFinished("shop", 12, "refs/heads/main", "c0ffee", "passed", "", 3, 0, 7_000);
        for (int times = 0; times < 2; times++) {
            new RunLines(store, (project, number, start, most) -> words(said, start)).hear(run, NOON);
        }
        var lines = found("shop/api", "staging", "run:12");
        assertThat(texts(lines))
                .containsExactly("Run 12 begins", "3 passed with ***", "live", "… 4 more lines were not kept");
        assertThat(lines.get(1).at()).isEqualTo(Instant.parse("2026-01-01T23:59:59Z"));
        assertThat(lines.get(2).at()).isEqualTo(Instant.parse("2026-01-02T00:00:01.250Z"));
        assertThat(texts(found("shop", "production", "kind:build step:test"))).containsExactly("3 passed with ***");
        assertThat(found("shop", "production", "")).isEmpty();
        assertThat(found("shop", "production", "run:13")).isEmpty();
    }

    private static RunWords words(List<String> said, long start) {
        var lines = new ArrayList<RunWords.Line>();
        for (int i = (int) start; i < Math.min(said.size(), start + 3); i++) {
            lines.add(new RunWords.Line(i, said.get(i)));
        }
        return new RunWords(lines, start, start + lines.size());
    }

    @Test
    void tellsWhatBecameOfDeployments() {
        var gone = new DeploymentFinished(
                "shop",
                "api",
                "staging",
                41,
                "c0ffee",
                "sha256:1",
                "push",
                "failed",
                "it does not answer",
                NOON,
                NOON,
                40,
                "beef",
                List.of(),
                false);
        new RunLines(store, (project, number, start, most) -> words(List.of(), 0)).hear(gone, 77, NOON);
        new RunLines(store, (project, number, start, most) -> words(List.of(), 0)).hear(gone, 77, NOON);
        assertThat(texts(found("shop/api", "staging", "kind:release outcome:failed release:41")))
                .containsExactly("release 41 failed: it does not answer");
    }

    private static String request(int second, String path, int status, String app) {
        return "127.0.0.1 - - [02/Jan/2026:00:00:%02d +0000] \"GET %s HTTP/1.1\" %d 17 \"-\" \"curl/8\" shop.localhost %s 0.012345 c0de%n"
                .formatted(second, path, status, app);
    }

    @Test
    void takesEachRequestOnceAlsoWhenTheFileBeginsAnew() throws IOException {
        var file = folder.resolve("access.log");
        var requests = new AccessLines(file, () -> APPS, store, clock);
        requests.take();
        var first = request(1, "/cart?token=hunter2", 500, "shop#41") + request(2, "/", 200, "shop/api/staging#3");
        Files.writeString(file, first + "127.0.0.1 - - [02/Jan");
        requests.take();
        requests.take();
        Files.writeString(file, first + request(3, "/late", 200, "shop#41"), StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(file, folder.resolve("access.log.1"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                file, request(4, "/new", 404, "shop#42") + "no line of ours\n" + request(5, "/", 200, "other#1"));
        requests.take();
        // Another control plane goes on where this one was.
        new AccessLines(file, () -> APPS, store, clock).take();
        assertThat(texts(found("shop", "production", "kind:access")))
                .containsExactly("GET /cart 500 in 12 ms", "GET /late 200 in 12 ms", "GET /new 404 in 12 ms");
        assertThat(texts(found("shop", "production", "kind:access status:500 release:41 ms:>10")))
                .containsExactly("GET /cart 500 in 12 ms");
        assertThat(texts(found("shop/api", "staging", "kind:access method:get")))
                .containsExactly("GET / 200 in 12 ms");
        assertThat(found("shop", "production", "kind:access hunter2")).isEmpty();
    }

    @Test
    void takesWhatWasWrittenBeforeTheFileBeganAnewWhileNobodyLooked() throws IOException {
        var file = folder.resolve("access.log");
        Files.writeString(file, request(1, "/first", 200, "shop#41"));
        new AccessLines(file, () -> APPS, store, clock).take();
        Files.writeString(file, request(2, "/second", 200, "shop#41"), StandardOpenOption.APPEND);
        Files.move(file, folder.resolve("access.log.1"));
        Files.writeString(file, request(3, "/third", 200, "shop#41"));
        for (int lives = 0; lives < 2; lives++) {
            new AccessLines(file, () -> APPS, store, clock).take();
        }
        assertThat(texts(found("shop", "production", "kind:access")))
                .containsExactly("GET /first 200 in 12 ms", "GET /second 200 in 12 ms", "GET /third 200 in 12 ms");
    }

    @Test
    void aPreviewOfABranchIsNotTheAppOfThatName() throws IOException {
        var file = folder.resolve("access.log");
        var apps = List.of(
                new AppEnvironment("shop", "api", "production"),
                new AppEnvironment("shop", "shop", "api"),
                new AppEnvironment("shop", "shop", "결제"));
        Files.writeString(
                file,
                request(1, "/app", 200, "shop/api#1")
                        + request(2, "/preview", 200, "shop@api#2")
                        + request(3, "/pay", 200, "shop@\\xb0\\x1c#3"));
        new AccessLines(file, () -> apps, store, clock).take();
        assertThat(texts(found("shop/api", "production", "kind:access"))).containsExactly("GET /app 200 in 12 ms");
        assertThat(texts(found("shop", "api", "kind:access"))).containsExactly("GET /preview 200 in 12 ms");
        assertThat(texts(found("shop", "결제", "kind:access"))).containsExactly("GET /pay 200 in 12 ms");
    }

    @Test
    void requestsOfAnAppThatHasGoneAreNobodys() throws IOException {
        var file = folder.resolve("access.log");
        var apps = new ArrayList<>(APPS);
        var requests = new AccessLines(file, () -> apps, store, clock);
        Files.writeString(file, request(1, "/", 200, "shop#41"));
        requests.take();
        apps.clear();
        store.forgetApp("shop", true);
        Files.writeString(file, request(2, "/late", 200, "shop#41"), StandardOpenOption.APPEND);
        requests.take();
        assertThat(found("shop", "production", "kind:access")).isEmpty();
    }

    @Test
    void takesTheNewestWhereMoreComeThanTheLogTakes() throws IOException {
        var file = folder.resolve("access.log");
        var line = request(1, "/many", 200, "shop#41");
        var many = line.repeat(3 * AccessLines.MOST / line.length());
        Files.writeString(file, many + request(2, "/last", 200, "shop#41"));
        new AccessLines(file, () -> APPS, store, clock).take();
        var found =
                texts(store.find(LogSearch.last("shop", "production", 100_000).with(new Term.Field("kind", "access"))));
        assertThat(found.getLast()).isEqualTo("GET /last 200 in 12 ms");
        assertThat(found).hasSizeLessThan(AccessLines.MOST / line.length() + 2);
        assertThat(found.size()).isGreaterThan(AccessLines.MOST / line.length() / 2);
        assertThat(Optional.of(found.getFirst())).contains("GET /many 200 in 12 ms");
    }
}
