package dev.johwa.source.detect;

import java.nio.file.Path;
import java.util.Optional;

/// Asks the providers in order; the first that knows the folder answers.
public final class Detector {
    /// @param toolchains the runtimes that are on this machine
    public Detector(Toolchains toolchains) {}

    /// What the folder is; empty when nobody knows, and then [#hint] says what would help.
    public Optional<Detection> detect(Path folder) {
        throw new UnsupportedOperationException();
    }

    /// For a folder that nobody knows: what was looked for, and the smallest file that would make it run.
    public String hint(Path folder) {
        throw new UnsupportedOperationException();
    }
}
