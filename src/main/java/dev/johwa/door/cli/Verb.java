package dev.johwa.door.cli;

import java.util.List;
import java.util.function.Function;

/// A command as the table of commands knows it, before anything of it is made.
///
/// @param summary one line of the root help, an imperative without a full stop; empty for one that programs say
/// @param command makes an object with picocli's annotations that is a `Callable<Integer>`: its exit code
/// @param inner commands below it: `delete` of `apps delete`
public record Verb(Group group, String name, String summary, Function<Session, Object> command, List<Verb> inner) {
    public Verb {
        inner = List.copyOf(inner);
    }

    public Verb(Group group, String name, String summary, Function<Session, Object> command) {
        this(group, name, summary, command, List.of());
    }

    /// Whether people are told of it.
    boolean isForPeople() {
        return !summary.isEmpty();
    }
}
