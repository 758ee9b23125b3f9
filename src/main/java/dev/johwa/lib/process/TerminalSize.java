package dev.johwa.lib.process;

/// How much a terminal shows.
public record TerminalSize(int columns, int rows) {
    private static final int MOST = 10_000;

    /// What is told wrongly is taken as the nearest that can be.
    public TerminalSize {
        columns = Math.clamp(columns, 1, MOST);
        rows = Math.clamp(rows, 1, MOST);
    }
}
