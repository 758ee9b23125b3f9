package dev.johwa.watch.log;

import java.util.Optional;
import java.util.OptionalInt;

/// Who said a line.
///
/// @param release 0 where it is of none
/// @param process such as `web`; empty where it is none of an app
/// @param instance empty where it is of none
/// @param stream `out`, `err`, or the way that it came
/// @param tag of a forwarded record; else empty
public record LogSource(int release, String process, String instance, String stream, String tag) {
    /// Of a record that came with a tag.
    public static LogSource ofTag(String tag, String stream) {
        return new LogSource(0, "", "", stream, tag);
    }

    /// Empty where it is of none.
    public OptionalInt releaseNumber() {
        return release == 0 ? OptionalInt.empty() : OptionalInt.of(release);
    }

    /// The instance, where there is one.
    public Optional<String> instanceName() {
        return Optional.of(instance).filter(name -> !name.isEmpty());
    }

    /// The tag, where there is one.
    public Optional<String> tagName() {
        return Optional.of(tag).filter(name -> !name.isEmpty());
    }
}
