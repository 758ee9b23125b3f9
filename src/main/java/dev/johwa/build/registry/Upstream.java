package dev.johwa.build.registry;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.http.HttpCalls.Call;
import dev.johwa.lib.http.HttpCalls.Streamed;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Another registry, asked without a name for what everybody may have. Its redirects are followed, as stores of blobs
/// need it. Sources: OCI distribution specification 1.1; distribution's docs/spec/auth/token.
///
/// @param base `https://registry-1.docker.io`
record Upstream(URI base) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// From the question to the last byte.
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final int MOST_HOPS = 4;
    private static final Pattern FIELD = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /// An answer of it; close it.
    record Got(HttpCalls calls, Streamed answer) implements AutoCloseable {
        InputStream body() {
            return answer.body();
        }

        String type() {
            return field("content-type");
        }

        /// @param name in lower case
        String field(String name) {
            return answer.fields().getOrDefault(name, "");
        }

        @Override
        public void close() {
            try {
                answer.close();
            } catch (IOException e) {
                throw failed(e);
            } finally {
                calls.close();
            }
        }
    }

    /// @param path below its root
    /// @return empty when there is no such thing
    /// @throws ProblemException `mirror.failed`
    Optional<Got> get(String path, String accept) {
        return ask("GET", path, accept);
    }

    /// The same without its bytes.
    Optional<Got> look(String path) {
        return ask("HEAD", path, "*/*");
    }

    private Optional<Got> ask(String method, String path, String accept) {
        var fields = new HashMap<>(Map.of("Accept", accept));
        var next = base.resolve(path);
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            var got = ask(method, next, fields);
            int status = got.answer().status();
            if (status == 200) {
                return Optional.of(got);
            }
            var told = got.answer().fields();
            got.close();
            if (status == 404) {
                return Optional.empty();
            }
            if (status == 401 && !fields.containsKey("Authorization")) {
                fields.put("Authorization", "Bearer " + token(told.getOrDefault("www-authenticate", "")));
            } else if (status / 100 == 3 && told.containsKey("location")) {
                var place = next.resolve(requireNonNull(told.get("location")));
                if (!place.getRawAuthority().equals(next.getRawAuthority())) {
                    // What lets us in here is not for others.
                    fields.remove("Authorization");
                }
                next = place;
            } else {
                throw failed("it answered " + status + " to " + path);
            }
        }
        throw failed("it leads on and on from " + path);
    }

    private static Got ask(String method, URI uri, Map<String, String> fields) {
        var calls = new HttpCalls(uri).within(LONGEST);
        try {
            return new Got(calls, calls.open(new Call(method, uri, fields, new byte[0], PATIENCE)));
        } catch (ProblemException e) {
            calls.close();
            throw failed(e.problem().message());
        }
    }

    private String token(String challenge) {
        var told = new HashMap<String, String>();
        FIELD.matcher(challenge).results().forEach(found -> told.put(found.group(1), found.group(2)));
        if (!challenge.startsWith("Bearer ") || !told.containsKey("realm")) {
            throw failed("it wants to know who asks");
        }
        var query = "?service=" + encoded(told.getOrDefault("service", "")) + "&scope="
                + encoded(told.getOrDefault("scope", ""));
        try (var got = ask("GET", base.resolve(told.get("realm") + query), Map.of())) {
            var answer = Json.tree(new String(got.body().readNBytes(1 << 20), StandardCharsets.UTF_8));
            var token = answer.path("token").isString() ? answer.path("token") : answer.path("access_token");
            if (got.answer().status() != 200 || !token.isString()) {
                throw failed("it gives no token to who says no name");
            }
            return token.asString();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static ProblemException failed(IOException e) {
        return new ProblemException(problem(String.valueOf(e.getMessage())), e);
    }

    static ProblemException failed(String why) {
        return problem(why).exception();
    }

    private static Problem problem(String why) {
        return Problem.external("mirror.failed", "the other registry does not give it: " + why)
                .hint("try again, or push the image here under another project");
    }
}
