package dev.johwa.source.dockerfile.instruction;

import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.ImageDescription;
import dev.johwa.source.dockerfile.instruction.FlagValues.Kind;
import dev.johwa.source.dockerfile.syntax.Refused;
import dev.johwa.source.dockerfile.syntax.Runes;
import dev.johwa.source.dockerfile.syntax.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads HEALTHCHECK.
final class HealthcheckReader {
    private static final Map<String, Kind> FLAGS = Map.of(
            "interval", Kind.TEXT,
            "timeout", Kind.TEXT,
            "start-period", Kind.TEXT,
            "start-interval", Kind.TEXT,
            "retries", Kind.TEXT);
    private static final String HOW = "write HEALTHCHECK CMD COMMAND, or HEALTHCHECK NONE";

    private HealthcheckReader() {}

    static Instruction read(Statement statement) throws Refused {
        var arguments = statement.arguments();
        if (arguments.isEmpty()) {
            throw new Refused("arguments", "HEALTHCHECK needs at least one argument", null, HOW);
        }
        var type = Runes.lower(arguments.getFirst());
        if (type.equals("none")) {
            if (arguments.size() > 1) {
                throw new Refused("arguments", "HEALTHCHECK NONE takes no arguments", arguments.get(1), null);
            }
            return new Instruction.Healthcheck(
                    statement,
                    new ImageDescription.Healthcheck(
                            List.of("NONE"), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0));
        }
        var flags = FlagValues.read(statement.flags(), FLAGS);
        if (!type.equals("cmd")) {
            var word = arguments.getFirst();
            throw new Refused("arguments", "'" + RawNames.text(word) + "' is no kind of HEALTHCHECK", word, HOW);
        }
        if (arguments.size() == 1) {
            throw new Refused("arguments", "HEALTHCHECK CMD has no command", null, HOW);
        }
        var test = new ArrayList<String>();
        test.add(statement.isJson() ? "CMD" : "CMD-SHELL");
        arguments.stream().skip(1).map(RawNames::text).forEach(test::add);
        return new Instruction.Healthcheck(
                statement,
                new ImageDescription.Healthcheck(
                        test,
                        duration(flags, "interval"),
                        duration(flags, "timeout"),
                        duration(flags, "start-period"),
                        duration(flags, "start-interval"),
                        retries(flags)));
    }

    private static Duration duration(FlagValues flags, String name) throws Refused {
        var text = flags.text(name);
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        var duration = GoValues.duration(text)
                .orElseThrow(() -> new Refused(
                        "flag",
                        "--" + name + "=" + RawNames.text(text) + " is no duration",
                        "--" + name,
                        "write 30s or 1m30s"));
        if (!duration.isZero() && duration.compareTo(Duration.ofMillis(1)) < 0) {
            throw new Refused("flag", "--" + name + " cannot be less than 1ms", "--" + name);
        }
        return duration;
    }

    private static int retries(FlagValues flags) throws Refused {
        var text = flags.text("retries");
        if (text.isEmpty()) {
            return 0;
        }
        int retries = GoValues.number(text)
                .orElseThrow(
                        () -> new Refused("flag", "--retries=" + RawNames.text(text) + " is no number", "--retries"));
        if (retries < 0) {
            throw new Refused("flag", "--retries cannot be negative: " + retries, "--retries");
        }
        return retries;
    }
}
