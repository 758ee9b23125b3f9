package dev.johwa.door.cli;

import dev.johwa.door.api.EnvList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Secrets: set, listed by name, removed; never read back.
final class SecretsCommands {
    private SecretsCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.SHIP, "list", "list", Secrets::new),
                new Verb(Group.SHIP, "set", "set", Set::new),
                new Verb(Group.SHIP, "unset", "unset", Unset::new));
    }

    @Command(
            description = "Lists the names of an app's secrets; what they are is never shown.",
            footer = {"%nExample:", "  johwa secrets shop", "  johwa secrets set shop STRIPE_KEY < key.txt"})
    static final class Secrets extends AppVerb {
        Secrets(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().secrets(app(), environment);
            if (!toldAsJson(list)) {
                list.secrets().forEach(screen()::line);
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Sets secrets and makes a release with them. "
                    + "NAME alone reads the secret from standard input, without the end of its last line.",
            footer = {
                "%nExample:",
                "  johwa secrets set shop STRIPE_KEY < key.txt",
                "  johwa secrets set shop TLS_KEY --file key.pem"
            })
    static final class Set extends AppVerb {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME[=VALUE]", description = "Secrets.")
        List<String> words = List.of();

        @Nullable
        @Option(names = "--file", paramLabel = "FILE", description = "Read the secret from this file, byte for byte.")
        Path file;

        Set(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            var change = new EnvList.Change(secrets(), List.of());
            return changing(told -> client().changeSecrets(app(), environment, change, told));
        }

        private Map<String, String> secrets() throws IOException {
            if (words.size() == 1 && !words.getFirst().contains("=")) {
                return Map.of(words.getFirst(), file == null ? fromInput() : fromFile(file));
            }
            var pairs = new LinkedHashMap<>(EnvsCommands.pairs(words));
            if (file != null) {
                throw Problem.user("usage.file", "--file gives one secret: name it alone, without =VALUE")
                        .exception();
            }
            return pairs;
        }

        private String fromInput() throws IOException {
            var text = new String(session.surroundings().in().readAllBytes(), StandardCharsets.UTF_8);
            var secret = text.replaceFirst("\\r?\\n$", "");
            if (secret.isEmpty()) {
                throw Problem.user("secrets.empty", "standard input has no secret")
                        .exception();
            }
            return secret;
        }

        private String fromFile(Path path) throws IOException {
            try {
                return Files.readString(session.folder().resolve(path), StandardCharsets.UTF_8);
            } catch (NoSuchFileException | MalformedInputException e) {
                var why = e instanceof NoSuchFileException ? "is not there" : "is no text in UTF-8";
                throw new ProblemException(
                        Problem.user("usage.file", "the file " + path + " " + why)
                                .hint("name a text file; encode what is none, for example in base64"),
                        e);
            }
        }
    }

    @Command(
            description = "Removes secrets and makes a release without them.",
            footer = {"%nExample:", "  johwa secrets unset shop STRIPE_KEY"})
    static final class Unset extends AppVerb {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "Names of secrets.")
        List<String> names = List.of();

        Unset(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var change = new EnvList.Change(Map.of(), names);
            return changing(told -> client().changeSecrets(app(), environment, change, told));
        }
    }
}
