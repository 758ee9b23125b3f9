package dev.johwa.main;

import dev.johwa.lib.db.DatabaseClosed;
import dev.johwa.watch.log.PlatformLines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
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

    /// Keeps warnings and errors among the lines of the store too, until that is closed.
    static Handler keepIn(PlatformLines lines) {
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (isLoggable(entry)) {
                    var text = getFormatter().format(entry).stripTrailing();
                    lines.note(entry.getInstant(), Line.word(entry.getLevel()), Line.part(entry), text);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {
                Logger.getLogger("").removeHandler(this);
            }
        };
        handler.setLevel(Level.WARNING);
        handler.setFormatter(new Words());
        Logger.getLogger("").addHandler(handler);
        return handler;
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

    /// What is said, and where it went wrong.
    private static final class Words extends Formatter {
        @Override
        public String format(LogRecord entry) {
            var text = new StringWriter();
            text.append(formatMessage(entry)).append('\n');
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text));
            }
            return text.toString();
        }
    }

    private static final class Line extends Formatter {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_INSTANT;

        private final Words words = new Words();

        @Override
        public String format(LogRecord entry) {
            var at = TIME.format(
                    entry.getInstant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
            var line = new StringBuilder(at + " " + word(entry.getLevel()) + " ");
            line.append(part(entry)).append(": ").append(words.format(entry));
            return line.toString();
        }

        private static String part(LogRecord entry) {
            return String.valueOf(entry.getLoggerName()).replaceFirst("^dev\\.johwa\\.", "");
        }

        private static String word(Level level) {
            int value = level.intValue();
            return value >= Level.SEVERE.intValue()
                    ? "error"
                    : value >= Level.WARNING.intValue() ? "warn" : value >= Level.INFO.intValue() ? "info" : "debug";
        }
    }
}
