package dev.johwa.watch.log;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// How bad it is what a line tells: by a field of it, where it has one, else by a word near its beginning.
public enum LogLevel {
    /// Neither of the others, or nobody says.
    PLAIN,
    WARNING,
    ERROR;

    /// Fields that loggers write it into (slf4j encoders, zap, pino, structlog, Serilog, OpenTelemetry, Google's).
    private static final List<String> FIELDS =
            List.of("level", "severity", "lvl", "log.level", "levelname", "loglevel", "severity_text", "@l");

    private static final Pattern ERRORS = Pattern.compile("(?:err|fatal|crit|panic|emerg|alert|severe).*");

    /// Where lines begin with a time, a thread and a level in capitals, as those of most loggers do.
    private static final int HEAD = 100;

    private static final Pattern WORD =
            Pattern.compile("(?<![\\w/-])(?:(?<error>ERROR|FATAL|CRITICAL|SEVERE)|WARN(?:ING)?)(?![\\w/-])");
    private static final Pattern UNCAUGHT =
            Pattern.compile("Traceback \\(most recent call last\\)|Exception in thread |panic: |Uncaught ");

    /// Levels as numbers of pino and bunyan.
    private static final double WARNING_NUMBER = 40;

    private static final double ERROR_NUMBER = 50;

    public static LogLevel of(LogLine line) {
        var fields = Fields.of(line);
        return FIELDS.stream()
                .filter(fields::containsKey)
                .findFirst()
                .map(field -> said(fields, field))
                .orElseGet(() -> seen(line.text()));
    }

    private static LogLevel said(Map<String, Object> fields, String field) {
        var value = fields.get(field);
        if (value instanceof Number number) {
            return number.doubleValue() >= ERROR_NUMBER
                    ? ERROR
                    : number.doubleValue() >= WARNING_NUMBER ? WARNING : PLAIN;
        }
        var word = String.valueOf(value).toLowerCase(Locale.ROOT);
        return ERRORS.matcher(word).matches() ? ERROR : word.startsWith("warn") ? WARNING : PLAIN;
    }

    private static LogLevel seen(String text) {
        if (UNCAUGHT.matcher(text).lookingAt()) {
            return ERROR;
        }
        var found = WORD.matcher(text).region(0, Math.min(text.length(), HEAD));
        return !found.find() ? PLAIN : found.group("error") == null ? WARNING : ERROR;
    }
}
