package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.RunExecution.Attempt;
import dev.johwa.build.pipeline.RunExecution.Ended;
import dev.johwa.build.pipeline.RunStore.Order;
import dev.johwa.lib.db.DatabaseClosed;
import dev.johwa.lib.problem.Kind;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import dev.johwa.source.git.Push;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/// Runs that wait or go on: so many at a time, in turn over projects, newer ones superseding older ones of the same
/// branch. Safe for use by many threads.
final class RunQueue {
    private static final int STORE_TRIES = 50;
    private static final Duration STORE_PAUSE = Duration.ofMillis(200);
    private static final Duration STORE_LATER = Duration.ofSeconds(30);

    private final Rooms rooms;
    private final Workshop workshop;
    private final RunStore store;
    private final ResultStore results;
    private final Delivery delivery;
    private final RunPlaces places;
    private final Bursts bursts;
    private final Map<String, Ongoing> ongoing = new ConcurrentHashMap<>();

    RunQueue(Rooms rooms, Workshop workshop, RunStore store, ResultStore results, Delivery delivery) {
        this.rooms = rooms;
        this.workshop = workshop;
        this.store = store;
        this.results = results;
        this.delivery = delivery;
        this.places = new RunPlaces(rooms.clock(), rooms.atOnce(), rooms.headroom());
        this.bursts = new Bursts(rooms.clock());
    }

