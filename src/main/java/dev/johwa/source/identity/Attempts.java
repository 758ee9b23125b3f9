package dev.johwa.source.identity;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Bounds how often somebody may guess. What counts is the address, and the name from that address: guessing a name
/// from elsewhere never keeps its owner out. Safe for use by many threads.
final class Attempts {
    private static final int FREE = 5;
    private static final int FREE_OF_ADDRESS = 30;
    private static final int REMEMBERED = 10_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true);

    Attempts(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant last) {}

    /// Counts a guess before it is looked at, so that many at once are no way around.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `login.too-often`, with how long to wait
    synchronized void begin(String name, String from) {
        var address = place(from);
        require(address + " " + name, FREE);
        require(address, FREE_OF_ADDRESS);
        fail(address + " " + name);
        fail(address);
    }

    /// Whoever has one address of IPv6 has all of its network.
    private static String place(String address) {
        var groups = address.split(":", -1);
        return groups.length <= 4 ? address : String.join(":", Arrays.copyOf(groups, 4));
    }

    private void require(String key, int free) {
        var known = failures.get(key);
        if (known == null || known.count() < free) {
            return;
        }
        var wait = Duration.ofSeconds(30L << Math.min(10, known.count() - free));
        var until = known.last().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        if (until.isAfter(clock.now())) {
            long seconds = Math.max(1, Duration.between(clock.now(), until).toSeconds());
            throw Problem.user("login.too-often", "too many wrong passwords from here")
                    .hint("wait " + seconds + " s, or log in with an access token")
                    .exception();
        }
    }

    private void fail(String key) {
        var now = clock.now();
        var known = failures.get(key);
        int count = known == null || known.last().plus(FORGOTTEN_AFTER).isBefore(now) ? 0 : known.count();
        failures.put(key, new Failures(count + 1, now));
        var oldest = failures.keySet().iterator();
        while (failures.size() > REMEMBERED) {
            oldest.next();
            oldest.remove();
        }
    }

    /// It was right: what was counted for it is taken back.
    synchronized void succeeded(String name, String from) {
        var address = place(from);
        failures.remove(address + " " + name);
        failures.computeIfPresent(
                address, (_, known) -> known.count() <= 1 ? null : new Failures(known.count() - 1, known.last()));
    }
}
