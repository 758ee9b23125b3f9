package dev.johwa.door.cli;

import dev.johwa.door.api.Event;
import dev.johwa.door.api.JobCalls;
import dev.johwa.door.api.JobList;
import dev.johwa.door.api.LogQuery;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Jobs of apps: `schedule:` of johwa.yaml.
final class JobsCommands {
    private JobsCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.SHIP, "list", "list", Jobs::new),
                new Verb(Group.SHIP, "run", "run", Run::new),
                new Verb(Group.SHIP, "history", "history", History::new),
                new Verb(Group.SHIP, "logs", "logs", Logs::new),
                new Verb(Group.SHIP, "stop", "stop", Stop::new));
    }

    @Command(
            description = {
                "Lists jobs, when they are due next and how they went. They stand in johwa.yaml:",
                "  schedule: {nightly: {cron: \"0 3 * * *\", zone: Asia/Seoul, run: node clean.js}}"
            },
            footer = {"%nExample:", "  johwa jobs shop", "  johwa jobs run shop nightly"})
    static final class Jobs extends RemoteVerb {
        @Nullable
        @Parameters(
                arity = "0..1",
                paramLabel = "NAME",
                description = "PROJECT, or PROJECT/APP where a project has several; default: all.")
        String name;

        @Nullable
        @Option(
                names = {"-e", "--environment"},
                paramLabel = "E",
                description = "The environment; default: all.")
        String environment;

        Jobs(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list =
                    client().jobs().list(Optional.ofNullable(name).map(session::app), Optional.ofNullable(environment));
            if (list.jobs().isEmpty() && name != null) {
                requireKnown(name);
            }
            if (toldAsJson(list)) {
                return ExitCode.DONE;
            }
            screen().table(
                            List.of("APP", "ENVIRONMENT", "JOB", "WHEN", "NEXT", "LAST"),
                            list.jobs().stream().map(this::row).toList());
            if (list.jobs().isEmpty()) {
                screen().progress("Nothing that is live has a job; `johwa jobs --help` shows how to write one.");
            }
            return ExitCode.DONE;
        }

        /// A word that is no app is a wrong name, or a wrong verb.
        private void requireKnown(String app) {
            var all = client().status(Optional.empty());
            var wanted = session.app(app).toString();
            if (all.apps().stream().noneMatch(each -> each.name().equals(wanted))) {
                throw AppsCommand.unknown(app, all);
            }
        }

        private List<String> row(JobList.Item job) {
            var next = job.next().stream().findFirst().map(Times::local).orElse(job.enabled() ? "" : "not by itself");
            var now = job.running().map(run -> "run " + run.number() + " goes on" + skipped(job));
            return List.of(
                    job.app(),
                    job.environment(),
                    job.name(),
                    job.due(),
                    next,
                    now.orElseGet(
                            () -> job.last().map(run -> told(screen(), run)).orElse("")));
        }
    }

    /// How often it was due meanwhile.
    private static String skipped(JobList.Item job) {
        int times = job.skipped().orElse(0);
        return times == 0 ? "" : ", skipped " + (times == 1 ? "once" : times + " times");
    }

    private static String told(Screen screen, JobList.Run run) {
        var style = switch (run.state()) {
            case "done" -> Style.GREEN;
            case "failed" -> Style.RED;
            case String _ -> Style.YELLOW;
        };
        var times = run.times() > 1 ? " " + run.times() + " times" : "";
        return screen.style(style, run.state()) + times + " "
                + Times.local(run.ended().orElse(run.planned()));
    }

    /// About one job of an app.
    private abstract static class JobVerb extends AppVerb {
        @Parameters(index = "1", paramLabel = "JOB", description = "Its name below schedule:.")
        String job = "";

        JobVerb(Session session) {
            super(session);
        }

        JobCalls.Place place() {
            return new JobCalls.Place(app(), environment, job);
        }
    }

    @Command(
            description = "Runs a job now and tells what it prints. It goes on when you stop listening by Ctrl-C.",
            footer = {"%nExample:", "  johwa jobs run shop nightly"})
    static final class Run extends JobVerb {
        @Option(names = "--nowait", description = "Return as soon as it is started.")
        boolean nowait;

        Run(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var work = client().jobs().start(place());
            if (nowait) {
                if (!toldAsJson(work)) {
                    screen().line("started: " + job + " of " + app());
                }
                return ExitCode.DONE;
            }
            var run = client().jobs().follow(work, this::tell);
            if (!json) {
                screen().progress(job + " run " + run.number() + ": " + run.exit());
            }
            return run.state().equals("done") ? ExitCode.DONE : ExitCode.NO;
        }

        @Override
        void tell(Event event) {
            if (json) {
                super.tell(event);
            } else {
                event.text().ifPresent(screen()::line);
            }
        }
    }

    @Command(
            description = "Lists the runs of a job, newest first, also the times at which none started.",
            footer = {"%nExample:", "  johwa jobs history shop nightly"})
    static final class History extends JobVerb {
        History(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().jobs().runs(place());
            if (!toldAsJson(list)) {
                screen().table(
                                List.of("RUN", "STATE", "PLANNED", "TOOK", "RELEASE", "BY", "EXIT"),
                                list.runs().stream().map(this::row).toList());
            }
            return ExitCode.DONE;
        }

        private List<String> row(JobList.Run run) {
            var took = run.started().flatMap(from -> run.ended().map(to -> Times.between(from, to)));
            return List.of(
                    Integer.toString(run.number()),
                    run.state() + (run.times() > 1 ? " " + run.times() + " times" : ""),
                    Times.local(run.planned()),
                    took.orElse(""),
                    Integer.toString(run.release()),
                    run.by(),
                    run.exit());
        }
    }

    @Command(
            description = "Shows what a run of a job printed; kept of its newest 20 runs.",
            footer = {"%nExample:", "  johwa jobs logs shop nightly", "  johwa jobs logs shop nightly --run 12"})
    static final class Logs extends JobVerb {
        private static final int MOST_LINES = 10_000;

        @Nullable
        @Option(names = "--run", paramLabel = "N", description = "The number of the run; default: the newest.")
        Integer number;

        Logs(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var instance = run().instance().orElse("");
            var query = new LogQuery(
                    environment,
                    MOST_LINES,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(instance));
            var list = client().logs(app(), query);
            if (!toldAsJson(list)) {
                list.lines().forEach(line -> screen().line(line.text()));
            }
            return ExitCode.DONE;
        }

        private JobList.Run run() {
            return client().jobs().runs(place()).runs().stream()
                    .filter(run -> run.instance().isPresent())
                    .filter(run -> number == null || run.number() == number)
                    .findFirst()
                    .orElseThrow(this::none);
        }

        private ProblemException none() {
            var which =
                    number == null ? "no run of " + job + " started yet" : "there is no run " + number + " of " + job;
            return Problem.user("job-run.unknown", which)
                    .hint("`johwa jobs history " + app() + " " + job + "` lists them")
                    .exception();
        }
    }

    @Command(
            description = "Ends the runs of a job that go on.",
            footer = {"%nExample:", "  johwa jobs stop shop nightly"})
    static final class Stop extends JobVerb {
        Stop(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var stopped = client().jobs().stop(place());
            if (!toldAsJson(Map.of("stopped", stopped))) {
                screen().line(stopped == 0 ? "nothing ran: " + job : "stopped: " + job);
            }
            return ExitCode.DONE;
        }
    }
}
