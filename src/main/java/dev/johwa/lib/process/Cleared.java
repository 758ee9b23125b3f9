package dev.johwa.lib.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// A program whose files go with it.
///
/// @param clear takes them away
public record Cleared(Attached inner, Runnable clear) implements Attached {
    @Override
    public OutputStream in() {
        return inner.in();
    }

    @Override
    public InputStream out() {
        return inner.out();
    }

    @Override
    public InputStream err() {
        return inner.err();
    }

    @Override
    public void resize(TerminalSize size) {
        inner.resize(size);
    }

    @Override
    public Optional<Exit> exit() {
        return inner.exit();
    }

    @Override
    public Running running() {
        return inner.running();
    }

    @Override
    public void end() throws IOException {
        try {
            inner.end();
        } finally {
            clear.run();
        }
    }
}
