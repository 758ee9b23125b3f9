package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.Containers.LogListener;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.process.Output.Channel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/// Makes lines of the pieces that a container printed. Used by one thread.
final class Lines implements LogListener {
    private static final int LONGEST = 64 << 10;

    private final Output output;
    private final Map<Channel, ByteArrayOutputStream> begun = new EnumMap<>(Channel.class);

    Lines(Output output) {
        this.output = output;
    }

    @Override
    public void piece(Instant at, boolean isError, byte[] bytes) {
        var channel = isError ? Channel.ERR : Channel.OUT;
        var line = begun.computeIfAbsent(channel, first -> new ByteArrayOutputStream());
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, start, i - start);
                start = i + 1;
                tell(channel, line);
            }
        }
        line.write(bytes, start, bytes.length - start);
        if (line.size() >= LONGEST) {
            tell(channel, line);
        }
    }

    private void tell(Channel channel, ByteArrayOutputStream line) {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        output.line(channel, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    /// Tells the last lines, which have no end.
    void end() {
        begun.forEach((channel, line) -> {
            if (line.size() > 0) {
                tell(channel, line);
            }
        });
    }
}
