package dev.johwa.serve.target.process;

import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Running;
import dev.johwa.lib.process.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// A program whose files go with it.
record Cleared(Attached inner, Runnable clear) implements Attached {
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
