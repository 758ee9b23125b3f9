package dev.johwa.source.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// What holds for requests of an app before they reach it.
///
/// @param users name of the secret that says who is let in by a password; empty: nobody is asked for one
/// @param from ranges of addresses that are answered; empty: all
/// @param paths below which those two count; empty: everywhere
/// @param canonical the name of its own that the others lead to
/// @param redirects lines as in a file `_redirects`
/// @param requestBytes the largest body of a request; empty: any
/// @param answer how long an instance may take to begin its answer; empty: as long as usual
/// @param headers fields of each answer, where the app sets no other
/// @param feedback whether its users are asked what they think, at a path of the platform; empty: they are not
public record Front(
        Optional<String> users,
        List<String> from,
        List<String> paths,
        Optional<String> canonical,
        List<String> redirects,
        OptionalLong requestBytes,
        Optional<Duration> answer,
        Map<String, String> headers,
        Optional<Boolean> feedback) {
    public static final Front NONE = new Front(
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            OptionalLong.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty());

    public Front {
        from = List.copyOf(from);
        paths = List.copyOf(paths);
        redirects = List.copyOf(redirects);
        headers = Map.copyOf(headers);
        feedback = Objects.requireNonNullElse(feedback, Optional.empty());
    }

    public boolean asksUsers() {
        return feedback.orElse(false);
    }
}
