package dev.johwa.door.cli.local;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Group;
import dev.johwa.door.cli.Session;
import dev.johwa.door.cli.Verb;
import dev.johwa.source.compose.ComposeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compose files.
final class ComposeCommands {
    private ComposeCommands() {}

    static List<Verb> inner() {
        return List.of(new Verb(Group.BUILD, "config", "config", Config::new));
    }

    @Command(
            description = "Reads compose files as Docker Compose does.",
            footer = {"%nExample:", "  johwa compose config"})
    static final class Compose implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private CommandSpec spec;

        Compose(Session session) {}

        @Override
        public Integer call() {
            throw new CommandLine.ParameterException(spec.commandLine(), "what to do is missing: config");
        }
    }

    @Command(
            description = {
                "Shows what compose files say together, with all that they include, extend and leave to a default.",
                "Without -f it reads compose.yaml, compose.yml or docker-compose.yml of this folder or one above, and"
                        + " its override file."
            },
            footer = {
                "%nExample:",
                "  johwa compose config --json",
                "  johwa compose config -f compose.yaml -f compose.prod.yaml --profile debug"
            })
    static final class Config implements Callable<Integer> {
        private final Session session;

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "A compose file; a later one counts over an earlier one.")
        List<Path> files = new ArrayList<>();

        @Option(names = "--profile", paramLabel = "P", description = "With the services of this profile; * for all.")
        List<String> profiles = new ArrayList<>();

        @Option(names = "--json", description = "As JSON, in the form of docker compose config --format json.")
        boolean json;

        Config(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var reading = ComposeFile.read(new ComposeFile.Request(
                    session.folder(), files, profiles, session.surroundings().environment(), false));
            reading.notes().forEach(session.screen()::problem);
            var model = reading.model();
            session.screen().line(json ? model.json() : model.yaml().stripTrailing());
            return ExitCode.DONE;
        }
    }
}
