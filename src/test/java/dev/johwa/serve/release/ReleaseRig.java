package dev.johwa.serve.release;

import dev.johwa.Kept;
import dev.johwa.build.image.Images;
import dev.johwa.build.pipeline.Passed;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.data.Beside;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.data.DataPorts;
import dev.johwa.serve.domain.DomainPorts;
import dev.johwa.serve.domain.DomainSettings;
import dev.johwa.serve.domain.Domains;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.schedule.JobFailed;
import dev.johwa.serve.schedule.JobMissed;
import dev.johwa.serve.schedule.JobRecovered;
import dev.johwa.serve.schedule.JobResumed;
import dev.johwa.serve.schedule.JobSkipped;
import dev.johwa.serve.target.Accounts;
import dev.johwa.serve.target.Target;
import dev.johwa.serve.target.Targets;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ServerSpec;
import dev.johwa.source.config.Values;
import dev.johwa.source.detect.ContainerRun;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.git.Pushed;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.identity.People;
import dev.johwa.source.identity.Tokens;
import dev.johwa.source.identity.Visitors;
import dev.johwa.watch.chaos.ExperimentPlayed;
import dev.johwa.watch.chaos.FaultBegun;
import dev.johwa.watch.chaos.FaultEnded;
import dev.johwa.watch.verdict.ReleaseJudged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// Releases of one app on a pretended target and edge, a real database and a clock that stands still.
public final class ReleaseRig implements AutoCloseable {
    public static final AppEnvironment SHOP = new AppEnvironment("shop", "shop", AppEnvironment.PRODUCTION);
    static final Duration WARM = Duration.ofMinutes(5);

    public final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T00:00:00Z"));
    public final Target target = Targets.dummy(clock);
    final TableEdge edge = new TableEdge();
    public final Database database;
    public final FactLog facts;
    final Values values;
    private final Path folder;
    private final Repositories repositories;
    private final Probe probe = new Probe();
    public final Tasks tasks = new Tasks();
    private String commit;
    /// Who plays experiments.
    public Trials trials = (stage, trial, progress, cancel) -> Optional.empty();

    public ReleaseRig(Path folder) throws IOException {
        this(folder, Kept.ofTests());
    }

    public ReleaseRig(Path folder, Kept kept) throws IOException {
        this.folder = folder;
        this.database = kept.open(folder);
        this.facts = new FactLog(
                database,
                clock,
                List.of(
                        Pushed.class,
                        DeploymentStarted.class,
                        DeploymentFinished.class,
                        InstanceCrashed.class,
                        AppStarted.class,
                        AppDiscarded.class,
                        JobFailed.class,
                        JobRecovered.class,
                        JobMissed.class,
                        JobSkipped.class,
                        JobResumed.class,
                        ReleaseJudged.class,
                        FaultBegun.class,
                        FaultEnded.class,
                        ExperimentPlayed.class));
        this.values = new Values(database, clock, folder.resolve("key"));
        this.repositories = new Repositories(folder.resolve("git"), Optional.empty());
        repositories.create("shop");
        this.commit = commit(Optional.empty());
    }

    /// From now on what passes has this johwa.yaml.
    public void says(String file) throws IOException {
        commit = commit(Optional.of(file));
    }

    private String commit(Optional<String> file) throws IOException {
        var place = folder.resolve("git/shop.git").toFile();
        try (var repository = new FileRepositoryBuilder().setGitDir(place).build();
                var inserter = repository.newObjectInserter()) {
            var commit = new CommitBuilder();
            var tree = new TreeFormatter();
            if (file.isPresent()) {
                var blob = inserter.insert(Constants.OBJ_BLOB, file.get().getBytes(StandardCharsets.UTF_8));
                tree.append("johwa.yaml", FileMode.REGULAR_FILE, blob);
            }
            commit.setTreeId(inserter.insert(tree));
            commit.setAuthor(new PersonIdent("Test", "test@example.com"));
            commit.setCommitter(new PersonIdent("Test", "test@example.com"));
            var id = inserter.insert(commit);
            inserter.flush();
            return id.name();
        }
    }

    /// The control plane as it starts on what is there.
    public Releases releases() {
        return releases(target, edge, clock);
    }

    /// The same on another target.
    public Releases releases(Target through) {
        return releases(through, edge, clock);
    }

    /// What the edge goes by.
    public RoutingTable table() {
        return edge.table();
    }

