package dev.johwa.lib.process;

import java.time.Duration;

/// How a program ended.
public sealed interface Exit {
    /// By itself, with a status from 0 to 255.
    record Status(int code) implements Exit {}

    /// By a signal that we did not send.
    record Signal(int number) implements Exit {}

    /// By us, since its time was over.
    record TimedOut(Duration limit) implements Exit {}

    /// By us, since somebody wished so.
    record Cancelled(String reason) implements Exit {}

    /// It went over its memory limit and the kernel ended it.
    record OutOfMemory() implements Exit {}

    /// It ended while nobody could see how (its wrapper was killed, or the machine went down).
    record Lost() implements Exit {}

    default boolean isSuccess() {
        return this instanceof Status(int code) && code == 0;
    }

    private static String name(int signal) {
        return switch (signal) {
            case 4 -> " (SIGILL)";
            case 6 -> " (SIGABRT)";
            case 7 -> " (SIGBUS)";
            case 8 -> " (SIGFPE)";
            case 9 -> " (SIGKILL)";
            case 11 -> " (SIGSEGV)";
            case 15 -> " (SIGTERM)";
            default -> "";
        };
    }

    /// For a person: `exit 1`, `killed by signal 9 (SIGKILL)`, `stopped after 10 min`.
    default String text() {
        return switch (this) {
            case Status(var code) -> "exit " + code;
            case Signal(var number) -> "killed by signal " + number + name(number);
            case TimedOut(var limit) ->
                "stopped after " + (limit.toMinutes() > 0 ? limit.toMinutes() + " min" : limit.toSeconds() + " s");
            case Cancelled(var reason) -> "cancelled: " + reason;
            case OutOfMemory() -> "out of memory";
            case Lost() -> "ended unseen";
        };
    }
}