    /// A run that has not ended.
    ///
    /// @param since when it came, or was begun again
    record Ongoing(Run run, Instant since, Cancel cancel, CompletableFuture<Run> end) {
        Run await() {
            try {
                return end.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }

    Ongoing start(Order order, Progress progress) {
        var started = add(order);
        boolean isAlone = isAlone(started.run());
        supersede(started.run(), order.forced());
        newer(started.run()).ifPresent(number -> started.cancel().cancel("superseded by run " + number));
        // A quick run is over before the next push of somebody who waits for none of them.
        boolean isAwaited = isAlone && !order.options().contains(Push.NO_WAIT);
        return begin(started, order, progress, bursts.pushed(order.project() + " " + order.ref(), isAwaited));
    }

    private boolean isAlone(Run run) {
        return ongoing.values().stream()
                .map(Ongoing::run)
                .noneMatch(other -> isOfBranch(run, other) && other.number() != run.number());
    }

    private static boolean isOfBranch(Run run, Run other) {
        return other.project().equals(run.project()) && other.ref().equals(run.ref());
    }

    /// In the order of their numbers, so that a newer one sees every older one.
    private synchronized Ongoing add(Order order) {
        return admit(store.add(order));
    }

    /// Starts an interrupted run again.
    Ongoing again(String project, int number) {
        return begin(admit(store.again(project, number)), store.order(project, number), line -> {}, Duration.ZERO);
    }

    /// Starts a finished run again, without anything that earlier ones left.
    Ongoing anew(String project, int number) {
        var order = store.order(project, number).anew();
        return begin(readmit(project, number), order, line -> {}, Duration.ZERO);
    }

    /// One attempt of a run at a time.
    private synchronized Ongoing readmit(String project, int number) {
        if (ongoing.containsKey(key(project, number))) {
            throw Problem.user("run.not-over", "run " + number + " of " + project + " still goes on")
                    .hint("follow it with `johwa run watch`, or end it with `johwa run cancel`")
                    .exception();
        }
        return admit(store.again(project, number));
    }

    private Ongoing admit(Run run) {
        var admitted = new Ongoing(run, rooms.clock().now(), new Cancel(), new CompletableFuture<>());
        ongoing.put(key(run.project(), run.number()), admitted);
        return admitted;
    }

    private Ongoing begin(Ongoing started, Order order, Progress progress, Duration quiet) {
        var run = started.run();
        var _ = rooms.tasks().run("run " + run.project() + "/" + run.number(), () -> {
            try {
                var ended = execute(started, order, progress, quiet);
                ongoing.remove(key(run.project(), run.number()), started);
                started.end().complete(ended);
            } catch (RuntimeException | Error e) {
                couldNotBegin(run, e);
                ongoing.remove(key(run.project(), run.number()), started);
                started.end().completeExceptionally(e);
                throw e;
            }
        });
        return started;
    }

    /// What waits would wait for ever. A server that ends leaves it to the next one.
    private void couldNotBegin(Run run, Throwable why) {
        if (why instanceof DatabaseClosed || Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            store.find(run.project(), run.number())
                    .filter(now -> now.state() == Run.State.QUEUED && now.attempt() == run.attempt())
                    .ifPresent(now ->
                            store.finish(now, Ended.by(Run.State.FAILED, "it could not begin: " + why.getMessage())));
        } catch (ProblemException e) {
            rooms.tasks().after(STORE_LATER, "end run", () -> couldNotBegin(run, why));
        }
    }

    private Run execute(Ongoing started, Order order, Progress progress, Duration quiet) {
        var run = started.run();
        var mask = rooms.masks().apply(run.project());
        try (var log = new RunLog(log(run.project(), run.number()), progress, rooms.clock(), rooms.tasks(), mask)) {
            log.say(title(run));
            var asked = new RunPlaces.Asked(run.project(), store.typical(run.project()), quiet);
            try (var place = places.take(asked, log, started.cancel()).orElse(null)) {
                var leave = place == null ? (Runnable) () -> {} : (Runnable) place::close;
                return execute(new Attempt(run, order, store, log, started.cancel(), leave));
            }
        }
    }

    private Run execute(Attempt attempt) {
        if (attempt.cancel().isCancelled()) {
            var reason = attempt.cancel().reason().orElse("cancelled");
            attempt.log().say("  Stopped: " + reason);
            var state = reason.startsWith("superseded") ? Run.State.SUPERSEDED : Run.State.CANCELLED;
            return finish(attempt, Ended.by(state, reason));
        }
        store.begin(attempt.run());
        return finish(attempt, new RunExecution(rooms, workshop, results, delivery, attempt).execute());
    }

    /// A step that filled the disk leaves no room for this either, until its workspace is gone. Where there is none for
    /// longer, who pushed is told, and it is tried again beside.
    private Run finish(Attempt attempt, Ended ended) {
        var shown = ended.shown(attempt.log()::hide);
        for (int left = STORE_TRIES; ; left--) {
            try {
                return store.finish(attempt.run(), shown);
            } catch (ProblemException e) {
                if (e.problem().kind() != Kind.RESOURCE) {
                    throw e;
                }
                if (left == 0) {
                    rooms.tasks().after(STORE_LATER, "finish run", () -> finish(attempt, ended));
                    throw e;
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            rooms.clock().sleep(STORE_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server stops", e);
        }
    }

    private static String title(Run run) {
        var goal = run.environment().map(environment -> " → " + environment).orElse("");
        var again = run.attempt() == 1 ? "" : ", attempt " + run.attempt();
        return "Johwa: run %d of %s%s, %s%s  %s  %s"
                .formatted(
                        run.number(),
                        run.project(),
                        again,
                        run.branch(),
                        goal,
                        run.commit().substring(0, 8),
                        run.subject());
    }

    /// An older run of the same branch need not end: what it would bring is in the newer one, or was taken back.
    private void supersede(Run run, boolean forced) {
        for (var other : List.copyOf(ongoing.values())) {
            var older = other.run();
            if (!isOfBranch(run, older) || older.number() >= run.number()) {
                continue;
            }
            if (forced || rooms.repositories().isAncestor(run.project(), older.commit(), run.commit())) {
                other.cancel().cancel("superseded by run " + run.number());
            }
        }
    }

    /// The run of what the branch names by now, when that holds this commit: of two pushes that came at once, the
    /// later one may be here first.
    private Optional<Integer> newer(Run run) {
        return rooms.repositories()
                .resolve(run.project(), run.ref())
                .map(commit -> commit.id())
                .filter(head -> !head.equals(run.commit())
                        && rooms.repositories().isAncestor(run.project(), run.commit(), head))
                .flatMap(head -> store.newest(run.project(), run.ref(), head));
    }

    /// Ends what an earlier control plane left at work; nothing of this one may work yet.
    ///
    /// @return the runs that it left, oldest first
    List<Run> halt() {
        workshop.clean();
        return store.open();
    }

    /// Takes them up as they would have gone on: what somebody ended stays ended, and of one branch the newest run
    /// counts.
    void recover(List<Run> open) {
        for (var run : open) {
            over(run, open)
                    .ifPresentOrElse(ended -> store.finish(run, ended), () -> again(run.project(), run.number()));
        }
    }

    /// How a run that was cut off is over; empty when it begins again.
    private Optional<Ended> over(Run run, List<Run> open) {
        var asked = store.attempts().askedEnd(run);
        if (asked.isPresent()) {
            return Optional.of(Ended.by(Run.State.CANCELLED, asked.get()));
        }
        var newer = open.stream()
                .filter(other -> isOfBranch(run, other) && other.number() > run.number())
                .filter(other -> other.commit().equals(run.commit()))
                .findFirst();
        if (newer.isPresent()) {
            return Optional.of(Ended.by(
                    Run.State.SUPERSEDED, "superseded by run " + newer.get().number()));
        }
        var head = rooms.repositories().exists(run.project())
                ? rooms.repositories().resolve(run.project(), run.ref()).map(commit -> commit.id())
                : Optional.<String>empty();
        return head.filter(run.commit()::equals).isPresent()
                ? Optional.empty()
                : Optional.of(Ended.by(Run.State.CANCELLED, "the server stopped, and the branch has moved on"));
    }

    boolean cancel(String project, int number, String reason) {
        var run = ongoing.get(key(project, number));
        if (run == null) {
            return false;
        }
        // The end at once, also where the database is away; whoever asked is told when it is written down too.
        run.cancel().cancel(reason);
        store.attempts().askEnd(run.run(), reason);
        return true;
    }

    int size() {
        return ongoing.size();
    }

    /// Those that wait for their turn.
    List<Pipelines.Waiting> waiting() {
        return ongoing.isEmpty()
                ? List.of()
                : store.open().stream()
                        .filter(run -> run.state() == Run.State.QUEUED)
                        .flatMap(run -> Optional.ofNullable(ongoing.get(key(run.project(), run.number()))).stream()
                                .map(each -> new Pipelines.Waiting(run, each.since())))
                        .toList();
    }

    Path log(String project, int number) {
        return rooms.logs().resolve(project).resolve(number + ".log");
    }

    private static String key(String project, int number) {
        return project + "/" + number;
    }
}
