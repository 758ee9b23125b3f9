package dev.johwa.door.cli;

/// What a command's exit code says.
public final class ExitCode {
    public static final int DONE = 0;
    /// The honest answer is no: tests failed, problems found, deployment failed, no such app.
    public static final int NO = 1;
    /// Wrong usage or bad input.
    public static final int USAGE = 2;
    /// The server cannot be reached.
    public static final int UNREACHABLE = 3;
    public static final int NOT_PERMITTED = 4;
    /// A bug in Johwa.
    public static final int BUG = 70;

    public static final int CANCELLED = 130;

    private ExitCode() {}
}
