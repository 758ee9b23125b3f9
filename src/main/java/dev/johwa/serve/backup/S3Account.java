package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Who we are at an S3-compatible store, by the names of the environment that its tools use.
///
/// @param endpoint without a path
record S3Account(URI endpoint, String region, String key, String secret, Optional<String> session) {
    private static final String USUAL_REGION = "us-east-1";

    /// @throws ProblemException when a name is missing
    static S3Account of(Map<String, String> environment) {
        var region = value(environment, "AWS_REGION")
                .or(() -> value(environment, "AWS_DEFAULT_REGION"))
                .orElse(USUAL_REGION);
        var endpoint = value(environment, "AWS_ENDPOINT_URL_S3")
                .or(() -> value(environment, "AWS_ENDPOINT_URL"))
                .orElse("https://s3." + region + ".amazonaws.com");
        if (!endpoint.matches("https?://[^/\\s]+/?")) {
            throw Problem.user("backup.endpoint", "AWS_ENDPOINT_URL_S3 is '" + endpoint + "'")
                    .hint("write the address of the store, such as https://s3.example.com")
                    .exception();
        }
        return new S3Account(
                URI.create(endpoint.replaceFirst("/$", "")),
                region,
                required(environment, "AWS_ACCESS_KEY_ID"),
                required(environment, "AWS_SECRET_ACCESS_KEY"),
                value(environment, "AWS_SESSION_TOKEN"));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }

    private static String required(Map<String, String> environment, String name) {
        return value(environment, name)
                .orElseThrow(() -> Problem.user(
                                "backup.account",
                                name + " is not in the environment of the program that writes or reads backups")
                        .hint(
                                "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, where it is not AWS, AWS_ENDPOINT_URL_S3;"
                                        + " of a server that was set up in /etc/default/johwa")
                        .exception());
    }
}
