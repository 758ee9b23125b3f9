package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.RunStore.Order;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Escapes;
import dev.johwa.source.git.OnPush;
import dev.johwa.source.git.Progress;
import dev.johwa.source.git.Push;
import dev.johwa.source.git.Push.RefUpdate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Starts runs and tells of them. Safe for use by many threads.
public final class Pipelines implements OnPush {
    private static final int RESULTS_KEPT = 30;

    private final Rooms rooms;
    private final RunStore store;
    private final NewestRuns newest;
    private final ResultStore results;
    private final RefPolicy policy;
    private final Delivery delivery;
    private final Workshop workshop;
    private final RunQueue queue;
    private final MovedBranches moved;

    /// @param delivery where to bring what passed
    /// @param workshop where steps run
    public Pipelines(Rooms rooms, Workshop workshop, Delivery delivery) {
        this.rooms = rooms;
        this.store = new RunStore(rooms.database(), rooms.facts(), rooms.clock());
        this.newest = new NewestRuns(rooms.database());
        this.results = new ResultStore(rooms.database(), rooms.clock());
        this.policy = new RefPolicy(rooms.repositories(), rooms.configs());
        this.delivery = delivery;
        this.workshop = workshop;
        this.queue = new RunQueue(rooms, workshop, store, results, delivery);
        this.moved = new MovedBranches(rooms, newest, policy, queue);
    }

    @Override
    public Optional<String> pushed(Push push, Progress progress) {
        return start(push, progress);
    }

    /// Starts what the push asks for and tells how it goes, until it is over.
    ///
    /// @return why protected branches must not move, or empty
    public Optional<String> start(Push push, Progress progress) {
        var orders = new ArrayList<Order>();
        for (var update : push.updates()) {
            boolean hasPreview = update.isBranch() || update.isPull();
            if (hasPreview && !update.isDeletion()) {
                orders.add(policy.order(push, update));
                continue;
            }
            RefPolicy.told(update).forEach(progress::say);
            if (hasPreview) {
                newest.deleted(push.repository(), List.of(update.ref()));
                delivery.branchDeleted(push.repository(), update.preview(), progress);
            }
        }
        var ongoing = begin(orders, push.options().contains(Push.NO_WAIT), progress);
        rooms.repositories().options().forget(push);
        return follow(ongoing, push.options().contains(Push.NO_WAIT), progress);
    }

    private List<RunQueue.Ongoing> begin(List<Order> orders, boolean atOnce, Progress progress) {
        var ongoing = new ArrayList<RunQueue.Ongoing>();
        for (var order : orders) {
            if (atOnce) {
                // The push is over before the run: its words must not reach a connection that others use by then.
                ongoing.add(queue.start(order, line -> {}));
                continue;
            }
            var prefix = orders.size() == 1 ? "" : "[" + RefUpdate.shortName(order.ref()) + "] ";
            ongoing.add(queue.start(order, line -> progress.say(prefix + line)));
        }
        return ongoing;
    }

    private static Optional<String> follow(List<RunQueue.Ongoing> ongoing, boolean atOnce, Progress progress) {
        if (atOnce) {
            ongoing.forEach(
                    each -> progress.say("Run " + each.run().number() + " goes on; follow it with: johwa run watch "
                            + each.run().project() + " " + each.run().number()));
            return Optional.empty();
        }
        var failed = ongoing.stream()
                .map(RunQueue.Ongoing::await)
                .filter(run -> run.state() != Run.State.PASSED)
                .toList();
        return failed.isEmpty()
                ? Optional.empty()
                : Optional.of("run " + failed.getFirst().number() + " failed: "
                        + failed.getFirst().reason());
    }

    /// Ends what runs of an earlier control plane left at work, before anybody may push.
    ///
    /// @return takes those runs up: whose commit is still what its branch names begins again as a new attempt, the
    ///     others are over
    public Runnable halt() {
        var left = queue.halt();
        return () -> queue.recover(left);
    }

    /// Looks for branches that moved a moment before the end, so that no run was written down for them: they get one
    /// now. It looks into each repository, beside pushes that come meanwhile: those start their runs themselves.
    public void recoverBranches() {
        moved.recover();
    }

    /// Newest first; of one project or of all.
    public List<Run> list(Optional<String> project, int limit) {
        return store.list(project, limit);
    }

    /// The newest run of each of some projects, by project; with its stages.
    public Map<String, Run> newest(Collection<String> projects) {
        return newest.of(projects).stream().collect(Collectors.toMap(Run::project, Function.identity()));
    }

    /// How many of the newest runs are in each state.
    public Map<Run.State, Integer> states(int most) {
        return newest.states(most);
    }

    /// Projects whose newest run failed.
    public Set<String> failing() {
        return store.failing();
    }

    public Optional<Run> find(String project, int number) {
        return store.find(project, number);
    }

    /// Whether a run goes to an environment of its branch alone.
    public boolean isPreview(Run run) {
        return store.order(run.project(), run.number()).layer().equals(RefPolicy.PREVIEW);
    }

