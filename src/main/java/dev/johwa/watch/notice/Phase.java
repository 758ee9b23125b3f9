package dev.johwa.watch.notice;

/// Where in the life of a condition a word is said.
public enum Phase {
    BEGAN,
    /// It goes on in another way: another commit fails, less room is left.
    AGAIN,
    /// A reminder.
    STILL,
    OVER,
    /// Nothing happened; somebody tries whether it arrives.
    TEST;

    /// As the first word of a subject: `failed`, `recovered`.
    String word(Kind kind) {
        return switch (this) {
            case BEGAN, AGAIN -> kind.begun();
            case STILL -> "still " + kind.begun();
            case OVER -> "recovered";
            case TEST -> "test";
        };
    }

    /// For programs: `failed`, `recovered`, `reminder`, `test`.
    String type(Kind kind) {
        return this == STILL ? "reminder" : word(kind);
    }
}
