package dev.johwa.lib.docker;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Work of the engine that tells how it goes on: JSON a line, of which the last may be an error.
record Progress(Wire wire, Call call, Cancel cancel) {
    private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern BUILT = Pattern.compile("Successfully built ([0-9a-f]{12,64})\\s*");

    /// What came of it, as far as it was told.
    ///
    /// @param id of an image that was built or imported
    /// @param digest of a manifest that was pushed
    record Outcome(String id, String digest) {}

    static Progress of(Wire wire, Call call, Cancel cancel) {
        return new Progress(wire, call, cancel);
    }

    /// Waits until it is done.
    ///
    /// @param code of the problem when it failed for a reason of its own
    /// @param lines hears what people may read; repeated counts of bytes are left out
    Outcome toEnd(String code, Consumer<String> lines) {
        var hearing = new Hearing(lines);
        try (var exchange = wire.begin(call);
                var _ = cancel.onCancel(exchange::close)) {
            Wire.requireSuccess(call, exchange);
            JsonLines.read(exchange.body(), hearing::hear);
        } catch (IOException e) {
            throw cancel.reason().map(Progress::cancelled).orElseGet(() -> Failures.of(call, e, wire.socket()));
        }
        hearing.end();
        if (!hearing.error.isEmpty()) {
            throw Failures.of(code, hearing.error);
        }
        return new Outcome(hearing.id, hearing.digest);
    }

    private static ProblemException cancelled(String why) {
        return Problem.user("docker.cancelled", "cancelled: " + why).exception();
    }

    private static final class Hearing {
        private final Consumer<String> lines;
        private final StringBuilder line = new StringBuilder();
        private String error = "";
        private String id = "";
        private String digest = "";

        Hearing(Consumer<String> lines) {
            this.lines = lines;
        }

        void hear(JsonNode word) {
            if (word.has("stream")) {
                print(word.path("stream").asString(""));
            }
            if (word.has("status")
                    && word.path("progressDetail").path("current").isMissingNode()) {
                var thing = word.path("id").asString("");
                if (ID.matcher(word.path("status").asString("")).matches()) {
                    id = word.path("status").asString("");
                }
                lines.accept((thing.isEmpty() ? "" : thing + ": ")
                        + word.path("status").asString(""));
            }
            if (word.has("aux")) {
                id = word.path("aux").path("ID").asString(id);
                digest = word.path("aux").path("Digest").asString(digest);
            }
            if (word.has("error") || word.has("errorDetail")) {
                error = word.path("errorDetail")
                        .path("message")
                        .asString(word.path("error").asString("it failed"));
            }
        }

        /// A line may come in pieces.
        private void print(String text) {
            line.append(text);
            for (int end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
                tell(line.substring(0, end));
                line.delete(0, end + 1);
            }
        }

        private void tell(String text) {
            Matcher built = BUILT.matcher(text);
            if (id.isEmpty() && built.matches()) {
                id = built.group(1);
            }
            lines.accept(text.stripTrailing());
        }

        void end() {
            if (!line.isEmpty()) {
                tell(line.toString());
            }
        }
    }
}
