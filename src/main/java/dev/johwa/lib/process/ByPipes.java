package dev.johwa.lib.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// A program at the other ends of three pipes.
record ByPipes(Processes processes, Running running, Process process) implements Attached {
    ByPipes(Processes processes, Starter.Launched launched) {
        this(processes, launched.running(), launched.process());
    }

    @Override
    public OutputStream in() {
        return process.getOutputStream();
    }

    @Override
    public InputStream out() {
        return process.getInputStream();
    }

    @Override
    public InputStream err() {
        return process.getErrorStream();
    }

    @Override
    public void resize(TerminalSize size) {}

    @Override
    public Optional<Exit> exit() {
        return processes.exit(running);
    }

    @Override
    public void end() throws IOException {
        processes.hangUp(running);
        in().close();
    }
}
