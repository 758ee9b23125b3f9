package dev.johwa.lib.db;

/// Whoever asks has outlived the database: the program ends, and nothing is changed any more.
public final class DatabaseClosed extends IllegalStateException {
    private static final long serialVersionUID = 1;

    DatabaseClosed() {
        super("the database is closed");
    }
}
