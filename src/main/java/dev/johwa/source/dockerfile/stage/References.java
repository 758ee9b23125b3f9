package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.instruction.Instruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which stage takes from which: by FROM, by `COPY --from` and by `RUN --mount=from=`.
public final class References {
    /// As Go's `strconv.Atoi` reads it.
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,9}");

    /// @param to the stage that is meant, empty where it is none of the file
    /// @param isFrom it begins with it
    public record Reference(Stage by, Instruction instruction, String name, Optional<Stage> to, boolean isFrom) {
        /// The name for people.
        public String text() {
            return RawNames.text(name);
        }
    }

    /// Whether an image is meant that is not made here.
    public static boolean isImage(Reference reference) {
        boolean isStage = reference.to().isPresent() || isNumber(reference);
        return !isStage
                && !reference.name().equals("scratch")
                && reference.name().indexOf('$') < 0;
    }

    private final Stages stages;
    private final List<Reference> all = new ArrayList<>();
    /// By the number of the stage that has them.
    private final Map<Integer, List<Reference>> by = new HashMap<>();

    private References(Stages stages) {
        this.stages = stages;
    }

    public static References of(Stages stages, Walk walk) {
        var references = new References(stages);
        for (var stage : stages.all()) {
            walk.before(stage)
                    .ifPresent(base -> references.add(stage, stage.from(), base.name(), Optional.of(base), true));
            stage.instructions().forEach(instruction -> references.look(stage, instruction));
        }
        return references;
    }

    private void add(Stage by, Instruction instruction, String name, Optional<Stage> to, boolean isFrom) {
        var reference = new Reference(by, instruction, name, to, isFrom);
        all.add(reference);
        this.by.computeIfAbsent(by.number(), _ -> new ArrayList<>()).add(reference);
    }

    private void look(Stage stage, Instruction instruction) {
        switch (instruction) {
            case Instruction.Copy copy
            when !copy.from().isEmpty() ->
                add(stage, copy, copy.from(), numbered(copy.from()).or(() -> stages.named(copy.from())), false);
            case Instruction.Run run ->
                run.mounts().stream()
                        .filter(mount -> !mount.from().isEmpty())
                        .forEach(mount -> add(stage, run, mount.from(), stages.named(mount.from()), false));
            default -> {
                // Takes from none.
            }
        }
    }

    private Optional<Stage> numbered(String name) {
        if (!NUMBER.matcher(name).matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(name);
        return number >= 0 && number < stages.all().size()
                ? Optional.of(stages.all().get(number))
                : Optional.empty();
    }

    /// Whether the stage of a number is meant, of which only copies know.
    public static boolean isNumber(Reference reference) {
        return reference.instruction() instanceof Instruction.Copy
                && NUMBER.matcher(reference.name()).matches();
    }

    private List<Reference> of(Stage stage) {
        return by.getOrDefault(stage.number(), List.of());
    }

    public List<Reference> all() {
        return List.copyOf(all);
    }

    /// Numbers of the stages that a stage needs to be built, its own included.
    public BitSet needed(Stage target) {
        var found = new BitSet();
        var open = new ArrayDeque<>(List.of(target));
        while (!open.isEmpty()) {
            var stage = open.removeFirst();
            if (!found.get(stage.number())) {
                found.set(stage.number());
                of(stage).stream().flatMap(reference -> reference.to().stream()).forEach(open::add);
            }
        }
        return found;
    }

    /// Whether a reference leads back to the stage that has it, by copies alone.
    public boolean isCircle(Reference reference) {
        var target = reference.to();
        if (target.isEmpty() || reference.isFrom()) {
            return false;
        }
        var seen = new BitSet();
        var open = new ArrayDeque<>(List.of(target.get()));
        while (!open.isEmpty()) {
            var stage = open.removeFirst();
            if (stage.number() == reference.by().number()) {
                return true;
            }
            if (!seen.get(stage.number())) {
                seen.set(stage.number());
                of(stage).stream()
                        .filter(each -> !each.isFrom())
                        .flatMap(each -> each.to().stream())
                        .forEach(open::add);
            }
        }
        return false;
    }
}
