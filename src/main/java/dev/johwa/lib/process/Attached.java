package dev.johwa.lib.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// A program with whose input and output somebody is connected, byte for byte. What it prints is not kept anywhere:
/// when
/// nobody reads it waits. Its streams are each used by one thread, which they hold while they wait.
public interface Attached {
    /// Ends by being closed; of a terminal it cannot end.
    OutputStream in();

    /// Its standard output; of a terminal all that it shows.
    InputStream out();

    /// Its standard error; empty for a terminal, which does not tell the two apart.
    InputStream err();

    /// Tells it how large its terminal is now; nothing happens where it has none.
    void resize(TerminalSize size);

    /// How it ended; empty while it lives.
    Optional<Exit> exit();

    /// What it is found by, also by another process of ours.
    Running running();

    /// Ends what is left of it, by hanging up first, and closes its streams.
    void end() throws IOException;
}
