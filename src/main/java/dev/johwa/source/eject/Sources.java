package dev.johwa.source.eject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of the project that are read along the way.
final class Sources {
    private static final long LARGEST = 1 << 20;

    private Sources() {}

    /// Its text; empty where there is none that is worth reading.
    static String text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST ? Files.readString(file) : "";
        } catch (IOException e) {
            // What is not text says nothing here; `johwa check` tells what is wrong with it.
            return "";
        }
    }
}