    /// Whether the push of a run that failed was refused, so that its branch stayed where it was.
    public boolean isRefused(Run run) {
        return run.state() == Run.State.FAILED
                && store.order(run.project(), run.number()).options().contains(Push.MUST_PASS)
                && !isAt(run);
    }

    /// One that was run again may have come to its branch before.
    private boolean isAt(Run run) {
        return rooms.repositories()
                .resolve(run.project(), run.ref())
                .filter(head -> head.id().equals(run.commit()))
                .isPresent();
    }

    /// The tests of a run.
    public RunTests tests(String project, int number, RunTests.Asked asked) {
        require(project, number);
        return store.tests().find(project, number, asked);
    }

    /// About what the tests of runs take on the disk, in bytes.
    public long testBytes() {
        return store.tests().usage();
    }

    /// Forgets the tests of the oldest runs, until the others take no more than so many bytes.
    public void trimTests(long budget) {
        store.tests().trim(budget);
    }

    /// Takes away what steps of projects left for later ones, of those whose runs are longest ago, until the rest takes
    /// no more than so many bytes. What a run works with stays.
    public void trimCaches(long budget) {
        workshop.desks().trimAll(budget);
    }

    /// The log of a run, oldest line first: `13:07:22.123 test | …`. Close it.
    public Stream<String> log(String project, int number) {
        var file = queue.log(project, number);
        try {
            return Files.exists(file)
                    ? Files.lines(file, StandardCharsets.UTF_8).map(Escapes::without)
                    : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The last so many lines of a run that end at a place or before it.
    ///
    /// @param end a place, or -1 for the end of what it said so far
    public RunWords wordsBefore(String project, int number, long end, int most) {
        return new LogFile(queue.log(project, number)).before(end, most);
    }

    /// So many lines of a run from a place on.
    public RunWords wordsAfter(String project, int number, long start, int most) {
        return new LogFile(queue.log(project, number)).after(start, most);
    }

    /// The first so many lines of a run that contain a text, in either case of its letters.
    public RunWords wordsWith(String project, int number, String text, int most) {
        return new LogFile(queue.log(project, number)).with(text, most);
    }

    /// Tells the lines of a run from the first on, until it is over.
    public Run watch(String project, int number, Progress progress) {
        require(project, number);
        return new LogTail(queue.log(project, number), rooms.clock()).follow(progress, () -> require(project, number));
    }

    /// Runs the same commit again as a new attempt, in the background, without anything that earlier runs left.
    public Run rerun(String project, int number, String by) {
        var _ = require(project, number);
        return queue.anew(project, number).run();
    }

    /// @return whether it was still going on
    public boolean cancel(String project, int number, String by) {
        require(project, number);
        return queue.cancel(project, number, "cancelled by " + by);
    }

    /// What passed and was built of the files of a commit, to be deployed again.
    ///
    /// @param layer whose settings hold where it is deployed
    /// @throws ProblemException when it was built only by those whom the layer does not trust
    public Optional<Passed> passed(String project, String app, String layer, String tree) {
        var made = results.atTree(project, app, tree);
        var trusted = new Trust(project, layer).readNames();
        var found =
                made.stream().filter(result -> trusted.contains(result.trust())).findFirst();
        if (found.isEmpty() && !made.isEmpty()) {
            var other = made.getFirst();
            throw Problem.user(
                            "deploy.untrusted",
                            "it passed and was built in run " + other.run() + ", for " + other.trust() + "; " + layer
                                    + " starts nothing that others could have tampered with")
                    .hint("merge it, so that a push builds it for " + layer + "; or, if you trust what that run built,"
                            + " name its artifact: " + other.artifact())
                    .exception();
        }
        return found.map(Pipelines::passed);
    }

    /// What an artifact was built of: who names its digest says that they trust it.
    public Optional<Passed> passed(String project, String app, Digest artifact) {
        return results.ofArtifact(project, app, artifact.text()).map(Pipelines::passed);
    }

    private static Passed passed(ResultStore.Result result) {
        return new Passed(
                result.project(),
                result.app(),
                "",
                "",
                "",
                result.commit(),
                result.run(),
                result.artifact(),
                result.detection(),
                result.folder(),
                result.tests(),
                true,
                "");
    }

    /// Artifacts that pushes and `deploy` may still ask for.
    public List<Digest> artifacts() {
        return results.newestArtifacts(RESULTS_KEPT);
    }

    /// Runs that go on or wait now.
    public int ongoing() {
        return queue.size();
    }

    public RunFigures figures() {
        return new RunFigures(
                ongoing(),
                waiting().stream().map(Waiting::since).toList(),
                store.counts().all());
    }

    /// A run that waits for its turn.
    ///
    /// @param since when
    public record Waiting(Run run, Instant since) {}

    /// Those that do.
    public List<Waiting> waiting() {
        return queue.waiting();
    }

    /// The run of that number.
    ///
    /// @throws ProblemException `run.unknown`
    public Run require(String project, int number) {
        return store.find(project, number)
                .orElseThrow(() -> new ProblemException(
                        Problem.user("run.unknown", "there is no run " + number + " of project '" + project + "'")
                                .hint("`johwa runs " + project + "` lists them")));
    }
}
