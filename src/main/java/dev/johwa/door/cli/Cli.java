package dev.johwa.door.cli;

import dev.johwa.door.api.Examination;
import dev.johwa.door.cli.local.LocalVerbs;
import dev.johwa.lib.text.Near;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;

/// The command line: finds the verb, runs it, and tells what went wrong. One for each command that is typed.
public final class Cli {
    private final Surroundings surroundings;
    private final List<Verb> verbs;
    private final Screen screen;

    /// @param more verbs that the caller brings beside those of this room
    public Cli(Surroundings surroundings, List<Verb> more) {
        this.surroundings = surroundings;
        this.verbs = Stream.concat(more.stream(), Verbs.all().stream()).toList();
        this.screen = new Screen(surroundings);
    }

    /// A verb that must look where only its caller can.
    ///
    /// @param atRest looks through all that is kept in a data folder in which no platform works
    public static Verb doctor(BiFunction<Path, Consumer<String>, Examination> atRest) {
        return LocalVerbs.doctor(atRest);
    }

    /// The way out, for which only its caller can pack the program itself.
    public static Verb eject(Playbook ansible) {
        return LocalVerbs.eject(ansible);
    }

    /// @return the exit code
    public int run(List<String> arguments) {
        var words = Words.of(arguments).withoutHelpVerb();
        if (!words.hasVerb()) {
            return withoutVerb(words);
        }
        var verb = verbs.stream()
                .filter(each -> each.name().equals(words.verbName()))
                .findFirst();
        return verb.map(known -> run(known, words)).orElseGet(() -> unknown(words.verbName()));
    }

    private int withoutVerb(Words words) {
        if (words.all().contains("--version") || words.all().contains("-V")) {
            screen.line("johwa " + version().orElse("(not packaged)"));
            return ExitCode.DONE;
        }
        boolean asked = words.all().contains("--help") || words.all().contains("-h");
        if (asked || words.all().isEmpty()) {
            screen.raw(RootHelp.text(verbs, screen));
            return ExitCode.DONE;
        }
        screen.rawError("johwa: no command in '" + String.join(" ", words.all()) + "'\n  → johwa --help lists them\n");
        return ExitCode.USAGE;
    }

    /// Of the program; empty when it runs from classes that nobody packed.
    public static Optional<String> version() {
        return Optional.ofNullable(Cli.class.getPackage().getImplementationVersion());
    }

    private int unknown(String name) {
        var near = Near.of(
                name, verbs.stream().filter(Verb::isForPeople).map(Verb::name).toList());
        screen.rawError("johwa: there is no command '" + name + "'\n  → "
                + near.map(meant -> "did you mean 'johwa " + meant + "'?").orElse("johwa --help lists them") + "\n");
        return ExitCode.USAGE;
    }

    private int run(Verb verb, Words words) {
        var options = new RootCommand();
        try (var session = new Session(surroundings, options)) {
            var root = new CommandLine(options);
            add(root, verb, session);
            return run(root, words);
        }
    }

    private int run(CommandLine root, Words words) {
        var failures = new Failures(screen, words.all().contains("--json"), surroundings);
        root.setParameterExceptionHandler(failures::wrongUsage);
        root.setExecutionExceptionHandler((exception, line, parsed) -> failures.tell(exception));
        root.setOut(new PrintWriter(surroundings.out(), true));
        root.setErr(new PrintWriter(surroundings.err(), true));
        root.setUsageHelpAutoWidth(true);
        root.setColorScheme(CommandLine.Help.defaultColorScheme(
                surroundings.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return root.execute(
                LeftOutName.put(root, words.all(), surroundings.folder()).toArray(String[]::new));
    }

    static void add(CommandLine parent, Verb verb, Session session) {
        var line = new CommandLine(verb.command().apply(session));
        verb.inner().forEach(inner -> add(line, inner, session));
        parent.addSubcommand(verb.name(), line);
    }

    /// The verbs, for those who describe them.
    public List<Verb> verbs() {
        return verbs;
    }
}
