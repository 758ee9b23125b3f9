package dev.johwa.source.detect.node;

import java.util.List;

/// What a framework's build leaves to be served.
sealed interface Outcome {
    /// Files.
    ///
    /// @param folder relative
    /// @param fallback whether its pages find their way by themselves, so that unknown paths get index.html
    record Pages(String folder, boolean fallback) implements Outcome {}

    /// A program that listens.
    ///
    /// @param start used where the project has no start script of its own
    record Server(List<String> start) implements Outcome {}

    /// Nothing that runs here.
    ///
    /// @param why as a sentence without its end
    /// @param hint what would make it run
    record Elsewhere(String why, String hint) implements Outcome {}
}
