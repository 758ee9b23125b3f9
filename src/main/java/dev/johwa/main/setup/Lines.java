package dev.johwa.main.setup;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// Passes on whole lines as they come, and keeps the last ones.
final class Lines extends OutputStream {
    private static final int KEPT = 8;

    private final Consumer<String> line;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private final Deque<String> last = new ArrayDeque<>();

    Lines(Consumer<String> line) {
        this.line = line;
    }

    @Override
    public void write(int one) {
        if (one != '\n') {
            open.write(one);
            return;
        }
        var whole = open.toString(StandardCharsets.UTF_8);
        open.reset();
        last.add(whole);
        if (last.size() > KEPT) {
            last.remove();
        }
        line.accept(whole);
    }

    String last() {
        return last.isEmpty() ? "it said nothing" : String.join("; ", last);
    }
}
