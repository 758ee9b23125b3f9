package dev.johwa.lib.site;

/// What a rule answers.
public sealed interface Answer {
    int status();

    /// @param location an address, encoded; a path of the same site begins with exactly one slash
    record Moved(int status, String location) implements Answer {}

    /// The file at another path under the address that was asked for.
    ///
    /// @param path decoded
    record Shown(int status, String path) implements Answer {}
}
