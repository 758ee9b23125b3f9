package dev.johwa.source.dockerfile.advice;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.stage.Stage;
import dev.johwa.source.dockerfile.stage.Stages;
import dev.johwa.source.dockerfile.stage.Walk;
import java.util.List;
import java.util.Set;

/// Who the program runs as.
final class UserAdvice {
    private static final Set<String> ROOT = Set.of("root", "0");

    private final Stages stages;
    private final Walk walk;

    UserAdvice(Stages stages, Walk walk) {
        this.stages = stages;
        this.walk = walk;
    }

    /// @param target the stage whose image runs
    List<Problem> of(Stage target) {
        var user = walk.image(target).user().map(each -> each.split(":", 2)[0]);
        var last = target.instructions().stream()
                .filter(Instruction.User.class::isInstance)
                .reduce((_, each) -> each)
                .orElse(target.from());
        var hint = "make a user and name it: USER 1000";
        if (user.filter(ROOT::contains).isPresent()) {
            return List.of(Advice.warning("root", "the image runs as root")
                    .at(stages.lines().of(last))
                    .hint(hint));
        }
        boolean isKnown = user.isPresent() || base(target).contains("nonroot");
        return isKnown
                ? List.of()
                : List.of(Advice.warning("root", "no USER is named: the image runs as root, unless its base says else")
                        .at(stages.lines().of(target.from()))
                        .hint(hint));
    }

    private String base(Stage target) {
        var before = walk.before(target);
        return before.isPresent() ? base(before.get()) : walk.base(target);
    }
}
