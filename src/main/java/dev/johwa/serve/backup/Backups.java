package dev.johwa.serve.backup;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.git.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backups of this platform: made, listed, looked through, thinned out. Safe for use by many threads.
public final class Backups {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final BackupPorts ports;
    private final Places places;
    private final HealthFile health;
    private final ReentrantLock turn = new ReentrantLock();

    public Backups(BackupPorts ports, Places places) {
        this.ports = ports;
        this.places = places;
        this.health = new HealthFile(ports.data().resolve("backup.json"));
    }

    /// Makes those of the plan from now on.
    public void start(Tasks tasks, FactLog facts) {
        var _ = tasks.run("what a backup left", this::clear);
        tasks.every(LOOK, "backups", () -> look(facts));
    }

    /// What the end of an earlier process left.
    private void clear() {
        Trial.clear(ports.desk());
        Unfinished.at(ports.data())
                .ifPresent(cut -> LOG.warn(
                        "backup={} where={} was cut off; the next one there takes its pieces",
                        cut.name(),
                        cut.where()));
    }

    /// Makes now what is due of the plan.
    public void look(FactLog facts) {
        keeper(facts).round();
    }

    Keeper keeper(FactLog facts) {
        return new Keeper(this, ports, health, facts);
    }

    /// How backups went.
    public Health health() {
        return health.read();
    }

    /// The place that was asked for, or the one of the plan.
    ///
    /// @throws ProblemException when there is neither
    public String place(Optional<String> asked) {
        return asked.or(() -> ports.plan().where())
                .orElseThrow(() -> Problem.user("backup.where", "no place for backups was named")
                        .hint(
                                "name one: `johwa backup /mnt/backup`, or give the server one: `johwa up --backup /mnt/backup`")
                        .exception());
    }

    /// With what the plan encrypts.
    public Optional<String> encrypt() {
        return ports.plan().encrypt();
    }

    /// Makes one while the platform works. What fails leaves earlier ones as they were.
    ///
    /// @throws ProblemException when it cannot be made whole
    public Made make(Order order, Progress progress) {
        var place = places.of(order.where());
        if (!turn.tryLock()) {
            throw Problem.user("backup.busy", "another backup is being made")
                    .hint("wait until it is over")
                    .exception();
        }
        try (var _ = place.lock()) {
            var made = new Backup(ports, place, order, progress).make();
            health.change(known -> known.made(made));
            return made;
        } finally {
            turn.unlock();
        }
    }

    /// Lets all but the newest go.
    void thin(String where, int keep) {
        thin(places.of(where), ports.data(), ports.clock(), keep);
    }

    /// The same of a folder that no plan looks after, by whoever has backups made there.
    ///
    /// @param data of which they are
    /// @throws ProblemException when somebody writes there
    public static void thinFolder(Path where, Path data, Clock clock, int keep) {
        thin(new FolderPlace(where), data, clock, keep);
    }

    private static void thin(Place place, Path data, Clock clock, int keep) {
        try (var _ = place.lock()) {
            new Thinning(place, new Begun(place, data, clock.now()), line -> {}).keep(keep);
        }
    }

    /// Those at a place, newest first.
    public List<Made> list(String where) {
        return new Manifests(places.of(where))
                .heads().stream().map(head -> Made.of(where, head)).toList();
    }

    /// Reads all that a backup needs. A piece that is damaged is taken away, so that the next backup writes it anew.
    ///
    /// @param name the newest when absent
    /// @throws ProblemException with a problem for each piece that is missing or damaged
    public Made verify(String where, Optional<String> name, Progress progress) {
        var head = new Verifying(places.of(where), progress).verify(name);
        return Made.of(where, head);
    }

    /// Brings the newest back for trial; where it is encrypted for a key that is not here, it is only read.
    ///
    /// @throws ProblemException when it does not come back whole
    Made prove(String where, Optional<String> encrypt) {
        if (encrypt.filter(KeySeal::isPublicKey).isPresent()) {
            return verify(where, Optional.empty(), line -> {});
        }
        return new Trial(places, ports.desk()).run(where, new Keys(Optional.empty(), encrypt));
    }
}
