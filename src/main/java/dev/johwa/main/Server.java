package dev.johwa.main;

import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.door.web.Web;
import dev.johwa.door.web.WebRooms;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.http.FreeAddress;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.process.Programs;
import dev.johwa.lib.task.Tasks;
import dev.johwa.main.doctor.Doctor;
import dev.johwa.serve.backup.Backups;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.domain.DomainPorts;
import dev.johwa.serve.domain.Domains;
import dev.johwa.serve.release.Ports;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.Edges;
import dev.johwa.serve.schedule.SchedulePorts;
import dev.johwa.serve.schedule.Schedules;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Values;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.git.GitServer;
import dev.johwa.source.host.Connections;
import dev.johwa.source.host.Tracker;
import dev.johwa.source.identity.Visitors;
import dev.johwa.watch.dora.Dora;
import dev.johwa.watch.notice.Notices;
import dev.johwa.watch.report.Reporter;
import dev.johwa.watch.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control plane: the only class that knows every room. It makes them in the order of the house, connects those who
/// must hear of each other, and ends them in the opposite order.
final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration DRAIN = Duration.ofSeconds(30);
    /// So many repositories are looked into in a moment.
    private static final int FEW = 50;

    private final Settings settings;
    private final Clock clock;
    private final Tasks tasks = new Tasks();
    private final Probe probe = new Probe();
    private final Telemetry telemetry;
    private final List<AutoCloseable> open = new ArrayList<>();
    private String url = "";
    private String token = "";
    private Optional<Edge> edge = Optional.empty();
    private final Toolchains toolchains;
    private final Capacity capacity;
    private final Rest rest = new Rest();
    private @Nullable Pipelines pipelines;
    private @Nullable Releases releases;
    private @Nullable Dora dora;
    private @Nullable Housekeeping housekeeping;
    private @Nullable Parts stores;
    private @Nullable Domains domains;
    private @Nullable Data data;
    private @Nullable Collecting collecting;
    private @Nullable Backups backups;
    private @Nullable Notices notices;
    private @Nullable WatchParts watching;
    private Runnable minute = () -> {};

    Server(Settings settings) {
        this(settings, new SystemClock());
    }

    Server(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.telemetry = new Telemetry(
                settings.data().resolve(WatchParts.FOLDER),
                clock,
                settings.budgets().of(Budgets.Part.METRICS));
        this.capacity = new Capacity(settings.written(), clock);
        this.toolchains = new Toolchains(
                settings.path(), settings.home(), Optional.of(settings.toolchains()), Programs::firstLine);
    }

    /// Starts everything; on failure what had started is ended.
    void start() {
        try {
            DataFolder.prepare(settings);
            open.add(FolderLock.take(settings.run()));
            NativePart.unpackBelow(settings.run());
            MoveMark.enter(settings.data());
            settings.state().ifPresent(settings.place()::choose);
            build();
        } catch (RuntimeException e) {
            // One that nobody tells what to serve would keep its addresses for nothing.
            edge.ifPresent(Edge::abandon);
            close();
            throw e;
        }
    }

    private void build() {
        var end = keep(new SettledEnd(settings.run()));
        // Before anything starts: what is wrong leaves nothing behind.
        var configs = new Configs(settings.serverSpec());
        requireAddresses();
        var running = keep(Edges.of(settings.edgeSettings(), clock, tasks));
        edge = Optional.of(running);
        // The edge is a process of its own, so it starts beside us.
        var starting = tasks.call("edge", Executors.callable(running::start));
        var parts = Parts.open(settings, configs, toolchains, clock, open);
        stores = parts;
        end.take(parts.images().unpacked().toString());
        var known = Known.of(parts.database(), clock, parts.facts(), parts.values());
        releases = releases(parts, running, known.visitors());
        pipelines = new PipelineParts(settings, clock, tasks, toolchains, capacity).pipelines(parts, releases, data());
        dora = new Dora(parts.facts(), clock, settings.run().resolve("dora"));
        housekeeping = new Housekeeping(settings, clock, Housekeeping.Stores.of(parts), releases, pipelines);
        collecting = new Collecting(releases, housekeeping, parts.repositories(), capacity, clock);
        backups = new BackupParts(settings.data(), parts.repositories(), data().dumps())
                .backups(parts.database(), clock, collecting::hold, settings);
        var connections = keep(HostParts.connections(settings, parts, clock, tasks, pipelines()));
        var seen = new WatchParts.Seen(running, releases(), pipelines(), probe, settings);
        watching = keep(WatchParts.of(parts, telemetry, seen, clock, tasks));
        notices = notices(parts, connections.tracker());
        var schedules = new Schedules(new SchedulePorts(parts.database(), parts.facts(), clock, tasks, releases));
        var web = web(parts, running, known, connections, schedules);
        Tasks.answer(starting);
        known.tell(running, releases()::reroute);
        data().recover();
        releases.recover();
        schedules.recover();
        var left = pipelines().halt();
        open(web, known);
        goOn(parts, end, left);
        connections.start();
        HostParts.report(connections, parts, releases, domains()::peopleUrl, new Reporter.Turn(clock, tasks));
        schedules.start();
        data().supervise();
        keepOn(parts, connections);
    }

    private void requireAddresses() {
        FreeAddress.require(settings.listen(), "--listen");
        settings.forward().ifPresent(opening -> FreeAddress.require(opening.listen(), "--forward"));
    }

    /// What the last control plane left undone; `left` takes its runs up.
    private void goOn(Parts parts, SettledEnd end, Runnable left) {
        left.run();
        boolean areMany = parts.repositories().list().size() > FEW;
        end.unlessSettled(tasks, pipelines()::recoverBranches, areMany);
        end.leaveWhen(parts.repositories()::areSettled);
        var _ = tasks.run("settings", releases().settings()::resume);
        releases().supervise();
        var _ = tasks.run("databases of a backup", data()::bringBackContained);
    }

    /// What is done now and then.
    private void keepOn(Parts parts, Connections connections) {
        Objects.requireNonNull(dora, "not started").start(tasks);
        collecting().start(tasks);
        backups().start(tasks, parts.facts());
        ReleaseTags.start(parts.facts(), parts.standard());
        notices().start();
        watching().start(parts, tasks, project -> connections.find(project).isPresent());
        rest.start(tasks);
        minute = () -> {
            domains().look();
            backups().look(parts.facts());
            watching().feed().sample();
            notices().look();
        };
    }

    private Releases releases(Parts parts, Edge running, Visitors visitors) {
        var ports = new DomainPorts(parts.database(), running, HostLookup::byMachine, tasks, clock);
        domains = new Domains(settings.domainSettings(), ports);
        if (settings.listen().getPort() > 0) {
            domains.controlAt("127.0.0.1:" + settings.listen().getPort());
        }
        data = parts.data(
                settings, clock, tasks, (owner, call) -> releases().errands().beside(owner, call));
        return new Releases(new Ports(
                parts.database(),
                parts.facts(),
                clock,
                tasks,
                parts.repositories(),
                parts.configs(),
                parts.values(),
                parts.images(),
                parts.target(settings, clock, tasks),
                data,
                running,
                domains,
                visitors,
                telemetry.keys(),
                (stage, trial, progress, cancel) -> watching().chaos().verify(stage, trial, progress, cancel),
                keep(probe),
                settings.domain(),
                settings.warm(),
                DRAIN));
    }

    private Web web(Parts parts, Edge running, Known known, Connections connections, Schedules schedules) {
        var git = new GitServer(parts.repositories(), parts.facts(), pipelines(), this::expectPush);
        return new Web(new WebRooms(
                clock,
                tasks,
                known.tokens(),
                known.sessions(),
                known.people(),
                known.visitors(),
                parts.values(),
                parts.repositories(),
                git,
                connections,
                pipelines(),
                parts.registry(),
                releases(),
                schedules,
                domains(),
                data(),
                parts.kept().said(),
                Objects.requireNonNull(dora),
                watching().traffic(),
                watching().telemetry(),
                watching().alerts(),
                watching().incidents(),
                notices(),
                watching().issues(),
                watching().releases(),
                watching().chaos(),
                parts.papers(settings, releases(), pipelines()),
                () -> parts.artifacts().vulnerabilities(releases(), tasks),
                collecting()::collect,
                () -> collecting().use(tasks),
                backups(),
                progress -> new Doctor(parts.stored(settings, data(), clock, collecting()::hold)).examine(progress),
                () -> Readiness.platform(settings.program(), running),
                () -> Readiness.report(running),
                Readiness.of(parts.database(), running, tasks),
                parts.database()::away));
    }

    private void expectPush() {
        rest.work();
        capacity.requireRoomForPush();
    }

    /// Opens the door, last: who comes in finds everything in its place.
    private void open(Web web, Known known) {
        token = known.firstToken();
        var address = web.start(settings.listen());
        url = "http://" + address;
        stores().inbox().at(url);
        stores().kept().start(settings, clock, tasks);
        telemetry.keys().at(url);
        open.add(web);
        domains().start(releases()::reroute);
        domains().controlAt(address);
    }

    private <T extends AutoCloseable> T keep(T part) {
        open.add(part);
        return part;
    }

    Notices notices() {
        return Objects.requireNonNull(notices, "not started");
    }

    private WatchParts watching() {
        return Objects.requireNonNull(watching, "not started");
    }

    private Notices notices(Parts parts, Tracker tracker) {
        return new NoticeParts(parts, pipelines(), releases(), watching(), this::pages)
                .notices(clock, tasks, Looks.all(capacity, settings, domains(), data(), clock), tracker);
    }

    /// Where people open pages; from this machine alone where they reach none from elsewhere.
    private String pages() {
        var outside = domains().peopleUrl();
        return outside.isEmpty() ? url : outside;
    }

    /// Address to push to, with the owner's token.
    String gitUrl(String project) {
        return url.replaceFirst("http://", "http://johwa:" + token + "@") + "/" + project + ".git";
    }

    Pipelines pipelines() {
        return Objects.requireNonNull(pipelines, "not started");
    }

    /// Does now what is done each minute: what is due of certificates and backups, and looks at what no fact tells of.
    void minute() {
        minute.run();
    }

    /// Does now what is done every few seconds: looks at what releases do to their users.
    void lookAtReleases() {
        watching().traffic().refresh();
        watching().releases().look();
    }

    Releases releases() {
        return Objects.requireNonNull(releases, "not started");
    }

    Parts stores() {
        return Objects.requireNonNull(stores, "not started");
    }

    Data data() {
        return Objects.requireNonNull(data, "not started");
    }

    private Collecting collecting() {
        return Objects.requireNonNull(collecting, "not started");
    }

    Backups backups() {
        return Objects.requireNonNull(backups, "not started");
    }

    private Domains domains() {
        return Objects.requireNonNull(domains, "not started");
    }

    Housekeeping housekeeping() {
        return Objects.requireNonNull(housekeeping, "not started");
    }

    Values values() {
        return stores().values();
    }

    boolean hasTool(String name) {
        return !toolchains.find(name).isEmpty();
    }

    DemoFigures figures(String project) {
        return DemoFigures.of(Objects.requireNonNull(dora, "not started"), project);
    }

    String url() {
        return url;
    }

    /// As seen from this machine: an edge that listens everywhere is met at `localhost`.
    String edgeUrl() {
        return "http://" + edge.map(Edge::address).orElse("").replaceFirst("^(0\\.0\\.0\\.0|\\[[0:]+]):", "localhost:");
    }

    /// Where API and git answer through TLS; empty when they do not.
    String tlsUrl() {
        return domains == null ? "" : domains.controlUrl();
    }

    long edgePid() {
        return edge.map(Edge::pid).orElse(0L);
    }

    /// The owner's token, on the first start only; else empty.
    String token() {
        return token;
    }

    /// Takes note of the end of processes that an earlier program in our place started.
    void tend(List<Long> inherited) {
        Succession.tend(inherited, tasks);
    }

    /// Ends the control plane; edge and instances live on.
    @Override
    public void close() {
        tasks.end();
        for (var part : open.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("closing {} failed", part, e);
            }
        }
        tasks.close();
    }
}