    Releases releases(Target through, Edge to, Clock by) {
        return new Releases(new Ports(
                database,
                facts,
                by,
                tasks,
                repositories,
                new Configs(ServerSpec.none()),
                values,
                new Images(new Blobs(folder.resolve("blobs")), folder.resolve("unpacked"), clock),
                through,
                data(by),
                to,
                new Domains(names(), new DomainPorts(database, to, HostLookup::byMachine, tasks, by)),
                visitors(by),
                (where, release, machine) -> Map.of(),
                (stage, trial, progress, cancel) -> trials.play(stage, trial, progress, cancel),
                probe,
                "localhost",
                WARM,
                Duration.ofSeconds(30)));
    }

    /// Whether the edge confirms no table from now on.
    public void silenceEdge(boolean isSilent) {
        edge.isSilent = isSilent;
    }

    /// Where the edge answers through TLS from now on, `host:port`.
    public void secureEdge(String address) {
        edge.tls = address;
    }

    /// How many tables it did not confirm.
    public int refusedTables() {
        return edge.refused.get();
    }

    /// One round of who supervises.
    public static void supervise(Releases releases) {
        releases.superviseOnce();
    }

    Visitors visitors(Clock by) {
        var tokens = new Tokens(database, by);
        return new Visitors(database, by, tokens, new People(database, by, facts, tokens), () -> new byte[32]);
    }

    private Data data(Clock by) {
        return new Data(new DataPorts(
                database,
                values,
                new Processes(clock, List.of()),
                new Accounts(folder.resolve("accounts")),
                by,
                tasks,
                folder.resolve("data"),
                Beside.NONE));
    }

    private DomainSettings names() {
        return new DomainSettings(
                folder.resolve("tls"),
                "localhost",
                "johwa.localhost",
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Repositories repositories() {
        return repositories;
    }

    /// The same on its way to the preview of a branch.
    public Passed preview(String branch) {
        var usual = passed(Map.of());
        return new Passed(
                "shop",
                "shop",
                branch,
                "preview",
                branch,
                commit,
                usual.run(),
                usual.artifact(),
                usual.detection(),
                ".",
                1,
                false,
                "me");
    }

    /// Something that passed; how the pretended app behaves is said by its values.
    public Passed passed(Map<String, String> behaviour) {
        return passed(Service.WEB, behaviour);
    }

    /// The same of what was taken for another service.
    Passed passed(Service service, Map<String, String> behaviour) {
        return passed(service, List.of("run"), behaviour);
    }

    Passed passed(Service service, List<String> command, Map<String, String> behaviour) {
        return passed(draft(service, command, behaviour).done());
    }

    private static Draft draft(Service service, List<String> command, Map<String, String> behaviour) {
        var draft = new Draft("dummy", "Dummy");
        draft.service = service;
        draft.start.put(service == Service.WEB ? "web" : "worker", command);
        draft.environment.clear();
        draft.environment.putAll(behaviour);
        return draft;
    }

    /// A worker that is a service of a compose file.
    ///
    /// @param mayEnd whether the file lets it stay ended
    Passed composed(boolean mayEnd, Map<String, String> behaviour) {
        return composed("some:1", mayEnd, behaviour);
    }

    Passed composed(String image, boolean mayEnd, Map<String, String> behaviour) {
        var none = ContainerRun.NONE;
        var run = new ContainerRun(
                "once",
                List.of(),
                image,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new ContainerRun.Program("", "", "", Optional.empty(), false, List.of(), List.of(), mayEnd),
                List.of(),
                List.of(),
                Map.of(),
                none.hidden(),
                Optional.empty(),
                none.limits(),
                Map.of(),
                1,
                false,
                List.of());
        var draft = draft(Service.WORKER, List.of(), behaviour);
        draft.guessed = false;
        draft.container = Optional.of(new Detection.Container("", Optional.empty(), Map.of(), false, run));
        return passed(draft.done());
    }

    private Passed passed(Detection detection) {
        var artifact = new Digest("sha256:" + "0".repeat(64));
        return new Passed(
                "shop",
                "shop",
                "production",
                "production",
                "main",
                commit,
                1,
                artifact,
                detection,
                ".",
                1,
                false,
                "me");
    }

    @Override
    public void close() {
        tasks.close();
        probe.close();
        edge.close();
        target.find().forEach(target::remove);
        facts.close();
        database.close();
    }
}
