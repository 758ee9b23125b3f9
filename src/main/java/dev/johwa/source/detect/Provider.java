package dev.johwa.source.detect;

import java.util.Optional;

/// Knows one stack: whether a folder is of it, and the commands that follow. One implementation a file.
interface Provider {
    Optional<Draft> detect(Folder folder, Toolchains toolchains);
}
