package dev.johwa.source.detect.stack;

import dev.johwa.source.detect.Toolchains;
import java.util.Optional;

/// Knows one stack: whether a folder is of it, and the commands that follow. One implementation a file.
public interface Provider {
    Optional<Draft> detect(Folder folder, Toolchains toolchains);
}
