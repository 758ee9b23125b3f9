package dev.johwa.lib.docker;

import java.io.IOException;
import java.io.OutputStream;

/// Bytes that are sent while they are made, in constant memory.
@FunctionalInterface
public interface Content {
    void write(OutputStream out) throws IOException;
}
