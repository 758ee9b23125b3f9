package dev.johwa.watch.notice;

import dev.johwa.Kept;
import dev.johwa.build.pipeline.RunFinished;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.Entry;
import dev.johwa.lib.event.Fact;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.backup.BackupFailed;
import dev.johwa.serve.backup.BackupRecovered;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.serve.schedule.JobFailed;
import dev.johwa.serve.schedule.JobMissed;
import dev.johwa.serve.schedule.JobResumed;
import dev.johwa.serve.schedule.JobSkipped;
import dev.johwa.source.config.Values;
import dev.johwa.watch.incident.IncidentEnded;
import dev.johwa.watch.incident.Incidents;
import dev.johwa.watch.incident.Sights;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Said;
import dev.johwa.watch.verdict.ReleaseJudged;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The room with real stores and a clock that stands still; what other rooms know is told by the test.
final class Surroundings implements Evidence, AutoCloseable {
    /// Stands for a run whose push was refused.
    static final int REFUSED = 0;

    final FakeClock clock = new FakeClock(Instant.parse("2026-11-26T03:48:00Z"));
    final Database database;
    final Incidents incidents;
    Optional<Instant> firstBad = Optional.empty();
    final List<Sign> seen = new ArrayList<>();
    private final Tasks tasks = new Tasks();
    private final FactLog facts;
    private final Values values;
    private final Duration patience;
    /// Names beside those that the machine knows.
    final Map<String, List<String>> names = new ConcurrentHashMap<>();

    /// What was removed since.
    final Set<Place> gone = ConcurrentHashMap.newKeySet();

    final Set<String> goneKeys = ConcurrentHashMap.newKeySet();
    final Issues tracker = new Issues();
    final List<Notice> noted = new ArrayList<>();
    Notices notices;
    private long position;

    Surroundings(Path folder, Duration patience) {
        this(folder, Kept.ofTests(), patience);
    }

    Surroundings(Path folder, Kept kept, Duration patience) {
        this.patience = patience;
        database = kept.open(folder);
        facts = new FactLog(
                database,
                clock,
                List.of(
                        RunFinished.class,
                        DeploymentFinished.class,
                        InstanceCrashed.class,
                        BackupFailed.class,
                        BackupRecovered.class,
                        JobFailed.class,
                        JobMissed.class,
                        JobSkipped.class,
                        JobResumed.class,
                        ReleaseJudged.class,
                        IncidentEnded.class));
        incidents = new Incidents(database, facts, clock, new Looked(this));
        values = new Values(database, clock, folder.resolve("secrets.key"));
        restart();
    }

    /// As after a kill: nothing but what is written is left.
    void restart() {
        Look look = new Look() {
            @Override
            public Kind kind() {
                return Kind.DISK;
            }

            @Override
            public List<Sign> signs(java.util.function.Predicate<String> isOpen) {
                return List.copyOf(seen);
            }

            @Override
            public boolean isThere(String key) {
                return !goneKeys.contains(key);
            }
        };
        notices = new Notices(new NoticePorts(
                database,
                facts,
                values,
                clock,
                tasks,
                this,
                List.of(look),
                tracker,
                incidents,
                (handle, notice) -> noted.add(notice),
                name -> names.getOrDefault(name, HostLookup.byMachine(name)),
                patience));
    }

    /// What figures and releases say: that release 41 serves.
    private record Looked(Surroundings around) implements Sights {
        @Override
        public Optional<Instant> firstBad(String app, String environment, Instant until) {
            return around.firstBad;
        }

        @Override
        public String hide(String project, String line) {
            return around.hide(project, line);
        }

        @Override
        public Optional<Serving> serving(String project, String app, String environment) {
            return Optional.of(new Serving(41, Instant.parse("2026-11-26T03:00:00Z")));
        }
    }

    <F extends Fact> List<F> facts(Class<F> type) {
        return facts.all(type);
    }

    Entry hear(Fact fact) {
        var entry = new Entry(++position, clock.now(), fact);
        notices.hear(entry);
        return entry;
    }

    Receiver add(Way way, String address, Kind... kinds) {
        return add(way, address, "", Duration.ZERO, kinds).receiver();
    }

    Notices.Added add(Way way, String address, String project, Duration remind, Kind... kinds) {
        return notices.add(new Receiver.Order(way, address, project, Set.of(kinds), remind, true, "kim"));
    }

    @Override
    public Optional<RunSeen> run(String project, int number) {
        return Optional.of(new RunSeen(
                number > 100 ? "try-it" : "production",
                number > 100,
                number == REFUSED,
                "kim",
                "Fill the basket",
                List.of("npm needs a lock file"),
                new Said(List.of(), List.of("npm ERR! token s3cret-token", "<script>"))));
    }

    @Override
    public boolean isThere(Place place) {
        return !gone.contains(place);
    }

    @Override
    public boolean isPreview(String project, String app, String environment) {
        return environment.equals("try-it");
    }

    @Override
    public Said said(String project, String app, String environment, int release) {
        return new Said(List.of("listening"), List.of("Error: no basket & <nothing>"));
    }

    @Override
    public Optional<Released> release(App app, OptionalInt number) {
        return Optional.of(new Released(number.orElse(41), "a1"));
    }

    @Override
    public List<Detail> figures(App app) {
        return List.of(new Detail("Errors", "▁▁█ at most 9 % in a minute of the last 30"));
    }

    @Override
    public List<String> changes(String project, String environment, String to) {
        return List.of(to + " Fill the basket with s3cret-token (Kim)");
    }

    @Override
    public String commit(String project, String id) {
        return id + " Fill the basket";
    }

    @Override
    public String hide(String project, String line) {
        return line.replace("s3cret-token", "***");
    }

    @Override
    public String address(String path) {
        return path.isEmpty() ? "" : "https://johwa.example.com" + path;
    }

    @Override
    public void close() {
        tasks.close();
        facts.close();
        database.close();
    }
}
