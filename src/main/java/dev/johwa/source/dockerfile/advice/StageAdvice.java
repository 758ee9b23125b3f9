package dev.johwa.source.dockerfile.advice;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import dev.johwa.lib.text.Near;
import dev.johwa.source.dockerfile.stage.ImageNames;
import dev.johwa.source.dockerfile.stage.References;
import dev.johwa.source.dockerfile.stage.References.Reference;
import dev.johwa.source.dockerfile.stage.Stage;
import dev.johwa.source.dockerfile.stage.Stages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Stages that are not there, come too late, or need each other.
final class StageAdvice {
    /// More say nothing new.
    private static final int MOST = 100;

    private final Stages stages;
    private final References references;
    private final List<Problem> problems = new ArrayList<>();

    StageAdvice(Stages stages, References references) {
        this.stages = stages;
        this.references = references;
    }

    List<Problem> all() {
        var names = new HashSet<String>();
        for (var stage : stages.all()) {
            if (stage.from().name().isPresent() && !names.add(stage.name())) {
                problems.add(Advice.warning("stage-twice", "a second stage is named '" + stage.name() + "'")
                        .at(stages.lines().of(stage.from(), stage.name()))
                        .hint("give it another name: COPY --from finds only the last"));
            }
        }
        var needed = references.needed(stages.all().getLast());
        references.all().stream()
                .filter(reference -> !reference.isFrom())
                .forEach(reference -> look(reference, needed.get(reference.by().number())));
        return problems;
    }

    /// @param isBuilt the last stage needs it
    private void look(Reference reference, boolean isBuilt) {
        if (problems.size() >= MOST) {
            return;
        }
        var to = reference.to();
        if (to.isPresent()) {
            // Each circle has a copy that looks ahead.
            if (to.get().number() < reference.by().number()) {
                return;
            }
            if (references.isCircle(reference)) {
                add(error("stage-circle", circle(reference)), reference, "take one of the two copies out");
            } else {
                var late = error("stage-order", "the stage '" + to.get().name() + "' comes only after this one");
                add(isBuilt ? late : late.as(Severity.WARNING), reference, "move it before this stage");
            }
        } else if (References.isNumber(reference)) {
            var range = stages.all().size() == 1
                    ? "there is only stage 0"
                    : "there are 0 to " + (stages.all().size() - 1);
            add(error("unknown-stage", "there is no stage " + reference.text()), reference, range);
        } else if (reference.name().indexOf('$') >= 0) {
            add(
                    error("unknown-stage", "'" + reference.text() + "': variables are not replaced here"),
                    reference,
                    "make a stage of it, FROM " + reference.text() + " AS NAME, and name that");
        } else {
            unknown(reference);
        }
    }

    private String circle(Reference reference) {
        var name = reference.to().map(Stage::name).orElse("");
        return name.equals(reference.by().name())
                ? "the stage '" + name + "' copies from itself"
                : "the stages '" + name + "' and '" + reference.by().name() + "' need each other";
    }

    /// Builders take it for an image, and fetch that: an error only where no image is named so.
    private void unknown(Reference reference) {
        var name = reference.text();
        if (name.equals("scratch")) {
            return;
        }
        var names = stages.all().stream().map(Stage::name).toList();
        if (!ImageNames.isOne(name)) {
            add(
                    error("unknown-stage", "no stage is named '" + name + "', and no image can be"),
                    reference,
                    Near.question(name, names).orElse("write NAME:TAG in small letters, or add FROM IMAGE AS NAME"));
            return;
        }
        boolean isPlainlyImage = name.contains("/") || name.contains(":") || name.contains("@");
        if (isPlainlyImage) {
            return;
        }
        var hint =
                Near.question(name, names).orElse("name a stage, or the image with its version: " + name + ":VERSION");
        add(
                Advice.warning("unknown-stage", "no stage is named '" + name + "': it is fetched as an image"),
                reference,
                hint);
    }

    private static Problem error(String code, String message) {
        return Problem.user("dockerfile." + code, message);
    }

    private void add(Problem problem, Reference reference, String hint) {
        var place = stages.lines().of(reference.instruction(), "from=" + reference.name());
        problems.add(problem.at(place).hint(hint));
    }
}
