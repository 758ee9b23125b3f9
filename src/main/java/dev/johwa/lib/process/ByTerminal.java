package dev.johwa.lib.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// A program at a terminal that we hold the other side of.
record ByTerminal(Processes processes, Running running, Pty terminal) implements Attached {
    @Override
    public OutputStream in() {
        return terminal.in();
    }

    @Override
    public InputStream out() {
        return terminal.out();
    }

    @Override
    public InputStream err() {
        return InputStream.nullInputStream();
    }

    @Override
    public void resize(TerminalSize size) {
        terminal.resize(size);
    }

    @Override
    public Optional<Exit> exit() {
        return processes.exit(running);
    }

    @Override
    public void end() {
        processes.hangUp(running);
        terminal.close();
    }
}
