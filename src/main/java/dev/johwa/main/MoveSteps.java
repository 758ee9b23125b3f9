package dev.johwa.main;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.BackupList;
import dev.johwa.door.api.Client;
import dev.johwa.door.api.DomainList;
import dev.johwa.door.api.ReleaseList;
import dev.johwa.door.api.RunList;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import dev.johwa.main.setup.Looked;
import dev.johwa.main.ship.Version;
import dev.johwa.serve.backup.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a machine does in a move, a step at a time and each again without harm: the old one tells, copies, stops, and
/// then goes or comes back; the new one takes in. Who leads it may vanish at any moment: a platform that was stopped
/// and
/// has not gone comes back by itself.
final class MoveSteps {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration FOR_RUNS = Duration.ofMinutes(10);
    private static final Duration FOR_LOCK = Duration.ofMinutes(10);
    private static final Duration FOR_APPS = Duration.ofSeconds(30);
    /// For the rest of a move after the stop.
    private static final Duration BACK_AFTER = Duration.ofMinutes(30);

    private final Session session;
    private final Path data;
    private final Clock clock = new SystemClock();
    private final Service service = new Service(clock);
    private final LocalServer server;

    MoveSteps(Session session, Path data) {
        this.session = session;
        this.data = data;
        this.server = new LocalServer(session, data, clock);
    }

    private <T> T ask(String url, Function<Client, T> asking) {
        return server.ask(url, "move", asking);
    }

    private Optional<String> url() throws IOException {
        return server.url();
    }

    Looked look() throws IOException {
        var identity = data.resolve("platform");
        var platform = Files.exists(identity) ? Files.readString(identity).strip() : "";
        var mark = MoveMark.read(data);
        var to = mark.map(MoveMark::to).orElse("");
        boolean gone = mark.filter(MoveMark::gone).isPresent();
        var packages = packages();
        var url = url();
        if (url.isEmpty()) {
            var apps = mark.map(MoveMark::apps).orElse(List.of());
            return new Looked(platform, false, to, gone, bytes(), packages, apps, List.of(), version());
        }
        return ask(url.get(), client -> {
            var names = client.domains().domains().stream()
                    .map(DomainList.Item::name)
                    .toList();
            return new Looked(platform, true, to, gone, bytes(), packages, apps(client), names, version());
        });
    }

    private static List<Looked.App> apps(Client client) {
        return client.status(Optional.empty()).apps().stream()
                .filter(app -> app.release().isPresent())
                .map(app -> looked(client, app))
                .toList();
    }

    private static Optional<String> version() {
        return Optional.of(Version.ofThisProgram().toString());
    }

    private List<String> packages() {
        try (var tasks = new Tasks()) {
            return new Ending(data, clock, tasks).packages();
        }
    }

    private static Looked.App looked(Client client, AppList.App app) {
        int number = app.release().orElseThrow();
        var artifact =
                client.releases(AppName.parse(app.name()), app.environment(), 50, Optional.empty()).releases().stream()
                        .filter(release -> release.number() == number)
                        .map(ReleaseList.Item::artifact)
                        .findFirst()
                        .orElse("");
        return new Looked.App(app.name(), app.environment(), number, artifact, app.state());
    }

    private long bytes() {
        return Stream.of("git", "blobs", "apps", "data", "logs")
                        .mapToLong(name -> Trees.size(data.resolve(name)))
                        .sum()
                + Trees.size(data.resolve("johwa.db"));
    }

    /// A backup while everything works.
    Looked.Last copy(Path to) throws IOException {
        var url = url().orElseThrow(() -> Problem.user("move.down", "no platform works in " + data)
                .hint("start it: systemctl start johwa")
                .exception());
        var order = new BackupList.Order(Optional.of(to.toString()), true, Optional.empty());
        var made =
                ask(url, client -> client.backup(order, event -> event.text().ifPresent(session.screen()::progress)));
        return new Looked.Last(made.name());
    }

    /// From now on nobody writes here any more. What fails brings the platform back.
    ///
    /// @param to where the platform goes
    /// @return the last backup
    Looked.Last stop(String to, Path backups) throws IOException {
        if (!service.isActive() && MoveMark.read(data).isEmpty()) {
            throw Problem.user("move.service", "the platform in " + data + " is not a service of systemd that works")
                    .hint("start it (systemctl start johwa); one that was started by hand moves by `johwa backup DIR"
                            + " --with-keys`, `johwa down --apps` and `johwa restore DIR`")
                    .exception();
        }
        awaitRuns();
        service.arm(BACK_AFTER, words("back"));
        try {
            return stopped(to, backups);
        } catch (RuntimeException | IOException e) {
            back(false);
            throw e;
        }
    }

