package dev.johwa.main;

import dev.johwa.lib.db.DatabaseClosed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The program's own log: one line an event on standard error, with time, level, room and text.
final class Logging {
    // Loggers without a strong reference lose their level.
    private static final Logger OURS = Logger.getLogger("dev.johwa");

    private static final int MOST_CAUSES = 16;

    private Logging() {}

    /// @param level `debug`, `info`, `warn` or `error`; information by default
    static void configure(@Nullable String level) {
        LogManager.getLogManager().reset();
        var handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new Line());
        var root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
        OURS.setLevel(
                switch (level == null ? "" : level) {
                    case "debug" -> Level.FINE;
                    case "warn" -> Level.WARNING;
                    case "error" -> Level.SEVERE;
                    case String _ -> Level.INFO;
                });
    }

    /// Everything ends, the database first: what breaks off by that is no news, since it goes on with the next start.
    static void end() {
        for (var handler : Logger.getLogger("").getHandlers()) {
            handler.setFilter(entry -> !isBrokenOff(entry.getThrown()));
        }
    }

    private static boolean isBrokenOff(@Nullable Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .anyMatch(each -> each instanceof DatabaseClosed
                        || each instanceof InterruptedException
                        || each instanceof RejectedExecutionException);
    }

    private static final class Line extends Formatter {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_INSTANT;

        @Override
        public String format(LogRecord entry) {
            var at = TIME.format(
                    entry.getInstant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
            var line = new StringBuilder(at + " " + word(entry.getLevel()) + " ");
            line.append(String.valueOf(entry.getLoggerName()).replaceFirst("^dev\\.johwa\\.", ""));
            line.append(": ").append(formatMessage(entry)).append('\n');
            if (entry.getThrown() != null) {
                var text = new StringWriter();
                entry.getThrown().printStackTrace(new PrintWriter(text));
                line.append(text);
            }
            return line.toString();
        }

        private static String word(Level level) {
            int value = level.intValue();
            return value >= Level.SEVERE.intValue()
                    ? "error"
                    : value >= Level.WARNING.intValue() ? "warn" : value >= Level.INFO.intValue() ? "info" : "debug";
        }
    }
}
