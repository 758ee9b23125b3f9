package dev.johwa.serve.release;

import dev.johwa.lib.db.Database;
import java.util.Optional;

/// What serves and runs now, read again only when something was written since: all who look after a thousand apps, or
/// tell of them, go by one reading. Not to be asked within a read, which sees an earlier moment. Safe for use by many
/// threads.
final class Moments {
    private final Database database;
    private final AppEnvironments environments;
    private final ReleaseStore releases;
    private final InstanceStore instances;
    private final CanaryStore canaries;
    private volatile Optional<Seen> last = Optional.empty();

    Moments(Database database, AppEnvironments environments, ReleaseStore releases, InstanceStore instances) {
        this.database = database;
        this.environments = environments;
        this.releases = releases;
        this.instances = instances;
        this.canaries = new CanaryStore(database);
    }

    /// @param changes how far the database was before
    private record Seen(long changes, Moment moment) {}

    /// Of all projects.
    Moment now() {
        long changes = database.changes();
        return lastAt(changes).orElseGet(() -> {
            var moment = read(Optional.empty());
            last = Optional.of(new Seen(changes, moment));
            return moment;
        });
    }

    /// Of a project or of all. Of one, what is known of all will do, else it alone is read.
    Moment now(Optional<String> project) {
        return project.isEmpty()
                ? now()
                : lastAt(database.changes())
                        .map(moment -> moment.of(project.get()::equals))
                        .orElseGet(() -> read(project));
    }

    private Moment read(Optional<String> project) {
        return Moment.now(environments, releases, instances, canaries, project);
    }

    private Optional<Moment> lastAt(long changes) {
        return last.filter(seen -> seen.changes() == changes).map(Seen::moment);
    }
}
