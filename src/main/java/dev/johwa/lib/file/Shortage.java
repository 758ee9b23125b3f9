package dev.johwa.lib.file;

import dev.johwa.lib.problem.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What the machine had not got, by what its C library says (errno(3)): no fault of the program, and gone when the
/// machine has it again.
public enum Shortage {
    DISK(
            "No space left on device",
            "the disk of the server is full",
            "make room on it: `johwa status` tells what takes it"),
    FILES(
            "Too many open files",
            "the server can open no more files for now",
            "try again in a while; its operator finds the bound by `systemctl show johwa -p LimitNOFILE`"),
    WRITING(
            "Read-only file system",
            "the server may not write where it keeps its data",
            "its operator finds in the system's log why the disk is read-only");

    private static final int MOST_CAUSES = 20;

    private final String said;
    private final String what;
    private final String hint;

    Shortage(String said, String what, String hint) {
        this.said = said;
        this.what = what;
        this.hint = hint;
    }

    /// Empty where a failure has another reason.
    public static Optional<Shortage> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .map(each -> String.valueOf(each.getMessage()))
                .flatMap(message -> Arrays.stream(values()).filter(each -> message.contains(each.said)))
                .findFirst();
    }

    /// In words for a person, with what to do next.
    public Problem problem() {
        return Problem.resource("server." + name().toLowerCase(Locale.ROOT), what)
                .hint(hint);
    }
}
