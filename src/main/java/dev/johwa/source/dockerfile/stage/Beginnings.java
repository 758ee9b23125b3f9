package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.ImageDescription.Base;
import dev.johwa.source.dockerfile.syntax.Refused;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What the stages of a file begin with, each worked out once. Of one thread.
final class Beginnings {
    private static final String NO_VALUE =
            "give the ARG a value before FROM: ARG NAME=VALUE; or docker.args in johwa.yaml";

    private final Stages stages;
    private final Walk.Beside beside;
    private final Consumer<Walk.Failure> failures;
    private final Map<Integer, String> bases = new HashMap<>();
    private final Map<Integer, Optional<String>> platforms = new HashMap<>();

    /// @param failures takes what a builder will refuse of them
    Beginnings(Stages stages, Walk.Beside beside, Consumer<Walk.Failure> failures) {
        this.stages = stages;
        this.beside = beside;
        this.failures = failures;
    }

    /// Of what a builder does in any case.
    private void fail(Refused why, Stage stage) {
        failures.accept(new Walk.Failure(why, stage.from().statement().span(), Optional.empty()));
    }

    /// The stage that this one begins with, when it is one of the file's.
    Optional<Stage> before(Stage stage) {
        return stages.before(stage.number(), RawNames.ofText(base(stage)));
    }

    /// What a stage begins with, its variables replaced; as written where they cannot be.
    String base(Stage stage) {
        var known = bases.get(stage.number());
        if (known != null) {
            return known;
        }
        var from = stage.from();
        var base = RawNames.text(from.image());
        try {
            base = beside.text(from.image());
            bases.put(stage.number(), base);
            checkBase(stage, base);
        } catch (Refused e) {
            bases.put(stage.number(), base);
            fail(e, stage);
        }
        return base;
    }

    private void checkBase(Stage stage, String base) throws Refused {
        var written = stage.from().image();
        if (base.isEmpty()) {
            throw new Refused(
                    "base", "'" + RawNames.text(written) + "' is empty: no image is named", written, NO_VALUE);
        }
        if (!isMadeHere(stage) && !ImageNames.isOne(base)) {
            var hint = written.contains("$")
                    ? NO_VALUE
                    : "write NAME:TAG in small letters, with HOST/ before it for another registry";
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
            platform = raw.isEmpty() ? Optional.empty() : Optional.of(beside.text(raw));
            if (platform.isPresent() && !Platform.isOne(platform.get())) {
                throw new Refused(
                        "platform",
                        "'" + platform.get() + "' is no platform",
                        raw,
                        "write OS/ARCH, such as linux/amd64");
            }
        } catch (Refused e) {
            fail(e, stage);
        }
        platforms.put(stage.number(), platform);
        return platform;
    }

    /// The image that a stage begins with; empty for a stage of the file and for `scratch`.
    Optional<Base> image(Stage stage) {
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
