package dev.johwa.source.host.played;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// An API: finds the operation that is asked for, and holds request and answer to the description.
final class Api {
    private static final int ETAG_BYTES = 16;

    private final Description description;
    private final Map<String, Part.Handler> handlers = new HashMap<>();
    private final Set<String> forbidden = new HashSet<>();
    private final List<Seen.Request> requests = new ArrayList<>();
    private final Consumer<String> mismatch;
    private final Limits limits = new Limits();

    Api(Description description, Consumer<String> mismatch) {
        this.description = description;
        this.mismatch = mismatch;
    }

    void add(Part part) {
        handlers.putAll(part.handlers());
    }

    /// What the token may not do from now on, by the ids of operations.
    synchronized void forbid(String operation) {
        description.operation(operation);
        forbidden.add(operation);
    }

    synchronized List<Seen.Request> requests() {
        return List.copyOf(requests);
    }

    /// @param trouble with which it is answered
    synchronized Answer answer(Call call, Trouble trouble) {
        var answer =
                limits.said(answerIn(call, trouble), trouble).with("x-github-request-id", "PLAY:" + requests.size());
        requests.add(new Seen.Request(call.method(), call.path(), call.query(), answer.status()));
        return answer;
    }

    private Answer answerIn(Call call, Trouble trouble) {
        if (call.path().equals("/rate_limit")) {
            return rateLimit(trouble);
        }
        return switch (trouble) {
            case Trouble.NoRequestsLeft _ -> Answer.failed(403, "API rate limit exceeded for user ID 1.");
            case Trouble.TooFast(var wait) ->
                Answer.failed(403, "You have exceeded a secondary rate limit.")
                        .with("retry-after", String.valueOf(wait.toSeconds()));
            case Trouble.Broken(var status) -> Answer.failed(status, "Something went wrong");
            case Trouble.Hanging _, Trouble.None _ -> conditional(call, operated(call));
        };
    }

    private Answer rateLimit(Trouble trouble) {
        var body = description.example("rate-limit/get", 200);
        var core = (tools.jackson.databind.node.ObjectNode) body.at("/resources/core");
        core.put(
                "remaining",
                trouble instanceof Trouble.NoRequestsLeft
                        ? 0
                        : core.get("limit").asInt() - limits.used());
        return Answer.of(200, body);
    }

    private Answer operated(Call call) {
        if (call.header("User-Agent").isEmpty()) {
            return Answer.failed(
                    403,
                    "Request forbidden by administrative rules. Please make sure your request has a User-Agent header");
        }
        var operation = description.operation(call.method(), call.path());
        if (operation.isEmpty()) {
            mismatch.accept(call.method() + " " + call.path() + ": this player knows no such operation");
            return Answer.notFound();
        }
        if (forbidden.contains(operation.get().id())) {
            return Answer.failed(403, "Resource not accessible by personal access token");
        }
        var wrong = description.request(operation.get(), call);
        if (!wrong.isEmpty()) {
            wrong.forEach(each -> mismatch.accept("request " + operation.get().id() + ": " + each));
            return Answer.failed(422, "Validation Failed: " + wrong);
        }
        var answer =
                handlers.get(operation.get().id()).answer(call, operation.get().values(call.path()));
        description
                .answer(operation.get(), answer)
                .forEach(each -> mismatch.accept(
                        "answer " + answer.status() + " to " + operation.get().id() + ": " + each));
        return answer;
    }

    /// What is known already costs nothing of the limit.
    private Answer conditional(Call call, Answer answer) {
        if (!call.method().equals("GET") || answer.status() != 200) {
            limits.count();
            return answer;
        }
        var tag = "\"" + answer.body().map(Api::digest).orElse("") + "\"";
        var known = call.header("If-None-Match").replaceFirst("^W/", "");
        if (known.equals(tag)) {
            return Answer.empty(304).with("ETag", tag);
        }
        limits.count();
        return answer.with("ETag", tag);
    }

    private static String digest(JsonNode body) {
        try {
            var bytes =
                    MessageDigest.getInstance("SHA-256").digest(body.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, ETAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
