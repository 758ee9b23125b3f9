package dev.johwa.watch.log;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What lines are about, told by the stream that they came by. Each kind of a place lies in files of its own, so that
/// many of one are in nobody's way.
public enum LogKind {
    /// What instances print and others bring: whatever is none of the other kinds.
    APP,
    /// What the runs of a project say.
    BUILD,
    /// What became of deployments.
    RELEASE,
    /// A request that the edge answered.
    ACCESS,
    /// What the platform itself warns of.
    PLATFORM;

    /// Of a line.
    public static LogKind of(LogSource source) {
        return switch (source.stream()) {
            case "build" -> BUILD;
            case "release" -> RELEASE;
            case "access" -> ACCESS;
            case "platform" -> PLATFORM;
            case String _ -> APP;
        };
    }

    /// In a search: `kind:build`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The kind of a word.
    public static Optional<LogKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /// The words of all.
    public static List<String> words() {
        return Arrays.stream(values()).map(LogKind::word).toList();
    }

    /// Who says such a line.
    ///
    /// @param release 0 where it is of none
    LogSource source(int release) {
        return new LogSource(release, "", "", word(), "");
    }
}
