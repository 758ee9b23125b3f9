package dev.johwa.serve.router;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Records;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What lies in the run folder: seats of edges, sockets for those that come, and the last table.
final class EdgeFiles {
    private static final String SEAT = "at-";

    private final Path run;

    EdgeFiles(Path run) {
        this.run = run;
    }

    /// The place of an edge of that name; without a name, the folder itself.
    Seat seat(String name) {
        return new Seat(name.isEmpty() ? run : run.resolve(name));
    }

    /// A place that nobody had before.
    Seat newSeat(Instant now) {
        for (long each = now.toEpochMilli(); ; each++) {
            var name = SEAT + Long.toString(each, Character.MAX_RADIX);
            if (!Files.exists(run.resolve(name))) {
                return seat(name);
            }
        }
    }

    /// Where edges are, or were.
    List<Seat> seats() {
        var all = new ArrayList<Seat>();
        all.add(seat(""));
        Trees.children(run).stream()
                .filter(each -> each.getFileName().toString().startsWith(SEAT) && Files.isDirectory(each))
                .map(Seat::new)
                .forEach(all::add);
        return all;
    }

    void clear(Seat seat) {
        seat.clear(run);
    }

    /// Where the control plane gives the socket for HTTP to an edge.
    Path gives() {
        return run.resolve("listen.sock");
    }

    /// Where the control plane gives the socket for TLS to an edge.
    Path givesTls() {
        return run.resolve("listen-tls.sock");
    }

    /// Compressed copies of files of sites.
    Path compressed() {
        return run.resolve("compressed");
    }

    private Path table() {
        return run.resolve("table.json");
    }

    /// The last table, when there is a readable one. A change that was cut off while it was added did not come about.
    Optional<RoutingTable> readTable() {
        try {
            if (!Files.exists(table())) {
                return Optional.empty();
            }
            var lines = Files.readString(table()).split("\n");
            var table = Records.read(lines[0], Wire.Table.class).table();
            for (int i = 1; i < lines.length; i++) {
                var next = changed(table, lines[i]);
                if (next.isEmpty()) {
                    break;
                }
                table = next.get();
            }
            return Optional.of(table);
        } catch (IOException | ProblemException e) {
            return Optional.empty();
        }
    }

    private static Optional<RoutingTable> changed(RoutingTable before, String line) {
        try {
            return Records.read(line, Wire.Table.class).table(before);
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /// A whole one. For our eyes only: it has the keys of what is guarded.
    void write(Wire.Table table) throws IOException {
        Whole.write(table(), Records.bytes(table), "rw-------");
    }

    /// What changed since, behind the table that was written.
    void add(Wire.Table change) throws IOException {
        Files.writeString(table(), "\n" + Records.write(change), StandardOpenOption.APPEND);
    }
}
