package dev.johwa.source.dockerfile.instruction;

import dev.johwa.lib.text.Near;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.instruction.FlagValues.Kind;
import dev.johwa.source.dockerfile.instruction.Instruction.Pair;
import dev.johwa.source.dockerfile.syntax.Heredoc;
import dev.johwa.source.dockerfile.syntax.Refused;
import dev.johwa.source.dockerfile.syntax.Runes;
import dev.johwa.source.dockerfile.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes an instruction of a statement, in the order of checks that BuildKit has.
public final class InstructionReader {
    private static final Map<String, Kind> ADD_FLAGS = Map.of(
            "chown", Kind.TEXT,
            "chmod", Kind.TEXT,
            "link", Kind.SWITCH,
            "keep-git-dir", Kind.SWITCH,
            "checksum", Kind.TEXT,
            "unpack", Kind.SWITCH,
            "exclude", Kind.TEXTS);
    private static final Map<String, Kind> COPY_FLAGS = Map.of(
            "chown", Kind.TEXT,
            "from", Kind.TEXT,
            "chmod", Kind.TEXT,
            "link", Kind.SWITCH,
            "exclude", Kind.TEXTS,
            "parents", Kind.SWITCH);
    private static final Map<String, Kind> RUN_FLAGS =
            Map.of("mount", Kind.TEXTS, "device", Kind.TEXTS, "network", Kind.TEXT, "security", Kind.TEXT);
    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9_.-]*");
    private static final Set<String> NAMES = Set.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");

    private final Statement statement;
    private final List<String> arguments;

    private InstructionReader(Statement statement) {
        this.statement = statement;
        this.arguments = statement.arguments();
    }

    public static Instruction read(Statement statement) throws Refused {
        return new InstructionReader(statement).read();
    }

    private Instruction read() throws Refused {
        return switch (statement.name()) {
            case "from" -> from();
            case "arg" -> argument();
            case "env" -> new Instruction.Environment(statement, pairs());
            case "label" -> new Instruction.Label(statement, pairs());
            case "add" -> copy(true);
            case "copy" -> copy(false);
            case "run" -> run();
            case "cmd" -> new Instruction.Command(withoutFlags());
            case "entrypoint" -> new Instruction.Entrypoint(withoutFlags());
            case "healthcheck" -> HealthcheckReader.read(statement);
            case "expose" -> new Instruction.Expose(some(), withoutFlags().arguments());
            case "volume" -> volume();
            case "user" -> new Instruction.User(statement, one());
            case "workdir" -> new Instruction.WorkingFolder(statement, one());
            case "maintainer" -> new Instruction.Maintainer(statement, one());
            case "stopsignal" -> new Instruction.StopSignal(statement, single());
            case "shell" -> shell();
            case "onbuild" -> onBuild();
            default -> throw unknown();
        };
    }

    private String keyword() {
        return statement.name().toUpperCase(Locale.ROOT);
    }

    private Refused unknown() {
        var keyword = RawNames.text(statement.keyword());
        return new Refused(
                "unknown-instruction",
                keyword.isEmpty() ? "a line continues and nothing follows" : "'" + keyword + "' is no instruction",
                statement.keyword(),
                Near.question(keyword, NAMES)
                        .orElse("a line begins with one, such as FROM or RUN; \\ at its end continues it"));
    }

    private Refused wrong(String message, @Nullable String part, @Nullable String hint) {
        return new Refused("arguments", message, part, hint);
    }

    private Statement withoutFlags() throws Refused {
        FlagValues.read(statement.flags(), Map.of());
        return statement;
    }

    private Statement some() throws Refused {
        if (arguments.isEmpty()) {
            throw wrong(keyword() + " needs at least one argument", null, null);
        }
        return statement;
    }

    private String single() throws Refused {
        if (arguments.size() != 1) {
            throw wrong(keyword() + " needs one argument", null, null);
        }
        return arguments.getFirst();
    }

    private String one() throws Refused {
        single();
        return withoutFlags().arguments().getFirst();
    }

    private List<Pair> pairs() throws Refused {
        withoutFlags();
        some();
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i + 1 < arguments.size(); i += 3) {
            if (arguments.get(i).isEmpty()) {
                throw wrong(keyword() + " sets a name that is empty", null, "write NAME=VALUE");
            }
            pairs.add(new Pair(arguments.get(i), Optional.of(arguments.get(i + 1))));
        }
        return pairs;
    }

    /// Its flags are not looked at, as BuildKit does not either.
    private Instruction argument() throws Refused {
        some();
        var pairs = new ArrayList<Pair>();
        for (var word : arguments) {
            int equals = word.indexOf('=');
            if (equals == 0) {
                throw wrong("ARG sets a name that is empty", word, "write ARG NAME=VALUE");
            }
            pairs.add(
                    equals < 0
                            ? new Pair(word, Optional.empty())
                            : new Pair(word.substring(0, equals), Optional.of(word.substring(equals + 1))));
        }
        return new Instruction.Argument(statement, pairs);
    }

    private Instruction from() throws Refused {
        if (arguments.size() == 3 && isAs(arguments.get(1))) {
            var name = Runes.lower(arguments.get(2));
            if (!STAGE.matcher(name).matches()) {
                throw wrong(
                        "'" + RawNames.text(arguments.get(2)) + "' cannot be the name of a stage",
                        arguments.get(2),
                        "it begins with a letter and holds letters, digits, - _ and .");
            }
        } else if (arguments.size() != 1) {
            throw wrong("FROM needs an image, and may name the stage", null, "write FROM IMAGE or FROM IMAGE AS NAME");
        }
        var flags = FlagValues.read(statement.flags(), Map.of("platform", Kind.TEXT));
        var name = arguments.size() == 3 ? Optional.of(Runes.lower(arguments.get(2))) : Optional.<String>empty();
        return new Instruction.From(statement, arguments.getFirst(), name, flags.text("platform"));
    }

    private static boolean isAs(String word) {
        return RawNames.text(word).equalsIgnoreCase("as");
    }

    private Instruction copy(boolean isAdd) throws Refused {
        if (arguments.size() < 2) {
            throw wrong(keyword() + " needs what to copy and where to", null, "write " + keyword() + " SOURCE TARGET");
        }
        var flags = FlagValues.read(statement.flags(), isAdd ? ADD_FLAGS : COPY_FLAGS);
        var target = arguments.getLast();
        if (Heredoc.of(target).isPresent()) {
            throw wrong("a heredoc cannot be where " + keyword() + " copies to", target, null);
        }
        var sources = arguments.subList(0, arguments.size() - 1).stream()
                .filter(source -> Heredoc.of(source).isEmpty())
                .toList();
        return new Instruction.Copy(statement, isAdd, sources, target, flags);
    }

    private Instruction run() throws Refused {
        var flags = FlagValues.read(statement.flags(), RUN_FLAGS);
        for (var device : flags.texts("device")) {
            checkDevice(device);
        }
        var mounts = new ArrayList<Mount>();
        for (var mount : flags.texts("mount")) {
            mounts.add(Mount.read(mount));
        }
        checkChoice(flags, "network", Set.of("default", "none", "host"));
        checkChoice(flags, "security", Set.of("insecure", "sandbox"));
        return new Instruction.Run(statement, mounts, flags);
    }

    private static void checkChoice(FlagValues flags, String name, Set<String> choices) throws Refused {
        var value = flags.text(name);
        if (flags.has(name) && !choices.contains(value)) {
            throw new Refused(
                    "flag",
                    "'" + RawNames.text(value) + "' is no --" + name,
                    "--" + name,
                    "there are " + String.join(", ", choices.stream().sorted().toList()));
        }
    }

    private static void checkDevice(String text) throws Refused {
        boolean isNamed = false;
        for (var field : Fields.of(text, "--device")) {
            int equals = field.indexOf('=');
            var key = Runes.lower(equals < 0 ? field : field.substring(0, equals));
            var value = equals < 0 ? "" : field.substring(equals + 1);
            if (key.equals("required")) {
                if (equals >= 0 && !GoValues.isTruth(value)) {
                    throw new Refused("flag", "required is true or false, not '" + RawNames.text(value) + "'", field);
                }
            } else if (isNamed) {
                throw new Refused(
                        "flag", "'" + RawNames.text(field) + "' is nothing that --device has", field, "name, required");
            } else {
                isNamed = !(equals >= 0 && key.equals("name") ? value : field).isEmpty();
            }
        }
    }

    private Instruction volume() throws Refused {
        some();
        withoutFlags();
        var folders = arguments.stream().map(Runes::trim).toList();
        if (folders.contains("")) {
            throw wrong("VOLUME names a folder that is empty", null, null);
        }
        return new Instruction.Volume(statement, folders);
    }

    private Instruction shell() throws Refused {
        withoutFlags();
        some();
        if (!statement.isJson()) {
            throw wrong("SHELL needs an array of JSON", null, "write SHELL [\"/bin/bash\", \"-c\"]");
        }
        return new Instruction.Shell(statement, arguments);
    }

    private Instruction onBuild() throws Refused {
        some();
        withoutFlags();
        var trigger = Runes.lower(Runes.trim(arguments.getFirst())).toUpperCase(Locale.ROOT);
        if (Set.of("ONBUILD", "FROM", "MAINTAINER").contains(trigger)) {
            throw wrong(trigger + " cannot follow ONBUILD", arguments.getFirst(), null);
        }
        return new Instruction.OnBuild(statement, trigger);
    }
}
