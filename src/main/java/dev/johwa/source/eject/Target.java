package dev.johwa.source.eject;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A tool for which files are written.
public enum Target {
    DOCKERFILE,
    COMPOSE,
    GITHUB,
    TRAEFIK;

    /// As people write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Target> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Target::word).toList();
    }
}
