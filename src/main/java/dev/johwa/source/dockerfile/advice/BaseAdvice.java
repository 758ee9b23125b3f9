package dev.johwa.source.dockerfile.advice;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.dockerfile.ImageDescription.Base;
import dev.johwa.source.dockerfile.stage.Stage;
import dev.johwa.source.dockerfile.stage.Walk;
import java.util.List;

/// Images that change without a word.
final class BaseAdvice {
    private final Walk walk;

    BaseAdvice(Walk walk) {
        this.walk = walk;
    }

    List<Problem> of(Stage stage) {
        return walk.baseImage(stage)
                .filter(base -> base.reference().indexOf('$') < 0)
                .map(this::of)
                .orElseGet(List::of);
    }

    private List<Problem> of(Base base) {
        var reference = base.reference();
        var tag = tag(reference);
        if (reference.isBlank() || reference.contains("@") || !tag.isEmpty() && !tag.equals("latest")) {
            return List.of();
        }
        var name = tag.isEmpty() ? reference : reference.substring(0, reference.length() - tag.length() - 1);
        var message = tag.isEmpty()
                ? "'" + reference + "' has no tag: the newest is taken, whatever it is then"
                : "'" + reference + "' is whatever is the newest then";
        return List.of(Advice.warning("latest", message)
                .at(base.where())
                .hint("name a version: FROM " + name + ":VERSION, or a digest"));
    }

    /// Empty when it has none.
    static String tag(String reference) {
        int colon = reference.lastIndexOf(':');
        return colon > reference.lastIndexOf('/') ? reference.substring(colon + 1) : "";
    }
}
