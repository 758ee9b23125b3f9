package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.details;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.summary;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.RunList;
import dev.johwa.lib.html.Html;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a step of a run printed, under its name: open while it goes on and when it failed, closed when all is well.
///
/// @param step as its lines name it: `test`, or `[api] test` where a run has several apps
/// @param stage how it went; empty when nobody knows
record Fold(String step, Optional<RunList.Stage> stage) {
    private static final Pattern OF_APP = Pattern.compile("\\[(.+?)] *(.*)");
    private static final Set<String> WELL = Set.of("done", "reused", "skipped");

    static Fold of(RunList.Item run, String step) {
        var found = OF_APP.matcher(step);
        boolean hasApp = found.matches();
        var name = hasApp ? found.group(2) : step;
        var stage = run.stages().stream()
                .filter(each -> each.name().equals(name))
                .filter(each -> !hasApp || each.app().equals(found.group(1)))
                .reduce((earlier, later) -> later);
        return new Fold(step, stage);
    }

    /// @param isOne whether the run has one app only
    static Fold of(RunList.Stage stage, boolean isOne) {
        return new Fold(isOne ? stage.name() : "[" + stage.app() + "] " + stage.name(), Optional.of(stage));
    }

    /// @param isWanted whether it is open even if all is well
    Html html(Visit visit, boolean isWanted, Html lines) {
        boolean isOpen =
                isWanted || stage.filter(each -> WELL.contains(each.state())).isEmpty();
        return isOpen
                ? details(id(place()), styled("fold"), flag("open"), head(visit), lines)
                : details(id(place()), styled("fold"), head(visit), lines);
    }

    /// What changes of it.
    Html head(Visit visit) {
        return summary(
                id(headPlace()),
                when(stage, each -> Marks.state(visit, each.state())),
                span(styled("strong"), text(step.replaceAll(" +", " "))),
                when(
                        stage.filter(each -> each.millis() > 0),
                        each -> span(styled("quiet side last"), text(Times.length(each.millis())))));
    }

    /// The element of its head on a page.
    String headPlace() {
        return place() + "-head";
    }

    private String place() {
        var place = new StringBuilder("fold-");
        for (char letter : step.replaceAll(" +", " ").toCharArray()) {
            if (Character.isLetterOrDigit(letter) || letter == '-') {
                place.append(letter);
            } else {
                place.append('_').append(Integer.toHexString(letter));
            }
        }
        return place.toString();
    }
}
