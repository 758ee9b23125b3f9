package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.proxy.LiveTable.LiveRoute;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/// Some requests of a route go to another release: those that carry a field, and a share of all, evenly. A request on a
/// kept connection takes its turn as one on a new connection does.
///
/// The place of a request is the next of a sequence that is as even over any stretch as over all of it (multiples of
/// the golden ratio), or with a cookie the one that its browser was given: who came to the new release stays there
/// while its share grows. Another release begins with other people.
final class Split {
    static final String COOKIE = "johwa-part";
    private static final int GOLDEN = 6_181;
    private static final int SHIFT = 2_917;
    /// Lanes, which count each for itself, do not begin at one place.
    private static final int APART = 5_003;
    private static final int DAY = 86_400;

    private final LiveRoute other;
    private final Part part;

    /// @param other to which the part of its route goes
    Split(LiveRoute other) {
        this.other = other;
        this.part = other.route().part();
    }

    LiveRoute other() {
        return other;
    }

    /// @param rest to which go all others
    LiveRoute choose(Exchange exchange, LiveRoute rest) {
        if (exchange.turn.isBack() || !isReachable()) {
            return rest;
        }
        boolean isOurs = isNamed(exchange.request().headers()) || part.share() > 0 && place(exchange) < part.share();
        return isOurs ? other : rest;
    }

    private boolean isReachable() {
        var endpoints = other.endpoints();
        for (int i = 0; i < endpoints.size(); i++) {
            if (endpoints.get(i).isHealthy()) {
                return true;
            }
        }
        return !(other.backend() instanceof Instances);
    }

    private boolean isNamed(HttpHeaders headers) {
        if (part.header().isEmpty()) {
            return false;
        }
        return part.value().isEmpty()
                ? headers.contains(part.header())
                : headers.contains(part.header(), part.value(), false);
    }

    private int place(Exchange exchange) {
        var turn = exchange.turn;
        if (turn.place() < 0) {
            int kept = part.sticky() ? kept(exchange.request().headers()) : -1;
            turn.stand(kept < 0 ? next(exchange) : kept);
        }
        return (turn.place() + SHIFT * other.route().release()) % Part.ALL;
    }

    private int next(Exchange exchange) {
        var front = exchange.front();
        int lane = front.lane().index();
        long number = other.counter().share(lane).turn();
        int place = (int) ((number % Part.ALL * GOLDEN + (long) lane * APART) % Part.ALL);
        if (part.sticky()) {
            exchange.turn.remember(COOKIE + "=" + place + "; Path=/; Max-Age=" + DAY + "; HttpOnly; SameSite=Lax"
                    + (front.isSecure() ? "; Secure" : ""));
        }
        return place;
    }

    /// The place in the cookie; negative where there is none.
    private static int kept(HttpHeaders headers) {
        for (var field : headers.getAll(HttpHeaderNames.COOKIE)) {
            for (var pair : field.split(";", -1)) {
                var text = pair.strip();
                if (text.startsWith(COOKIE + "=")) {
                    return number(text.substring(COOKIE.length() + 1));
                }
            }
        }
        return -1;
    }

    private static int number(String text) {
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    }
}
