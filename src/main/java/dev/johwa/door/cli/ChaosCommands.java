package dev.johwa.door.cli;

import dev.johwa.door.api.AppName;
import dev.johwa.door.api.ChaosList;
import dev.johwa.door.api.Meaning;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.AtExit;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Breaking things on purpose.
final class ChaosCommands {
    private ChaosCommands() {}

    /// @param check needs no server, and is of another room
    static List<Verb> inner(Verb check) {
        return List.of(
                new Verb(Group.LEARN, "run", "run", Run::new),
                check,
                new Verb(Group.LEARN, "show", "show", Show::new),
                new Verb(Group.LEARN, "fault", "fault", Fault::new),
                new Verb(Group.LEARN, "stop", "stop", Stop::new));
    }

    @Command(
            description = {
                "Lists what is broken on purpose now. Each fault says how far it goes, and ends by itself.",
                "Exit code 1 when something is."
            },
            footer = {
                "%nExample:",
                "  johwa chaos run chaos.yaml shop -e staging",
                "  johwa chaos fault latency shop -e staging --share 20%% --delay 300ms --for 1m",
                "  johwa chaos stop shop -e staging"
            })
    static final class Chaos extends RemoteVerb {
        Chaos(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().chaos().list();
            if (!toldAsJson(list)) {
                screen().table(
                                List.of("APP", "ENVIRONMENT", "WHAT", "UNTIL", "BY"),
                                list.faults().stream().map(Chaos::row).toList());
                if (list.faults().isEmpty()) {
                    screen().progress("Nothing is broken on purpose.");
                }
            }
            return list.faults().isEmpty() ? ExitCode.DONE : ExitCode.NO;
        }

        private static List<String> row(ChaosList.Item fault) {
            return List.of(fault.app(), fault.environment(), fault.words(), Times.local(fault.endsAt()), fault.by());
        }
    }

    /// One that says where, and in which environment.
    private abstract static class PlaceVerb extends RemoteVerb {
        @Option(
                names = {"-e", "--environment"},
                paramLabel = "E",
                required = true,
                description = "The environment, which is always said.")
        String environment = "";

        PlaceVerb(Session session) {
            super(session);
        }

        static String shown(AppName app, String environment) {
            return InEnvironment.shown(app.toString(), environment);
        }
    }

    @Command(
            description = {
                "Plays an experiment in the format of Chaos Toolkit on what is live: its hypothesis, its method, the"
                        + " hypothesis again, its rollbacks. Whatever it broke is undone at its end, however it ends.",
                "Exit code 1 when what was to hold did not."
            },
            footer = {"%nExample:", "  johwa chaos run chaos.yaml shop -e staging"})
    static final class Run extends PlaceVerb {
        @Parameters(index = "0", paramLabel = "FILE", description = "The experiment, in YAML or JSON.")
        String file = "";

        @Nullable
        @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "PROJECT, or PROJECT/APP.")
        String name;

        @Option(names = "--production", description = "Production is meant too, as the file says.")
        boolean production;

