package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.Pass;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import dev.johwa.serve.router.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong on purpose at the edge, and until when.
class TroublesTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    Path folder;

    private Backend app;
    private Rig edge;
    private long version = 100;

    @BeforeEach
    void open() throws IOException {
        app = Backend.echo();
        edge = new Rig(folder);
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
        app.close();
    }

    private void apply(Trouble... all) {
        var there = new Instances(List.of(new Endpoint("i", app.address())), "");
        var terms = Terms.NONE.with(List.of(all), KEY);
        edge.tables.apply(new RoutingTable(
                ++version,
                List.of(new Route(List.of("app.localhost"), "/", "app", "production", 1, there, terms, Part.WHOLE))));
    }

    private static Trouble trouble(String kind, int share, String header) {
        long until = Instant.now().plus(Duration.ofMinutes(1)).toEpochMilli();
        return new Trouble(kind, share, header, "", 300, 503, until, 60_000);
    }

    private int status(String fields) throws IOException {
        return edge.ask("GET / HTTP/1.1\r\nHost: app.localhost\r\n" + fields + "\r\n")
                .status();
    }

    @Test
    void errorsMeetAShareOfRequestsAndNoMore() throws IOException {
        apply(trouble(Trouble.ERRORS, 3_000, ""));
        int bad = 0;
        for (int i = 0; i < 200; i++) {
            bad += status("") == 503 ? 1 : 0;
        }

        // 60 of 200 by chance: 20 and 100 are six standard deviations away.
        assertThat(bad).isBetween(20, 100);
    }

    @Test
    void onlyRequestsWithItsFieldAreMet() throws IOException {
        apply(trouble(Trouble.ERRORS, Part.ALL, "x-try"));

        assertThat(status("")).isEqualTo(200);
        assertThat(status("X-Try: yes\r\n")).isEqualTo(503);
    }

    @Test
    void ourOwnLookMeetsNothing() throws IOException {
        apply(trouble(Trouble.ERRORS, Part.ALL, ""));
        long soon = Instant.now().plusSeconds(30).getEpochSecond();
        var pass = new Pass(Pass.Kind.VISIT, Pass.PLATFORM, soon, "n").signed(KEY);

        assertThat(status(Pass.SHARE + ": " + pass + "\r\n")).isEqualTo(200);
    }

    @Test
    void latencyHoldsARequestBackAndThenItGoesOn() throws IOException {
        apply(trouble(Trouble.LATENCY, Part.ALL, ""));
        long start = System.nanoTime();

        assertThat(status("")).isEqualTo(200);
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(295).toNanos());
    }

    @Test
    void whoIsHeldBackTakesNoRoomFromThoseThatWaitForTheirApps() throws Exception {
        edge.close();
        var usual = Limits.usual();
        edge = new Rig(
                folder,
                new Limits(
                        0,
                        usual.lineBytes(),
                        usual.headBytes(),
                        usual.idle(),
                        usual.head(),
                        usual.body(),
                        usual.answer(),
                        1,
                        usual.connections()));
        long until = Instant.now().plus(Duration.ofMinutes(1)).toEpochMilli();
        apply(new Trouble(Trouble.LATENCY, Part.ALL, "", "", 10_000, 0, until, 60_000));
        long start = System.nanoTime();

        assertThat(status("")).isEqualTo(200);
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void aResetGivesNoAnswer() {
        apply(trouble(Trouble.RESETS, Part.ALL, ""));

        assertThatThrownBy(() -> status("")).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsOverMeetsNobodyThoughNoNewerTableComes() throws IOException {
        long past = Instant.now().minusMillis(1).toEpochMilli();
        apply(new Trouble(Trouble.RESETS, Part.ALL, "", "", 0, 0, past, 1_000));

        assertThat(status("")).isEqualTo(200);
    }
}
