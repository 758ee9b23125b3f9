package dev.johwa.door.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.johwa.door.api.Meaning;
import dev.johwa.door.api.WireProblem;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import io.javalin.http.Context;
import java.util.List;

/// Tells problems to programs as RFC 9457 says, with the fields of ours.
final class Problems {
    static final String TYPE = "application/problem+json";

    private Problems() {}

    /// @param type RFC 9457: `about:blank` means that the status says it all; our `code` says more
    /// @param problems all of them, when there are several
    record Document(
            String type,
            String title,
            int status,
            String detail,
            @JsonUnwrapped WireProblem problem,
            List<WireProblem> problems) {}

    static void answer(Context context, List<Problem> problems) {
        var first = problems.getFirst();
        var status = Meaning.of(first);
        if (status == Meaning.NOT_SIGNED_IN) {
            context.header("WWW-Authenticate", "Basic realm=\"johwa\", charset=\"UTF-8\"");
        }
        var document = new Document(
                "about:blank",
                title(status),
                status.httpStatus(),
                first.message(),
                WireProblem.of(first),
                problems.stream().map(WireProblem::of).toList());
        context.status(status.httpStatus()).contentType(TYPE).result(Json.bytes(document));
    }

    /// The status that tells a problem.
    static int status(Problem problem) {
        return Meaning.of(problem).httpStatus();
    }

    /// As plain text, which git shows to its person.
    static void answerGit(Context context, List<Problem> problems) {
        answer(context, problems);
        var text = new StringBuilder();
        problems.forEach(problem -> text.append(problem.text()).append('\n'));
        context.contentType("text/plain; charset=utf-8").result(text.toString());
    }

    private static String title(Meaning meaning) {
        return switch (meaning) {
            case BAD_INPUT -> "Bad input";
            case NOT_SIGNED_IN -> "Not signed in";
            case NOT_PERMITTED -> "Not permitted";
            case UNKNOWN -> "Not found";
            case WRONG_METHOD -> "Wrong method";
            case CONFLICT -> "Not as things are now";
            case TOO_LARGE -> "Too large";
            case TOO_OFTEN -> "Too often";
            case BUG -> "A bug in Johwa";
            case OUTSIDE -> "Something outside failed";
            case LACKING -> "Not available";
            case UNREACHABLE -> "Not reachable";
        };
    }
}
