package dev.johwa.door.cli;

import dev.johwa.door.api.EnvList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.EnvText;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
                new Verb(Group.SHIP, "import", "import", Import::new),
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
                if (list.secrets().isEmpty()) {
                    tellNone("secret");
                }
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
                return Map.of(words.getFirst(), file == null ? fromInput() : text(session, file));
            }
            var pairs = new LinkedHashMap<>(EnvsCommands.pairs(words));
            if (file != null) {
                throw Problem.user("usage.file", "--file gives one secret: name it alone, without =VALUE")
                        .exception();
            }
            return pairs;
        }

        private String fromInput() throws IOException {
            var secret = session.input().replaceFirst("\\r?\\n$", "");
            if (secret.isEmpty()) {
                throw Problem.user("secrets.empty", "standard input has no secret")
                        .exception();
            }
            return secret;
        }
    }

    private static String text(Session session, Path path) throws IOException {
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

    @Command(
            description = "Sets the secrets of a .env file, all or none, and makes one release with them. "
                    + "Names without a value are left out.",
            footer = {
                "%nExample:",
                "  johwa secrets import shop .env.production",
                "  heroku config -s --app shop | johwa secrets import shop -"
            })
    static final class Import extends AppVerb {
        @Nullable
        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "FILE",
                description = "Lines of the form NAME=value; - for standard input.")
        String file;

        Import(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            var secrets = new LinkedHashMap<String, String>();
            var empty = new ArrayList<String>();
            read(chosen()).forEach((name, value) -> {
                if (value.isEmpty()) {
                    empty.add(name);
                } else {
                    secrets.put(name, value);
                }
            });
            if (secrets.isEmpty()) {
                throw Problem.user("secrets.empty", "there is no secret in what was given")
                        .exception();
            }
            if (!json) {
                screen().progress("Sets " + String.join(", ", secrets.keySet())
                        + (empty.isEmpty() ? "" : "; without a value, so left out: " + String.join(", ", empty)));
            }
            var change = new EnvList.Change(secrets, List.of());
            return changing(told -> client().changeSecrets(app(), environment, change, told));
        }

        /// One word is the file, of the app of this folder.
        private String chosen() {
            var only = name;
            if (file == null && only == null) {
                throw Problem.user("usage.file", "the file of secrets is missing")
                        .hint("johwa secrets import shop .env")
                        .exception();
            }
            if (file == null) {
                name = null;
                return Objects.requireNonNull(only);
            }
            return file;
        }

        private Map<String, String> read(String chosen) throws IOException {
            boolean isInput = chosen.equals("-");
            return EnvText.read(
                    isInput ? "standard input" : chosen, isInput ? session.input() : text(session, Path.of(chosen)));
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
