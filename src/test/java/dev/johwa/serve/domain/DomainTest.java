package dev.johwa.serve.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Names for which an authority may be asked.
class DomainTest {
    private static Route route(String host, String app) {
        return new Route(List.of(host), "/", app, "production", 1, new Closed(200, ""), Terms.NONE, Part.WHOLE);
    }

    @Test
    void aNameUnderWhichAReleaseIsOnlyTriedIsNone() {
        var routes = List.of(route("shop.example.org", "shop"), route("try-1.example.org", ""));

        assertThat(Domain.routed(routes)).containsOnlyKeys("shop.example.org");
    }
}
