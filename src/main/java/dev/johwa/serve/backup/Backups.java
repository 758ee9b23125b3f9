package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.Progress;
import java.util.List;
import java.util.Optional;

/// Backups of this platform: made, listed, looked through. Safe for use by many threads.
public final class Backups {
    private final BackupPorts ports;
    private final Places places;

    public Backups(BackupPorts ports, Places places) {
        this.ports = ports;
        this.places = places;
    }

    /// The place that was asked for, or the one that the server was given.
    ///
    /// @throws ProblemException when there is neither
    public String place(Optional<String> asked) {
        return asked.orElseThrow(() -> Problem.user("backup.where", "no place for the backup was named")
                .hint("name a folder of the server: `johwa backup /mnt/backup`")
                .exception());
    }

    /// Makes one while the platform works. What fails leaves earlier ones as they were.
    ///
    /// @throws ProblemException when it cannot be made whole
    public Made make(Order order, Progress progress) {
        var place = places.of(order.where());
        try (var _ = place.lock()) {
            return new Backup(ports, place, order, progress).make();
        }
    }

    /// Those at a place, newest first.
    public List<Made> list(String where) {
        return new Manifests(places.of(where))
                .heads().stream().map(head -> Made.of(where, head)).toList();
    }

    /// Reads all that a backup needs. A piece that is damaged is put aside, so that the next backup writes it anew.
    ///
    /// @param name the newest when absent
    /// @throws ProblemException with a problem for each piece that is missing or damaged
    public Made verify(String where, Optional<String> name, Progress progress) {
        var place = places.of(where);
        var head = new Verifying(place, Seal.NONE, progress).verify(name);
        return Made.of(where, head);
    }
}
