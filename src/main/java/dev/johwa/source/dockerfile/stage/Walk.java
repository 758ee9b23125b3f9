package dev.johwa.source.dockerfile.stage;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.ImageDescription.Base;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.syntax.Refused;
import dev.johwa.source.dockerfile.syntax.ShellWords;
import dev.johwa.source.dockerfile.syntax.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Goes through stages with build arguments, and finds what their images say and what no builder will do. Of one
/// thread.
public final class Walk {
    private final Stages stages;
    private final Beside beside;
    private final Beginnings beginnings;
    private final Map<Integer, Image> images = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();

    /// What all instructions see beside the image that they change.
    ///
    /// @param given build arguments, by name
    record Beside(Image globals, Map<String, String> given, Budget budget, ShellWords words) {
        /// A text before any stage, where only the arguments above all of them are known.
        String text(String raw) throws Refused {
            budget.spend(raw.length());
            var text = RawNames.text(words.word(raw, globals));
            budget.spend(text.length());
            return text;
        }
    }

    /// What a builder will refuse, although the file can be read.
    ///
    /// @param stage whose instructions it is among; empty for what a builder does in any case
    public record Failure(Refused why, Statement.Span lines, Optional<Stage> stage) {}

    /// @param given build arguments, by name
    public Walk(Stages stages, Map<String, String> given) {
        this.stages = stages;
        this.beside = new Beside(new Image(), Map.copyOf(given), new Budget(), new ShellWords(stages.escape()));
        beside.globals.variables.putAll(Platform.arguments(given));
        this.beginnings = new Beginnings(stages, beside, failures::add);
        stages.arguments().forEach(this::global);
    }

    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    private void fail(Refused why, Instruction instruction, Optional<Stage> stage) {
        failures.add(new Failure(why, instruction.statement().span(), stage));
    }

    private void global(Instruction.Argument argument) {
        for (var pair : argument.pairs()) {
            var name = RawNames.text(pair.name());
            try {
                var value = Optional.ofNullable(beside.given.get(name));
                if (value.isEmpty() && pair.value().isPresent()) {
                    value = Optional.of(beside.text(pair.value().get()));
                }
                value.ifPresent(each -> beside.globals.variables.put(name, each));
            } catch (Refused e) {
                fail(e, argument, Optional.empty());
            }
        }
    }

    /// The image of a stage, worked out when it is first asked for, as are those that it begins with.
    public Image image(Stage stage) {
        var open = new ArrayDeque<Stage>();
        for (var next = Optional.of(stage);
                next.isPresent() && !images.containsKey(next.get().number()); ) {
            open.addFirst(next.get());
            next = before(next.get());
        }
        open.forEach(each -> images.put(each.number(), made(each)));
        return requireNonNull(images.get(stage.number()));
    }

    /// @param stage whose base is known
    private Image made(Stage stage) {
        var base = before(stage).map(each -> requireNonNull(images.get(each.number())));
        var image = base.flatMap(each -> begun(each, stage)).orElseGet(Image::new);
        image.variables.putIfAbsent("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        var step = new Step(image, beside);
        for (var trigger : base.map(each -> each.triggers).orElseGet(List::of)) {
            try {
                apply(step, Triggers.read(trigger), stage);
            } catch (Refused e) {
                fail(e, trigger, Optional.of(stage));
            }
        }
        stage.instructions().forEach(instruction -> apply(step, instruction, stage));
        return image;
    }

    private Optional<Image> begun(Image base, Stage stage) {
        try {
            beside.budget.spendEntries(base.size());
            return Optional.of(new Image(base));
        } catch (Refused e) {
            fail(e, stage.from(), Optional.of(stage));
            return Optional.empty();
        }
    }

    private void apply(Step step, Instruction instruction, Stage stage) {
        try {
            step.apply(instruction);
        } catch (Refused e) {
            fail(e, instruction, Optional.of(stage));
        }
    }

    /// The stage that this one begins with, when it is one of the file's.
    public Optional<Stage> before(Stage stage) {
        return beginnings.before(stage);
    }

    /// What a stage begins with, its variables replaced; as written where they cannot be.
    public String base(Stage stage) {
        return beginnings.base(stage);
    }

    /// The image that a stage begins with; empty for a stage of the file and for `scratch`.
    public Optional<Base> baseImage(Stage stage) {
        return beginnings.image(stage);
    }
}
