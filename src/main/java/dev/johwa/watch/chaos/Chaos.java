package dev.johwa.watch.chaos;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Stage;
import dev.johwa.serve.release.Trial;
import dev.johwa.serve.release.Trials.Unsteady;
import dev.johwa.source.git.Progress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Faults on purpose, and experiments that do them. Safe for use by many threads.
public final class Chaos {
    private final ChaosPorts ports;
    private final Faults faults;
    private final ExperimentStore played;

    public Chaos(ChaosPorts ports) {
        this.ports = ports;
        this.faults = new Faults(
                new FaultStore(ports.database(), ports.facts()),
                ports.clock(),
                ports.tasks(),
                new OfReleases(ports.releases()),
                ports.forbidden());
        this.played = new ExperimentStore(ports.database(), ports.facts());
    }

    /// Undoes what an earlier control plane left. Not before releases are recovered.
    public void recover() {
        faults.recover();
    }

    /// Those that are on.
    public List<Fault> faults() {
        return faults.all();
    }

    /// Begins one at what is live there.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it may not be done there, or cannot
    public Fault begin(AppEnvironment where, FaultOrder order, String by) {
        requireHere(where, order);
        if (where.isProduction() && !order.inProduction()) {
            throw production("say --production too, where that is meant");
        }
        return faults.begin(live(where), order, by);
    }

    private Stage live(AppEnvironment where) {
        var releases = ports.releases().get();
        return releases.errands().stage(releases.requireLive(where));
    }

    static void requireHere(AppEnvironment where, FaultOrder order) {
        if (!order.environment().equals(where.environment())) {
            throw Problem.user(
                            "fault.environment",
                            "the fault is for " + order.environment() + ", and this is " + where.environment())
                    .hint("name the environment that it is played in; ${environment} may stand for JOHWA_ENVIRONMENT")
                    .exception();
        }
    }

    static ProblemException production(String hint) {
        return Problem.user("fault.production", "faults in production are said twice, and this was not")
                .hint(hint)
                .exception();
    }

    /// Ends those that are on there.
    ///
    /// @return how many
    public int stop(AppEnvironment where, String by) {
        return faults.end(fault -> fault.where().equals(where), "ended by " + by);
    }

    /// Plays an experiment on what is live there.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with everything that is wrong with its file
    public Played play(AppEnvironment where, Trial trial, Progress progress, Cancel cancel) {
        return play(live(where), trial, progress, cancel);
    }

    /// The same on a release that serves nobody yet.
    ///
    /// @return what was to hold and did not
    public Optional<Unsteady> verify(Stage stage, Trial trial, Progress progress, Cancel cancel) {
        var done = play(stage, trial, progress, cancel);
        return done.steady()
                ? Optional.empty()
                : Optional.of(new Unsteady(
                        trial.file() + ": " + done.title() + ": " + verdict(done),
                        List.of("`johwa chaos show " + stage.where().name() + " -e "
                                + stage.where().environment() + " " + done.id() + "` shows the journal")));
    }

    /// How it ended, for a person.
    public static String verdict(Played done) {
        if (done.steady()) {
            return "what was to hold held";
        }
        if (!done.status().equals("completed")) {
            return "it ended as " + done.status();
        }
        return done.deviated()
                ? "what held before does not hold after"
                : "what was to hold did not before, and nothing was done";
    }

    private Played play(Stage stage, Trial trial, Progress progress, Cancel cancel) {
        var experiment = Experiments.read(trial.file(), trial.text());
        var id = UUID.randomUUID().toString().substring(0, 8);
        var by = "experiment " + id;
        var world =
                new StageWorld(ports, stage, faults, new StageWorld.Going(by, trial.inProduction(), progress, cancel));
        var started = ports.clock().now();
        var play = new Play(experiment, world, Names.of(experiment.configuration(), stage.values()));
        try {
            var journal = play.play();
            var told = play.journal();
            boolean steady = told.status().equals("completed") && !told.isDeviated() && told.heldBefore();
            var done = new Played(
                    id,
                    stage.where(),
                    stage.release().number(),
                    experiment.title(),
                    trial.file(),
                    trial.by(),
                    told.status(),
                    told.isDeviated(),
                    steady,
                    started,
                    ports.clock().now());
            played.add(done, Json.write(journal));
            return done;
        } finally {
            faults.end(fault -> fault.by().equals(by), "the experiment is over");
        }
    }

    /// Newest first.
    public List<Played> played(AppEnvironment where) {
        return played.list(where);
    }

    /// The journal of one, as JSON in the form of Chaos Toolkit.
    public Optional<String> journal(AppEnvironment where, String id) {
        return played.journal(where, id);
    }
}
