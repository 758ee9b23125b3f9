package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What outlives tables.
class TablesTest {
    private final Tables tables = new Tables(1, new SystemClock(), (instance, healthy) -> {});
    private long version;

    private void apply(String... apps) {
        var routes = Stream.of(apps)
                .map(app -> new Route(
                        List.of(app + ".localhost"),
                        "/",
                        app,
                        "production",
                        1,
                        new Instances(List.of(), ""),
                        Terms.NONE,
                        Part.WHOLE))
                .toList();
        tables.apply(new RoutingTable(++version, routes));
    }

    @Test
    void nobodyCountsWhatIsAskedOfAReleaseThatIsOnlyTried() {
        apply("", "shop");
        share("").begin(1);
        share("").end(503, 1, 1, 1);

        assertThat(told()).containsExactly("shop");
        assertThat(tables.now().hosts().get(".localhost").getFirst().counter().name())
                .isEqualTo("-");
    }

    private List<String> told() {
        return tables.counts().stream().map(EdgeReport.Counts::app).sorted().toList();
    }

    private Counter.Share share(String app) {
        return tables.now().hosts().get(app + ".localhost").getFirst().counter().share(0);
    }

    @Test
    void countsOfAnAppThatIsGoneAreToldForAWhileAndThenFreed() {
        apply("shop", "blog");
        var shop = share("shop");
        shop.begin(1);
        apply("blog");
        for (int i = 0; i < Tables.LAST_TELLINGS; i++) {
            assertThat(told()).as("a request goes on").containsExactly("blog", "shop");
        }
        shop.end(200, 1, 1, 1);
        for (int i = 0; i < Tables.LAST_TELLINGS; i++) {
            assertThat(told()).as("telling " + i).containsExactly("blog", "shop");
        }
        assertThat(told()).containsExactly("blog");
        apply("shop", "blog");
        assertThat(tables.counts()).allMatch(counts -> counts.requests() == 0);
    }
}
