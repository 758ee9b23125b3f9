package dev.johwa.serve.target.dummy;

import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Running;
import dev.johwa.lib.process.TerminalSize;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A program that has printed its lines and ended, whatever it is told.
record PretendedProgram(String lines, Exit ended) implements Attached {
    @Override
    public OutputStream in() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream out() {
        return new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public InputStream err() {
        return InputStream.nullInputStream();
    }

    @Override
    public void resize(TerminalSize size) {}

    @Override
    public Optional<Exit> exit() {
        return Optional.of(ended);
    }

    @Override
    public Running running() {
        return new Running(0, 0, Path.of("."), "", "", Instant.EPOCH);
    }

    @Override
    public void end() {}
}
