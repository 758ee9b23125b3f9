package dev.johwa.serve.data;

import dev.johwa.lib.problem.Problem;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What kinds of databases there are.
public enum Kind {
    POSTGRES("postgres", "DATABASE_URL");

    private final String word;
    private final String variable;

    Kind(String word, String variable) {
        this.word = word;
        this.variable = variable;
    }

    /// As people write it: `postgres`.
    public String word() {
        return word;
    }

    /// The name under which applications usually read its address.
    public String variable() {
        return variable;
    }

    /// The kind of that word.
    public static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /// The kind of that word.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is none
    public static Kind require(String word) {
        return of(word).orElseThrow(() -> Problem.user("data.kind", "'" + word + "' is no kind of database")
                .hint("there is "
                        + Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "))
                        + "; a folder is named in johwa.yaml: data: [uploads/]")
                .exception());
    }
}
