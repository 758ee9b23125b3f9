package dev.johwa.main.setup;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Tasks;
import dev.johwa.lib.text.Sizes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Carries what is new among the backups of one machine to another, through this one: they need not know each other.
record Carrying(Side from, Side to) {
    /// Manifests come last, so that what is cut off is no backup; what came half has another size and comes again.
    ///
    /// @return what was carried, for a person
    String run() throws IOException {
        var there = to.files();
        var missing = from.files().entrySet().stream()
                .filter(file -> !file.getValue().equals(there.get(file.getKey())))
                .sorted(Comparator.comparing(
                                (Map.Entry<String, Long> file) -> file.getKey().startsWith("backups/"))
                        .thenComparing(Map.Entry::getKey))
                .toList();
        if (!missing.isEmpty()) {
            stream(missing.stream().map(Map.Entry::getKey).toList());
        }
        long bytes = missing.stream().mapToLong(Map.Entry::getValue).sum();
        return Sizes.text(bytes) + " in " + missing.size() + " pieces";
    }

    private void stream(List<String> files) throws IOException {
        var list = (String.join("\n", files) + "\n").getBytes(StandardCharsets.UTF_8);
        pipe(
                "cd " + Side.BACKUPS + " && tar -cf - -T -",
                list,
                "cd " + Side.BACKUPS + " && tar -xf - --no-same-owner && sync -f .");
    }

    /// What one line says on the one machine is what another hears on the other.
    ///
    /// @param given what the first one hears
    void pipe(String line, byte[] given, String goal) throws IOException {
        // Not PipedInputStream: it takes a thread that wrote and ended for a dead end, though another has yet to close.
        var pipe = Pipe.open();
        try (var tasks = new Tasks();
                var out = Channels.newOutputStream(pipe.sink());
                var in = Channels.newInputStream(pipe.source())) {
            var packing = tasks.call("pack", () -> pack(line, given, out));
            int unpacked = to.host().line(goal, in, OutputStream.nullOutputStream());
            if (unpacked != 0) {
                // Nobody reads any more what is packed.
                in.close();
            }
            int packed = unpacked == 0 ? Tasks.answer(packing) : 0;
            if (unpacked != 0 || packed != 0) {
                throw Problem.external(
                                "move.carry",
                                "not all could be carried over: " + from.name() + " ended with " + packed + ", "
                                        + to.name() + " with " + unpacked)
                        .hint(
                                "is a disk full there, or the connection gone? Say the move again; it goes on where it was")
                        .exception();
            }
        }
    }

    private int pack(String line, byte[] given, OutputStream out) throws IOException {
        InputStream in = new ByteArrayInputStream(given);
        try (out) {
            return from.host().line(line, in, out);
        }
    }
}
