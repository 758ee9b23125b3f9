package dev.johwa.source.dockerfile.stage;

import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.syntax.Runes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The stages of a file, and what stands before the first.
public final class Stages {
    private final List<Instruction.Argument> arguments;
    private final List<Stage> all;
    private final char escape;
    private final Lines lines;
    /// Those of a name by their numbers.
    private final Map<String, TreeMap<Integer, Stage>> named = new HashMap<>();

    /// @param arguments ARG before the first FROM, for all of them
    /// @param escape as `# escape=` says
    public Stages(List<Instruction.Argument> arguments, List<Stage> all, char escape, Lines lines) {
        this.arguments = List.copyOf(arguments);
        this.all = List.copyOf(all);
        this.escape = escape;
        this.lines = lines;
        for (var stage : this.all) {
            stage.from()
                    .name()
                    .ifPresent(name ->
                            named.computeIfAbsent(name, _ -> new TreeMap<>()).put(stage.number(), stage));
        }
    }

    public List<Instruction.Argument> arguments() {
        return arguments;
    }

    public List<Stage> all() {
        return all;
    }

    public char escape() {
        return escape;
    }

    public Lines lines() {
        return lines;
    }

    /// The last of that name, in whatever case.
    public Optional<Stage> named(String raw) {
        return Optional.ofNullable(named.get(Runes.lower(raw)))
                .map(stages -> stages.lastEntry().getValue());
    }

    /// The stage that a base names at this place: only one before it can be meant.
    Optional<Stage> before(int number, String raw) {
        return Optional.ofNullable(named.get(raw))
                .map(stages -> stages.lowerEntry(number))
                .map(Map.Entry::getValue);
    }
}
