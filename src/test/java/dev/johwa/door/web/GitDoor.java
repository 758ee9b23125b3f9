package dev.johwa.door.web;

import dev.johwa.Kept;
import dev.johwa.build.pipeline.Headroom;
import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.pipeline.Rooms;
import dev.johwa.build.pipeline.TestDatabases;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RegistryPorts;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.process.Programs;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.target.Logs;
import dev.johwa.source.git.GitServer;
import dev.johwa.source.git.OnPush;
import dev.johwa.source.git.Push;
import dev.johwa.source.git.Pushed;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.identity.People;
import dev.johwa.source.identity.PeopleChanged;
import dev.johwa.source.identity.Role;
import dev.johwa.source.identity.Sessions;
import dev.johwa.source.identity.Tokens;
import dev.johwa.source.issue.Issues;
import dev.johwa.watch.log.AppLogs;
import dev.johwa.watch.log.LogStore;
import dev.johwa.watch.telemetry.Telemetry;
import dev.johwa.watch.traffic.Traffic;
import dev.johwa.watch.verdict.Evidence;
import dev.johwa.watch.verdict.ReleaseWatch;
import dev.johwa.watch.verdict.WatchPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The server's git over real HTTP, with pushes that are written down instead of run.
final class GitDoor implements AutoCloseable {
    private static final List<Path> PATH =
            Arrays.stream(System.getenv("PATH").split(":")).map(Path::of).toList();

    static final long IMAGES_OF_A_PROJECT = 1L << 30;

    final List<Push> pushes = new CopyOnWriteArrayList<>();
    final Repositories repositories;
    final Tokens tokens;
    final People people;
    final String token;
    final Registry registry;
    final Issues issues;
    private final Path folder;
    private final Tasks tasks = new Tasks();
    private final Database database;
    final Telemetry telemetry;
    final AppLogs logs;
    private final LogStore kept;
    private final Web web;
    private final String address;

    GitDoor(Path folder) {
        this(folder, Engine.NATIVE, (push, progress) -> {
            progress.say("Heard of " + push.updates().size());
            return Optional.empty();
        });
    }

    /// What serves clones: the machine's git, or the server alone where there is none.
    enum Engine {
        NATIVE,
        OWN
    }

    GitDoor(Path folder, Engine engine, OnPush onPush) {
        this(folder, engine, onPush, null);
    }

    /// @param releases for those who look at pages; null for those who do not
    GitDoor(Path folder, Engine engine, OnPush onPush, Releases releases) {
        this.folder = folder;
        var clock = new SystemClock();
        database = Kept.ofTests().open(folder);
        tokens = new Tokens(database, clock);
        repositories = new Repositories(
                folder.resolve("git"), engine == Engine.NATIVE ? Programs.find("git", PATH) : Optional.empty());
        registry = new Registry(new RegistryPorts(
                database,
                new Blobs(folder.resolve("blobs")),
                folder.resolve("blobs/uploads"),
                clock,
                IMAGES_OF_A_PROJECT,
                () -> {}));
        var facts = new FactLog(database, clock, List.of(Pushed.class, PeopleChanged.class));
        people = new People(database, clock, facts, tokens);
        var git = new GitServer(repositories, facts, (push, progress) -> {
            pushes.add(push);
            return onPush.pushed(push, progress);
        });
        kept = new LogStore(folder.resolve("kept"), clock, 1 << 20, (app, line) -> line);
        logs = new AppLogs(new Logs(folder.resolve("apps"), clock, Logs.BUDGET, (app, line) -> line), kept);
        telemetry = new Telemetry(folder.resolve("metrics"), clock);
        issues = new Issues(database, clock);
        web = new Web(new WebRooms(
                clock,
                tasks,
                tokens,
                new Sessions(database, clock, tokens),
                people,
                null,
                null,
                repositories,
                git,
                NoHosts.of(database, clock, tasks, repositories, folder),
                releases == null ? null : pipelines(clock, facts),
                registry,
                releases,
                null,
                null,
                null,
                logs,
                null,
                null,
                telemetry,
                null,
                null,
                null,
                issues,
                releases == null ? null : watch(clock, facts, releases),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Optional::empty,
                Map.of(),
                database::away));
        address = web.start(new InetSocketAddress("127.0.0.1", 0));
        token = tokens.create("owner", Role.OWNER, Optional.empty());
    }

    private ReleaseWatch watch(Clock clock, FactLog facts, Releases releases) {
        var traffic = new Traffic(clock, Optional::empty);
        return new ReleaseWatch(new WatchPorts(database, facts, clock, tasks, releases, traffic, Evidence.NONE));
    }

    private Pipelines pipelines(Clock clock, FactLog facts) {
        var rooms = new Rooms(
                database,
                facts,
                clock,
                tasks,
                repositories,
                null,
                null,
                null,
                null,
                folder.resolve("logs"),
                project -> line -> line,
                null,
                TestDatabases.NONE,
                null,
                null,
                1,
                Headroom.PLENTY);
        return new Pipelines(rooms, null, null);
    }

    List<Route> routes() {
        return web.routes();
    }

    Web web() {
        return web;
    }

    int port() {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    /// Address of a project, with the owner's token.
    String url(String project) {
        return url(project, token);
    }

    String url(String project, String shown) {
        return "http://johwa:" + shown + "@" + address + "/" + project + ".git";
    }

    String plainUrl(String path) {
        return "http://" + address + path;
    }

    /// The bare repository of a project on the server.
    Path bare(String project) {
        return folder.resolve("git").resolve(project + ".git");
    }

    /// How many packs a project has, and files that are none and should not be there.
    List<String> packs(String project) throws IOException {
        try (var files = Files.list(bare(project).resolve("objects/pack"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".idx") && !name.endsWith(".rev") && !name.endsWith(".bitmap"))
                    .toList();
        }
    }

    @Override
    public void close() {
        web.close();
        tasks.close();
        try {
            telemetry.close();
            kept.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.close();
    }
}
