package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Files;
import dev.johwa.serve.router.RoutingTable.Hold;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.proxy.LiveTable.LiveRoute;

/// Finds where requests go: answered by the edge itself, to files, to an instance, or to wait. Used by one event loop.
final class Ways {
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final Lane lane;

    Ways(Lane lane) {
        this.lane = lane;
    }

    /// By the table of now, which is looked at once; again only when the request had to wait for another.
    void find(Exchange exchange) {
        var table = lane.edge().tables().now();
        var request = exchange.request();
        var host = RequestHead.host(request.headers());
        if (table.tls().answer(exchange, host)) {
            return;
        }
        var first = table.find(host, request.uri());
        var split = first == null ? null : first.split();
        var found = first == null || split == null ? first : split.choose(exchange, first);
        var gate = found == null ? null : found.gate();
        if (gate != null && gate.answer(exchange, host) || table.guards().answer(exchange, host, table)) {
            return;
        }
        if (found == null) {
            exchange.answer(404, host.isEmpty() ? "The request names no host." : "No app is called " + host + " here.");
            return;
        }
        exchange.at(found);
        if (gate != null && gate.holds(exchange, table)) {
            return;
        }
        switch (found.backend()) {
            case Instances _ -> exchange.forward(table, found);
            case Files files -> lane.files().serve(exchange, request, files, found.rules());
            case Closed(int code, String text) -> exchange.answer(code, text);
            case Hold(var atMost) -> hold(exchange, table, found, atMost.toMillis());
        }
    }

    private void hold(Exchange exchange, LiveTable table, LiveRoute found, long millis) {
        boolean isStarting = found.backend() instanceof Hold;
        if (exchange.await(table, millis, isStarting) == null) {
            exchange.answer(503, exchange.appName() + " is starting, and too many requests wait for it.");
        } else if (isStarting && lane.edge().tables().isFirstToAsk(found, lane.seconds())) {
            lane.edge().asked().asked(exchange.appName(), found.route().environment());
        }
    }

    /// No instance can be reached: some routes wait for one, and look again and again. What some requests only go to is
    /// done without.
    void unreachable(Exchange exchange, LiveTable table, LiveRoute found) {
        if (!found.route().part().isWhole()) {
            exchange.turn.goBack();
            find(exchange);
        } else if (found.backend() instanceof Instances(var _, var _, var patience)
                && exchange.spentMillis() < patience.toMillis()) {
            hold(exchange, table, found, LOOK_AGAIN_MILLIS);
        } else {
            exchange.answer(503, exchange.appName() + " does not answer: none of its instances can be reached.");
        }
    }
}
