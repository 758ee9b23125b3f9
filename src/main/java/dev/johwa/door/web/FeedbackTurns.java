package dev.johwa.door.web;

import dev.johwa.lib.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/// Bounds how often strangers say something: by address, and for all of a project together. Safe for use by many
/// threads.
final class FeedbackTurns {
    /// In an hour.
    static final int OF_ADDRESS = 5;

    static final int OF_PROJECT = 60;
    /// Open issues of a project with which no more is taken: strangers must not fill what its own people need.
    static final int MOST_OPEN = 1_000;

    private static final int REMEMBERED = 10_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, Hour> hours = new LinkedHashMap<>();

    private record Hour(Instant since, int count) {}

    FeedbackTurns(Clock clock) {
        this.clock = clock;
    }

    /// @param open how many issues of the project are open
    /// @return whether it is their turn; then it is counted
    boolean take(String project, String address, IntSupplier open) {
        return take(project, address) && open.getAsInt() < MOST_OPEN;
    }

    private synchronized boolean take(String project, String address) {
        var now = clock.now();
        var ofAddress = hour("address " + place(address), now);
        var ofProject = hour("project " + project, now);
        if (ofAddress.count() >= OF_ADDRESS || ofProject.count() >= OF_PROJECT) {
            return false;
        }
        put("address " + place(address), ofAddress);
        put("project " + project, ofProject);
        return true;
    }

    private Hour hour(String key, Instant now) {
        var known = hours.getOrDefault(key, new Hour(now, 0));
        return known.since().plus(HOUR).isAfter(now) ? known : new Hour(now, 0);
    }

    private void put(String key, Hour hour) {
        hours.remove(key);
        hours.put(key, new Hour(hour.since(), hour.count() + 1));
        var oldest = hours.keySet().iterator();
        while (hours.size() > REMEMBERED) {
            oldest.next();
            oldest.remove();
        }
    }

    /// Whoever has one address of IPv6 has all of its network.
    private static String place(String address) {
        var groups = address.split(":", -1);
        return groups.length <= 4 ? address : String.join(":", Arrays.copyOf(groups, 4));
    }
}
