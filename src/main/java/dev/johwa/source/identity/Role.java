package dev.johwa.source.identity;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What someone may do; a later one may do less.
public enum Role {
    /// Everything.
    OWNER,
    /// Push, deploy, roll back, settings; no people, no server.
    MAINTAINER,
    /// Only looking.
    VIEWER;

    /// By the word for it; those of earlier versions are understood too.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `people.role`
    public static Role of(String word) {
        var plain = word.toLowerCase(Locale.ROOT);
        return switch (plain) {
            case "developer" -> MAINTAINER;
            case "reader" -> VIEWER;
            case String _ ->
                Stream.of(values())
                        .filter(role -> role.word().equals(plain))
                        .findFirst()
                        .orElseThrow(() -> unknown(word));
        };
    }

    private static RuntimeException unknown(String word) {
        var words = Stream.of(values()).map(Role::word).toList();
        return Problem.user("people.role", "'" + word + "' is no role")
                .hint(Near.question(word, words).orElse("choose owner, maintainer or viewer"))
                .exception();
    }

    /// `maintainer`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean may(Permission permission) {
        return switch (this) {
            case OWNER -> true;
            case MAINTAINER -> permission != Permission.ADMINISTER;
            case VIEWER -> permission == Permission.READ;
        };
    }

    /// The one of the two that may do less.
    Role atMost(Role other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// The one of the two that may do more.
    Role orMore(Optional<Role> other) {
        return other.filter(more -> more.compareTo(this) < 0).orElse(this);
    }
}
