package dev.johwa.source.compose.form;

/// What becomes of a value in the resolved model.
sealed interface Becoming {
    /// A scalar, or a list or map of them, of a type of compose-go.
    ///
    /// @param type `text`, `texts`, `int`, `bytes`, `values`, …
    /// @param isKept whether what is false or zero is told too when it was written
    /// @param isAlways whether it is told when it was not written
    record Typed(String type, boolean isKept, boolean isAlways) implements Becoming {}

    /// A map with the keys of a section.
    ///
    /// @param isAlways whether it is told when it was not written
    record Keyed(String section, boolean isAlways) implements Becoming {}

    record ListOf(Becoming item) implements Becoming {}

    /// @param keepsNothing whether a key without a value stays, with null
    record MapOf(Becoming value, boolean keepsNothing) implements Becoming {}

    /// It is not told.
    record Left() implements Becoming {}

    static Becoming read(String text) {
        boolean isAlways = text.endsWith("!");
        boolean isKept = text.endsWith("?");
        var plain = isAlways || isKept ? text.substring(0, text.length() - 1) : text;
        if (plain.startsWith("[")) {
            return new ListOf(read(plain.substring(1, plain.length() - 1)));
        }
        if (plain.startsWith("<")) {
            var inner = plain.substring(1, plain.length() - 1);
            boolean keepsNothing = inner.endsWith("?");
            return new MapOf(read(keepsNothing ? inner.substring(0, inner.length() - 1) : inner), keepsNothing);
        }
        if (plain.startsWith("@")) {
            return new Keyed(plain.substring(1), isAlways);
        }
        return plain.equals("-") ? new Left() : new Typed(plain, isKept, isAlways);
    }
}
