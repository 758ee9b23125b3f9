package dev.johwa.serve.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastTableTest {
    @TempDir
    Path run;

    private EdgeFiles files;
    private LastTable last;
    private RoutingTable now = new RoutingTable(0, List.of(route(0, "0"), route(1, "0"), route(2, "0")));

    @BeforeEach
    void open() throws Exception {
        files = new EdgeFiles(run);
        last = new LastTable(files);
        last.set(now, Wire.Table.of(now), true);
    }

    @Test
    void whatChangedIsReadWithTheWhole() throws Exception {
        for (int i = 1; i <= 250; i++) {
            change(i);
            assertThat(new EdgeFiles(run).readTable()).as("change " + i).contains(now);
        }
        assertThat(Files.readAllLines(run.resolve("table.json"))).hasSizeLessThan(110);
    }

    @Test
    void aChangeThatWasCutOffDidNotComeAboutAndTheNextOneHolds() throws Exception {
        change(1);
        var before = now;
        change(2);
        var file = run.resolve("table.json");
        var text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 7), StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(files.readTable()).contains(before);

        last = new LastTable(files);
        now = last.read().orElseThrow();
        change(3);
        change(4);

        assertThat(files.readTable()).contains(now);
    }

    private void change(int version) throws Exception {
        var routes = new ArrayList<>(now.routes());
        routes.set(version % 3, route(version % 3, String.valueOf(version)));
        var next = new RoutingTable(version, routes);
        var sent = Wire.Table.since(now, next).orElseThrow();
        assertThat(last.whole(sent)).contains(next);
        last.set(next, sent, true);
        now = next;
    }

    private static Route route(int place, String text) {
        return new Route(
                List.of("app" + place),
                "/",
                "app" + place,
                "production",
                1,
                new Closed(200, text),
                Terms.NONE.with(List.of(new Trouble(Trouble.ERRORS, 100, "x-try", "1", 0, 503, 7, 5)), "key"),
                Part.WHOLE);
    }
}
