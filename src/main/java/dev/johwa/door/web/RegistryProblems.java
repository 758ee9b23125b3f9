package dev.johwa.door.web;

import dev.johwa.build.registry.Refusal;
import dev.johwa.door.api.Meaning;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/// Tells problems as the OCI distribution specification 1.1 says ("Error Codes"), and where tokens are given.
final class RegistryProblems {
    static final String TOKENS = RegistryPath.ROOT + "token";
    static final String SERVICE = "johwa";

    private static final String ANSWERED = "johwa.registry.answered";

    private RegistryProblems() {}

    /// @param detail what to do next
    record Item(String code, String message, Optional<String> detail) {}

    record Document(List<Item> errors) {}

    static void answer(Context context, List<Problem> problems, String base) {
        var first = problems.getFirst();
        int status = Refusal.of(first).map(Refusal::status).orElseGet(() -> Problems.status(first));
        context.attribute(ANSWERED, true);
        context.header("Docker-Distribution-Api-Version", "registry/2.0");
        if (Meaning.of(first) == Meaning.NOT_SIGNED_IN) {
            context.header("WWW-Authenticate", challenge(context, base));
        }
        var items = problems.stream().map(RegistryProblems::item).toList();
        context.status(status).contentType("application/json").result(Json.bytes(new Document(items)));
    }

    /// Whether this request got its answer here.
    static boolean isAnswered(Context context) {
        return Boolean.TRUE.equals(context.attribute(ANSWERED));
    }

    private static Item item(Problem problem) {
        return new Item(code(problem), problem.message(), Optional.ofNullable(problem.hint()));
    }

    private static String code(Problem problem) {
        var own = Refusal.of(problem);
        if (own.isPresent() || problem.code().startsWith("project.")) {
            return own.orElse(Refusal.NAME_INVALID).code();
        }
        return switch (Meaning.of(problem)) {
            case NOT_SIGNED_IN -> "UNAUTHORIZED";
            case NOT_PERMITTED -> Refusal.DENIED.code();
            case WRONG_METHOD -> Refusal.UNSUPPORTED.code();
            case UNKNOWN -> Refusal.NAME_UNKNOWN.code();
            case TOO_OFTEN -> Refusal.TOOMANYREQUESTS.code();
            case LACKING, UNREACHABLE -> "UNAVAILABLE";
            case BAD_INPUT, CONFLICT, TOO_LARGE, BUG, OUTSIDE -> "UNKNOWN";
        };
    }

    /// Where a token is given, and what for. Source: distribution's docs/spec/auth/token.
    private static String challenge(Context context, String base) {
        var scope = repository(context.path())
                .map(name -> ",scope=\"repository:" + name + ":"
                        + actions(context.method().name()) + "\"")
                .orElse("");
        return "Bearer realm=\"" + base + TOKENS + "\",service=\"" + SERVICE + "\"" + scope;
    }

    private static Optional<String> repository(String path) {
        try {
            return RegistryPath.find(path).map(found -> found.repository().text());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static String actions(String method) {
        return switch (method) {
            case "GET", "HEAD" -> "pull";
            case "DELETE" -> "delete";
            case String _ -> "pull,push";
        };
    }
}