    private Looked.Last stopped(String to, Path backups) throws IOException {
        var before = MoveMark.read(data);
        var units = before.map(MoveMark::units).orElseGet(service::enabled);
        var url = url();
        var apps = url.isPresent()
                ? ask(url.get(), MoveSteps::apps)
                : before.map(MoveMark::apps).orElse(List.of());
        var mark = new MoveMark(to, "", false, clock.now(), units, apps);
        // Before the act: who is killed in it leaves word of what has to come back.
        mark.write(data);
        service.stop();
        try (var tasks = new Tasks();
                var _ = lock()) {
            mark.write(data);
            var ending = new Ending(data, clock, tasks);
            ending.instances();
            Made made;
            try (var rest = new AtRest(data, session.surroundings())) {
                made = rest.backUp(backups.toString(), session.screen()::progress);
            }
            ending.databases();
            mark.made(made.name()).write(data);
            return new Looked.Last(made.name());
        }
    }

    /// A run that is cut off would be made up for on the other side; so it is, unless somebody waits for it here.
    private void awaitRuns() throws IOException {
        var url = url();
        if (url.isPresent()) {
            ask(url.get(), client -> {
                long deadline = clock.ticks() + FOR_RUNS.toNanos();
                var last = "";
                for (var open = open(client); !open.isEmpty() && clock.ticks() < deadline; open = open(client)) {
                    if (!open.equals(last)) {
                        session.screen().progress("waits for the end of " + open);
                        last = open;
                    }
                    clock.pause(PAUSE);
                }
                return last;
            });
        }
    }

    private static String open(Client client) {
        return String.join(
                ", ",
                client.runs(Optional.empty(), 100).runs().stream()
                        .filter(run -> !run.isOver())
                        .map((RunList.Item run) -> "run " + run.number() + " of " + run.project())
                        .toList());
    }

    private FolderLock lock() {
        long deadline = clock.ticks() + FOR_LOCK.toNanos();
        while (true) {
            try {
                return FolderLock.take(data.resolve("run"));
            } catch (ProblemException e) {
                if (clock.ticks() > deadline) {
                    throw e;
                }
                clock.pause(PAUSE);
            }
        }
    }

    private List<String> words(String step) {
        return List.of(
                session.surroundings().program().resolve("johwa").toString(),
                "move-step",
                step,
                "--data",
                data.toString());
    }

    /// The platform has gone: from now on it never begins to work here by itself.
    ///
    /// @param backup the one that was taken in on the other side
    void commit(String backup) throws IOException {
        try (var _ = lock()) {
            var mark = MoveMark.read(data)
                    .orElseThrow(() -> Problem.user(
                                    "move.back", "the platform has come back to work here meanwhile; nothing has moved")
                            .hint("say the move again: it copies what is new")
                            .exception());
            if (!mark.backup().equals(backup)) {
                throw Problem.user(
                                "move.other", "the last backup here is '" + mark.backup() + "', not '" + backup + "'")
                        .hint("say the move again")
                        .exception();
            }
            mark.gone(clock.now()).write(data);
            service.disarm();
            service.disable(mark.units());
        }
    }

    /// The platform works here again. One that has gone comes back only when the other is known not to work.
    void back(boolean evenGone) throws IOException {
        var mark = MoveMark.read(data);
        if (mark.isEmpty() || mark.get().gone() && !evenGone) {
            return;
        }
        if (service.isActive()) {
            // Who was to stop it ended before that.
            MoveMark.delete(data);
            service.disarm();
            return;
        }
        try (var tasks = new Tasks();
                var _ = lock()) {
            MoveMark.delete(data);
            // It has the ports that systemd is to open.
            new Ending(data, clock, tasks).edge();
        }
        service.disarm();
        service.endForwarding();
        service.enable(mark.get().units());
        awaitApps();
    }

    /// Until every app that has a release serves; one that cannot is not waited for without end.
    private void awaitApps() throws IOException {
        long deadline = clock.ticks() + FOR_APPS.toNanos();
        while (clock.ticks() < deadline) {
            var now = look();
            if (now.works() && now.apps().stream().allMatch(Looked.App::serves)) {
                return;
            }
            clock.pause(PAUSE);
        }
    }

    /// Databases are made from their dumps, in a folder that came from a backup and in which nothing works yet.
    void arrive() throws IOException {
        Files.createDirectories(data.resolve("run"));
        try (var tasks = new Tasks();
                var _ = lock()) {
            try (var rest = new AtRest(data, session.surroundings())) {
                rest.bringBackDatabases();
            }
            new Ending(data, clock, tasks).databases();
        }
    }
}
