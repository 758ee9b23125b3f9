package dev.johwa.serve.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Records;
import dev.johwa.serve.router.RoutingTable.Backend;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Hold;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WireTableTest {
    @Test
    void whatChangedMakesTheSameTableAsTheWhole() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            var before = table(1, random, 2 + random.nextInt(20));
            var routes = new ArrayList<>(before.routes());
            for (int i = random.nextInt(routes.size() / 2 + 1); i > 0; i--) {
                int at = random.nextInt(routes.size());
                routes.set(at, route(at, random));
            }
            var wanted = new RoutingTable(2, routes);

            var sent = Wire.Table.since(before, wanted).orElseThrow();
            var read = Records.read(Records.bytes(sent), Wire.Table.class);

            assertThat(sent.routes()).hasSizeLessThanOrEqualTo(routes.size() / 2);
            assertThat(read.table(before)).as("seed " + seed).contains(wanted);
        }
    }

    @Test
    void routesThatCameOrWentAreSentAsAWhole() {
        var random = new SplittableRandom(1);
        var before = table(1, random, 3);

        assertThat(Wire.Table.since(before, table(2, random, 4))).isEmpty();
        assertThat(Wire.Table.since(null, before)).isEmpty();
    }

    @Test
    void aChangeOfAnotherTableIsNoTable() {
        var random = new SplittableRandom(1);
        var before = table(1, random, 3);
        var sent =
                Wire.Table.since(before, new RoutingTable(5, before.routes())).orElseThrow();

        assertThat(sent.table(new RoutingTable(4, before.routes()))).isEmpty();
        assertThat(sent.table(before)).contains(new RoutingTable(5, before.routes()));
    }

    private static RoutingTable table(long version, SplittableRandom random, int count) {
        var routes = new ArrayList<Route>();
        for (int i = 0; i < count; i++) {
            routes.add(route(i, random));
        }
        return new RoutingTable(version, routes);
    }

    private static Route route(int place, SplittableRandom random) {
        Backend backend = switch (random.nextInt(3)) {
            case 0 -> new Hold(Duration.ofMillis(random.nextInt(1000)));
            case 1 -> new Closed(503, "closed " + random.nextInt(10));
            default ->
                new Instances(List.of(new Endpoint("i" + random.nextInt(10), "127.0.0.1:" + random.nextInt(9000))), "");
        };
        return new Route(
                List.of("app" + place + ".localhost"),
                "/",
                "app" + place,
                "production",
                random.nextInt(5),
                backend,
                Terms.NONE,
                Part.WHOLE);
    }
}
