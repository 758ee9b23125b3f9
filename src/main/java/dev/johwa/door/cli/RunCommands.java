package dev.johwa.door.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The verbs about one run.
final class RunCommands {
    private RunCommands() {}

    static List<Verb> all() {
        return List.of(
                verb("show", Show::new),
                verb("tests", RunTestsCommand::new),
                verb("logs", Logs::new),
                verb("watch", RunWatchCommand::new),
                verb("rerun", Rerun::new),
                verb("cancel", Cancel::new));
    }

    private static Verb verb(String name, Function<Session, Object> command) {
        return new Verb(Group.PIPELINE, name, name, command);
    }

    @Command(
            description = "Shows, follows, repeats or cancels a run.",
            footer = {"%nExample:", "  johwa run show shop 12", "  johwa run watch shop"})
    static final class Run implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        Run(Session session) {}

        @Override
        public Integer call() {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "what to do with the run is missing: show, tests, logs, watch, rerun or cancel");
        }
    }

    @Command(
            description = "Shows a run with its stages.",
            footer = {"%nExample:", "  johwa run show shop 12 --json"})
    static final class Show extends RunVerb {
        Show(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            show(client().run(project(), number()));
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Shows what a run said.",
            footer = {"%nExample:", "  johwa run logs shop 12"})
    static final class Logs extends RunVerb {
        Logs(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var log = client().runLog(project(), number());
            if (!toldAsJson(log)) {
                log.lines().forEach(screen()::line);
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Runs the same commit again, as a new attempt.",
            footer = {"%nExample:", "  johwa run rerun shop 12"})
    static final class Rerun extends RunVerb {
        Rerun(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var run = client().rerun(project(), number());
            if (!toldAsJson(run)) {
                screen().line("Run " + run.number() + " of " + run.project()
                        + " begins again; follow it with: johwa run watch " + run.project() + " " + run.number());
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Cancels a run that waits or goes on, and ends all that it started.",
            footer = {"%nExample:", "  johwa run cancel shop 12"})
    static final class Cancel extends RunVerb {
        Cancel(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var run = client().cancel(project(), number());
            if (!toldAsJson(run)) {
                screen().line("Run " + run.number() + " of " + run.project() + " is cancelled.");
            }
            return ExitCode.DONE;
        }
    }
}
