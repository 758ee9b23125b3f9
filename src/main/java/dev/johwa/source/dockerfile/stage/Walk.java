package dev.johwa.source.dockerfile.stage;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.problem.Place;
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
    private final Map<String, String> given;
    private final ShellWords words;
    private final Image globals = new Image();
    private final Map<Integer, Image> images = new HashMap<>();
    private final Map<Integer, String> bases = new HashMap<>();
    private final Map<Integer, Optional<String>> platforms = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();

    /// What a builder will refuse, although the file can be read.
    ///
    /// @param stage whose instructions it is among; empty for what a builder does in any case
    public record Failure(Refused why, Statement.Span lines, Optional<Stage> stage) {}

    /// @param given build arguments, by name
    public Walk(Stages stages, Map<String, String> given) {
        this.stages = stages;
        this.given = Map.copyOf(given);
        this.words = new ShellWords(stages.escape());
        globals.variables.putAll(Platform.arguments(given));
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
                var value =
                        given.containsKey(name) ? Optional.ofNullable(given.get(name)) : text(pair.value(), globals);
                value.ifPresent(each -> globals.variables.put(name, each));
            } catch (Refused e) {
                fail(e, argument, Optional.empty());
            }
        }
    }

    private Optional<String> text(Optional<String> raw, Image image) throws Refused {
        return raw.isEmpty() ? Optional.empty() : Optional.of(text(raw.get(), image));
    }

    private String text(String raw, Image image) throws Refused {
        return RawNames.text(words.word(raw, image));
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
        var image = base.map(Image::new).orElseGet(Image::new);
        image.variables.putIfAbsent("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        var step = new Step(image, globals, given, stages.escape());
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

    private void apply(Step step, Instruction instruction, Stage stage) {
        try {
            step.apply(instruction);
        } catch (Refused e) {
            fail(e, instruction, Optional.of(stage));
        }
    }

    /// The stage that this one begins with, when it is one of the file's.
    public Optional<Stage> before(Stage stage) {
        return stages.before(stage.number(), RawNames.ofText(base(stage)));
    }

    /// What a stage begins with, its variables replaced; as written where they cannot be.
    public String base(Stage stage) {
        var known = bases.get(stage.number());
        if (known != null) {
            return known;
        }
        var from = stage.from();
        var base = RawNames.text(from.image());
        try {
            base = text(from.image(), globals);
            bases.put(stage.number(), base);
            checkBase(stage, base);
        } catch (Refused e) {
            bases.put(stage.number(), base);
            fail(e, from, Optional.empty());
        }
        return base;
    }

    private void checkBase(Stage stage, String base) throws Refused {
        var written = stage.from().image();
        if (base.isEmpty()) {
            var hint = "give the ARG a value before FROM: ARG NAME=VALUE";
            throw new Refused("base", "'" + RawNames.text(written) + "' is empty: no image is named", written, hint);
        }
        if (!isMadeHere(stage) && !ImageNames.isOne(base)) {
            var hint = "write NAME:TAG in small letters, with HOST/ before it for another registry";
            throw new Refused("base", "'" + base + "' is no name of an image", written, hint);
        }
    }

    private Optional<String> platform(Stage stage) {
        var known = platforms.get(stage.number());
        if (known != null) {
            return known;
        }
        var raw = stage.from().platform();
        Optional<String> platform = Optional.empty();
        try {
            platform = raw.isEmpty() ? Optional.empty() : Optional.of(text(raw, globals));
            if (platform.isPresent() && !Platform.isOne(platform.get())) {
                throw new Refused(
                        "platform",
                        "'" + platform.get() + "' is no platform",
                        raw,
                        "write OS/ARCH, such as linux/amd64");
            }
        } catch (Refused e) {
            fail(e, stage.from(), Optional.empty());
        }
        platforms.put(stage.number(), platform);
        return platform;
    }

    /// The image that a stage begins with; empty for a stage of the file and for `scratch`.
    public Optional<Base> baseImage(Stage stage) {
        var platform = platform(stage);
        var base = base(stage);
        return isMadeHere(stage) ? Optional.empty() : Optional.of(new Base(base, platform, place(stage)));
    }

    private boolean isMadeHere(Stage stage) {
        return before(stage).isPresent() || base(stage).equals("scratch");
    }

    private Place place(Stage stage) {
        return stages.lines().of(stage.from(), stage.from().image());
    }
}