        Run(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            var path = session.folder().resolve(file);
            if (!Files.isRegularFile(path)) {
                throw Problem.user("usage.file", "there is no file " + file).exception();
            }
            var order = new ChaosList.Play(
                    Optional.of(environment), path.getFileName().toString(), Files.readString(path), production);
            var work = client().chaos().start(session.app(name), order);
            try (var _ = new AtExit(() -> client().cancel(work))) {
                var done = client().chaos().follow(work, this::tell);
                if (!json) {
                    var style = done.steady() ? Screen.Style.GREEN : Screen.Style.RED;
                    screen().line(screen().style(style, done.steady() ? "steady" : "not steady") + ": " + done.title()
                            + ": " + done.words());
                }
                return done.steady() ? ExitCode.DONE : ExitCode.NO;
            } catch (ProblemException e) {
                if (!json) {
                    e.problems().forEach(screen()::problem);
                }
                return Meaning.of(e.problem()).exitCode();
            }
        }
    }

    @Command(
            description = "Lists the experiments that were played, or shows the journal of one, in the form of"
                    + " journal.json of Chaos Toolkit.",
            footer = {"%nExample:", "  johwa chaos show shop -e staging", "  johwa chaos show shop -e staging 1f0c22ab"
            })
    static final class Show extends AppVerb {
        @Nullable
        @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The experiment.")
        String id;

        Show(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            if (id != null) {
                var journal = client().chaos().journal(app(), environment, id);
                screen().line(Json.pretty(journal.journal()));
                return ExitCode.DONE;
            }
            var list = client().chaos().played(app(), environment);
            if (!toldAsJson(list)) {
                screen().table(
                                List.of("ID", "RELEASE", "WHEN", "EXPERIMENT", "HOW IT ENDED"),
                                list.experiments().stream().map(Show::row).toList());
                if (list.experiments().isEmpty()) {
                    tellNone("experiments");
                }
            }
            return ExitCode.DONE;
        }

        private static List<String> row(ChaosList.Experiment one) {
            return List.of(
                    one.id(), String.valueOf(one.release()), Times.local(one.startedAt()), one.title(), one.words());
        }
    }

    @Command(
            description = {
                "Breaks something on purpose, for a while: kill, pause, cpu, memory or disk of instances, cut from a"
                        + " database, latency, errors or resets at the edge.",
                "How far it goes is always said: the environment, --instances, --share or --data, and --for at most"
                        + " 10m."
            },
            footer = {
                "%nExample:",
                "  johwa chaos fault pause shop -e staging --instances 1 --for 20s",
                "  johwa chaos fault errors shop -e staging --share 5%% --status 503 --for 1m"
            })
    static final class Fault extends PlaceVerb {
        @Parameters(index = "0", paramLabel = "KIND", description = "What breaks.")
        String kind = "";

        @Nullable
        @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "PROJECT, or PROJECT/APP.")
        String name;

        @Option(names = "--for", paramLabel = "TIME", description = "How long, such as 30s.")
        @Nullable
        String time;

        @Option(names = "--instances", paramLabel = "N|N%%", description = "How many instances.")
        @Nullable
        String instances;

        @Option(names = "--share", paramLabel = "N%%", description = "How many of the requests.")
        @Nullable
        String share;

        @Option(names = "--header", paramLabel = "NAME[: VALUE]", description = "Only requests with this field.")
        @Nullable
        String header;

        @Option(names = "--delay", paramLabel = "TIME", description = "How long requests wait, such as 300ms.")
        @Nullable
        String delay;

        @Option(names = "--status", paramLabel = "CODE", description = "What errors answer; default: 503.")
        @Nullable
        String status;

        @Option(names = "--cpus", paramLabel = "N", description = "How many processors are busy; default: 1.")
        @Nullable
        String cpus;

        @Option(
                names = "--size",
                paramLabel = "SIZE",
                description = "Of memory or of a file, such as 200Mi; of a file also full, on a disk of its own.")
        @Nullable
        String size;

        @Option(names = "--data", paramLabel = "VARIABLE", description = "What is cut, such as DATABASE_URL.")
        @Nullable
        String data;

        @Option(names = "--production", description = "Production is meant.")
        boolean production;

        Fault(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var app = session.app(name);
            var fault = client().chaos().begin(app, new ChaosList.Order(kind, options()));
            if (!toldAsJson(fault)) {
                screen().line(shown(app, environment) + ": " + fault.words());
                screen().progress("it ends by itself at " + Times.local(fault.endsAt()) + "; `johwa chaos stop " + app
                        + " -e " + environment + "` ends it now");
            }
            return ExitCode.DONE;
        }

        private Map<String, String> options() {
            var options = new LinkedHashMap<String, String>();
            options.put("environment", environment);
            put(options, "for", time);
            put(options, "instances", instances);
            put(options, "share", share);
            put(options, "header", header);
            put(options, "delay", delay);
            put(options, "status", status);
            put(options, "cpus", cpus);
            put(options, "size", size);
            put(options, "data", data);
            if (production) {
                options.put("production", "true");
            }
            return options;
        }

        private static void put(Map<String, String> options, String key, @Nullable String value) {
            if (value != null) {
                options.put(key, value);
            }
        }
    }

    @Command(
            description = "Undoes at once what is broken on purpose there.",
            footer = {"%nExample:", "  johwa chaos stop shop -e staging"})
    static final class Stop extends PlaceVerb {
        @Nullable
        @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "PROJECT, or PROJECT/APP.")
        String name;

        Stop(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var app = session.app(name);
            var stopped = client().chaos().stop(app, new ChaosList.Stop(Optional.of(environment)));
            if (!toldAsJson(stopped)) {
                int many = stopped.stopped();
                screen().line(shown(app, environment) + ": " + (many == 0 ? "nothing was" : many + " ended"));
            }
            return ExitCode.DONE;
        }
    }
}
