package dev.johwa.build.image;

import java.nio.file.Path;

/// One entry of a layer before it is written.
///
/// @param name relative with `/`, byte by byte ([RawNames])
/// @param target of a symbolic link, byte by byte; else empty
/// @param stamp changes whenever the file does, as far as its file system tells without reading it
record LayerFile(Path place, String name, Kind kind, long size, String target, String stamp) {
    enum Kind {
        FOLDER,
        LINK,
        FILE,
        PROGRAM
    }
}
