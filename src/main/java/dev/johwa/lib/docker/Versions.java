package dev.johwa.lib.docker;

import dev.johwa.lib.problem.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Agrees on a version of the API.
final class Versions {
    private static final String OLDEST = "1.24";
    private static final String NEWEST = "1.41";
    private static final Comparator<String> ORDER =
            Comparator.comparingInt((String version) -> part(version, 0)).thenComparingInt(version -> part(version, 1));

    private Versions() {}

    /// The newest that both know. An engine that has given up ours is spoken to in its oldest, which has all that we
    /// use.
    ///
    /// @param answer to `/version`
    static String agree(JsonNode answer) {
        var newest = answer.path("ApiVersion").asString("");
        var oldest = answer.path("MinAPIVersion").asString(OLDEST);
        if (!newest.matches("\\d+\\.\\d+") || ORDER.compare(newest, OLDEST) < 0) {
            throw Problem.resource(
                            "docker.too-old",
                            "the container engine " + answer.path("Version").asString("") + " speaks version '" + newest
                                    + "' of Docker's API, and " + OLDEST + " is the oldest that can be used")
                    .hint("install Docker 20.10 or later, or Podman 4 or later")
                    .exception();
        }
        var common = Stream.of(newest, NEWEST).min(ORDER).orElse(NEWEST);
        return ORDER.compare(common, oldest) < 0 ? oldest : common;
    }

    private static int part(String version, int index) {
        return Integer.parseInt(List.of(version.split("\\.")).get(index));
    }
}
