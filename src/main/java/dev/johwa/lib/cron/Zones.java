package dev.johwa.lib.cron;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import java.time.DateTimeException;
import java.time.ZoneId;

/// Time zones by the names that people write.
public final class Zones {
    private Zones() {}

    /// @throws ProblemException naming the one that may be meant
    public static ZoneId parse(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            var near = Near.question(name, ZoneId.getAvailableZoneIds());
            throw Problem.user("cron.zone", "there is no time zone '" + name + "'")
                    .hint(near.orElse("write one such as Europe/Berlin, Asia/Seoul or UTC"))
                    .exception();
        }
    }
}
