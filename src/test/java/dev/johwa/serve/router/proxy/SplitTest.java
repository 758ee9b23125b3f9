package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two releases of an app at one address.
class SplitTest {
    private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: (johwa-part=\\d+)");

    @TempDir
    Path folder;

    private final Backend old = backend("old");
    private final Backend fresh = backend("new");
    private Rig edge;
    private long version;

    private static Backend backend(String says) {
        try {
            return Backend.saying(says);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void open() {
        edge = new Rig(folder);
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
        old.close();
        fresh.close();
    }

    private void split(Part part) {
        edge.tables.apply(new RoutingTable(++version, List.of(route(1, old, Part.WHOLE), route(2, fresh, part))));
    }

    private static Route route(int release, Backend backend, Part part) {
        var there = new Instances(List.of(new Endpoint("r" + release, backend.address())), "");
        return new Route(List.of("app.localhost"), "/", "app", "production", release, there, Terms.NONE, part);
    }

    private static String get(String fields) {
        return "GET / HTTP/1.1\r\nHost: app.localhost\r\n" + fields + "\r\n";
    }

    private int fresh(int requests) throws IOException {
        int seen = 0;
        try (var wire = edge.connect()) {
            for (int i = 0; i < requests; i++) {
                seen += wire.send(get("")).message().body().equals("new") ? 1 : 0;
            }
        }
        return seen;
    }

    @Test
    void aShareIsEvenOnKeptAndOnNewConnections() throws Exception {
        split(new Part(500, "", "", false));
        // Whatever is counted, it is never far from its share, also over tables that say the same.
        for (int i = 0; i < 5; i++) {
            assertThat(fresh(100)).isBetween(3, 7);
            split(new Part(500, "", "", false));
        }
        int seen = 0;
        for (int i = 0; i < 100; i++) {
            seen += edge.get("/").body().equals("new") ? 1 : 0;
        }
        assertThat(seen).isBetween(2, 8);
        split(new Part(5_000, "", "", false));
        assertThat(fresh(100)).isBetween(48, 52);
        split(new Part(0, "", "", false));
        assertThat(fresh(50)).isZero();

        var counted = edge.tables.counts();
        assertThat(counted).hasSize(2);
        assertThat(counted.stream().mapToLong(each -> each.inFlight()).sum()).isZero();
        assertThat(counted.stream().mapToLong(each -> each.requests()).sum()).isEqualTo(750);
    }

    @Test
    void aFieldLeadsThereWhateverTheShare() throws Exception {
        split(new Part(0, "x-canary", "yes", false));
        assertThat(edge.ask(get("X-Canary: yes\r\n")).body()).isEqualTo("new");
        assertThat(edge.ask(get("X-Canary: no\r\n")).body()).isEqualTo("old");
        assertThat(edge.ask(get("")).body()).isEqualTo("old");
        split(new Part(0, "x-canary", "", false));
        assertThat(edge.ask(get("X-Canary: no\r\n")).body()).isEqualTo("new");
    }

    @Test
    void whoHasTheCookieStaysAndNobodyLeavesWhileTheShareGrows() throws Exception {
        split(new Part(2_000, "", "", true));
        var onNew = new HashSet<String>();
        for (int i = 0; i < 60; i++) {
            var answer = edge.ask(get(""));
            var cookie = COOKIE.matcher(answer.head());
            assertThat(cookie.find()).as(answer.head()).isTrue();
            if (answer.body().equals("new")) {
                onNew.add(cookie.group(1));
            }
        }
        assertThat(onNew).hasSizeBetween(10, 14);
        split(new Part(6_000, "", "", true));
        for (var cookie : onNew) {
            var answer = edge.ask(get("Cookie: a=b; " + cookie + "\r\n"));
            assertThat(answer.body()).isEqualTo("new");
            assertThat(answer.head()).doesNotContainIgnoringCase("set-cookie");
        }
        // What is no place is none.
        assertThat(edge.ask(get("Cookie: johwa-part=77777\r\n")).head()).containsIgnoringCase("set-cookie");
    }

    @Test
    void whatCannotBeReachedIsDoneWithout() throws Exception {
        split(new Part(5_000, "", "", false));
        fresh.close();
        assertThat(fresh(40)).isZero();
        assertThat(edge.tables.counts().stream()
                        .mapToLong(each -> each.statuses().getOrDefault(200, 0L))
                        .sum())
                .isEqualTo(40);
    }
}
