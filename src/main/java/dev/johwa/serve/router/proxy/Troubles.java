package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.Trouble;
import io.netty.channel.ChannelOption;
import java.util.List;

/// What goes wrong on purpose for requests of a route. Each request draws once what becomes of it; when the time of a
/// trouble is over it meets nobody, also where no newer table comes.
final class Troubles {
    private static final long NANOS = 1_000_000;

    private final List<Trouble> all;
    private final Leases leases;

    Troubles(List<Trouble> all, Leases leases) {
        this.all = all;
        this.leases = leases;
    }

    /// @return whether the request was ended, or waits
    boolean meet(Exchange exchange, LiveTable table) {
        var drawn = exchange.turn.fate();
        var fate = drawn == null ? draw(exchange) : drawn;
        exchange.turn.meets(fate);
        long left = fate.heldUntil() == 0
                ? 0
                : (fate.heldUntil() - exchange.front().lane().clock().ticks() + NANOS - 1) / NANOS;
        if (left > 0 && isRoomy(exchange) && exchange.await(table, left, false) != null) {
            return true;
        }
        var end = fate.end();
        if (end == null) {
            return false;
        }
        if (end.kind().equals(Trouble.ERRORS)) {
            exchange.answer(end.status(), "This error is made on purpose, to see what becomes of it.");
        } else {
            breakOff(exchange);
        }
        return true;
    }

    /// The other half is for those that wait for their apps, which nobody disturbs.
    private static boolean isRoomy(Exchange exchange) {
        var edge = exchange.front().lane().edge();
        return edge.tables().waiting() < edge.limits().waiting() / 2;
    }

    private Fate draw(Exchange exchange) {
        var lane = exchange.front().lane();
        var fate = Fate.NONE;
        for (var trouble : all) {
            if (leases.isOver(trouble)
                    || !isNamed(trouble, exchange)
                    || Long.remainderUnsigned(lane.random(), Part.ALL) >= trouble.share()) {
                continue;
            }
            fate = trouble.kind().equals(Trouble.LATENCY)
                    ? new Fate(lane.clock().ticks() + trouble.millis() * NANOS, fate.end())
                    : new Fate(fate.heldUntil(), trouble);
        }
        return fate;
    }

    private static boolean isNamed(Trouble trouble, Exchange exchange) {
        var headers = exchange.request().headers();
        if (trouble.header().isEmpty()) {
            return true;
        }
        return trouble.value().isEmpty()
                ? headers.contains(trouble.header())
                : headers.contains(trouble.header(), trouble.value(), false);
    }

    /// As a broken network does it: the client gets a reset, and no answer.
    private static void breakOff(Exchange exchange) {
        var channel = exchange.front().context().channel();
        exchange.gone();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        exchange.front().close();
    }
}
