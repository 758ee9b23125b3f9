package dev.johwa.serve.router;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest table that an edge has, kept in a file for an edge that has to start without a control plane. What
/// changed is added to the file, since writing a large one takes its time. Used by one thread at a time.
final class LastTable {
    private static final int MOST_CHANGES = 100;

    private final EdgeFiles files;
    private @Nullable RoutingTable last;
    /// How many of them the file has does not matter at first: what is written then is a whole one.
    private int changes = MOST_CHANGES;

    LastTable(EdgeFiles files) {
        this.files = files;
    }

    /// That of the file, when there is a readable one.
    Optional<RoutingTable> read() {
        var kept = files.readTable();
        kept.ifPresent(table -> last = table);
        return kept;
    }

    /// What was sent, as a whole; empty where it changes a table that is not here.
    Optional<RoutingTable> whole(Wire.Table sent) {
        if (sent.onto() == null) {
            return Optional.of(sent.table());
        }
        return last == null ? Optional.empty() : sent.table(last);
    }

    /// From now on this is the newest.
    ///
    /// @param sent what it was made of
    /// @param isKept whether the file is this edge's: the last table is that of whoever serves
    void set(RoutingTable table, Wire.Table sent, boolean isKept) throws IOException {
        last = table;
        if (!isKept) {
            return;
        }
        if (sent.onto() == null || changes >= MOST_CHANGES) {
            files.write(Wire.Table.of(table));
            changes = 0;
        } else {
            files.add(sent);
            changes++;
        }
    }
}
