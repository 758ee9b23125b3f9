package dev.johwa.source.dockerfile.syntax;

import org.jspecify.annotations.Nullable;

/// A statement that the parser refuses; caught where its place is known.
public final class Refused extends Exception {
    private final String code;
    private final transient @Nullable String part;
    private final transient @Nullable String hint;

    /// @param code without `dockerfile.` before it
    /// @param part of the statement that it is about, raw; null for the statement
    public Refused(String code, String message, @Nullable String part, @Nullable String hint) {
        super(message, null, false, false);
        this.code = code;
        this.part = part;
        this.hint = hint;
    }

    public Refused(String code, String message, @Nullable String part) {
        this(code, message, part, null);
    }

    public String code() {
        return code;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public @Nullable String part() {
        return part;
    }

    public @Nullable String hint() {
        return hint;
    }
}
