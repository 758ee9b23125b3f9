package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.code;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.h2;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.AppList;
import dev.johwa.door.web.page.PlaceView.App;
import dev.johwa.door.web.page.PlaceView.Place;
import dev.johwa.lib.html.Html;
import dev.johwa.lib.text.Sizes;
import java.util.List;

/// What an environment runs on: its instances with what they use, and how often their processes were started again.
final class InstancesView {
    private InstancesView() {}

    static Html part(Visit visit, Place place) {
        boolean isOne = place.apps().size() == 1;
        return section(
                id("runs-on"),
                h2(visit.words("place.instances")),
                instances(visit, place, isOne),
                each(
                        place.apps(),
                        app -> each(app.placed().app().processes(), each -> restarts(visit, app, each, isOne))),
                each(List.of("place.none", "place.asleep", "place.files"), why -> idle(visit, place, why, isOne)));
    }

    private static Html instances(Visit visit, Place place, boolean isOne) {
        boolean isAny = place.apps().stream()
                .anyMatch(app -> !app.placed().app().instances().isEmpty());
        return when(
                isAny,
                () -> ul(
                        styled("rows table"),
                        each(
                                place.apps(),
                                app -> each(
                                        app.placed().app().instances(), each -> instance(visit, app, each, isOne)))));
    }

    /// Those apps that have no instance for that reason, on one line.
    private static Html idle(Visit visit, Place place, String why, boolean isOne) {
        var names = place.apps().stream()
                .filter(app -> app.placed().app().instances().isEmpty() && why(app).equals(why))
                .map(app -> app.placed().app().name())
                .toList();
        return when(
                !names.isEmpty(),
                () -> p(styled("quiet"), isOne ? nothing() : text(String.join(", ", names) + ": "), visit.words(why)));
    }

    private static String why(App app) {
        var state = app.placed().app().state();
        if (state.equals("sleeping")) {
            return "place.asleep";
        }
        return state.equals("live") && app.wanted().isEmpty() ? "place.files" : "place.none";
    }

    private static Html instance(Visit visit, App app, AppList.Instance instance, boolean isOne) {
        return li(
                Marks.state(visit, instance.state()),
                span(
                        styled("grow"),
                        text(isOne ? "" : app.placed().app().name() + " "),
                        text(instance.process() + " "),
                        code(styled("quiet"), text(instance.id()))),
                span(
                        styled("quiet side"),
                        visit.words(serves(app, instance) ? "release.number" : "place.warm", instance.release())),
                when(!instance.memoryBytes().isEmpty(), () -> memory(visit, instance)),
                when(!instance.cpuSeconds().isEmpty(), () -> cpu(visit, instance)),
                span(
                        styled("quiet side last"),
                        when(
                                instance.startedAt(),
                                since -> row(visit.words("place.since"), text(" "), Times.ago(visit, since)))));
    }

    private static boolean serves(App app, AppList.Instance instance) {
        return app.placed().app().release().orElse(instance.release()) == instance.release();
    }

    /// `84 MiB of 512 MiB`, as it was some seconds ago.
    private static Html memory(Visit visit, AppList.Instance instance) {
        var used = Sizes.memory(instance.memoryBytes().orElse(0));
        var limit = instance.memoryLimitBytes();
        return span(
                styled("quiet side used"),
                limit.isEmpty() ? text(used) : visit.words("place.memory", used, Sizes.memory(limit.getAsLong())));
    }

    /// Processor time, and how much of one processor now.
    private static Html cpu(Visit visit, AppList.Instance instance) {
        var time = Times.length((long) (instance.cpuSeconds().orElse(0) * 1000));
        var now = instance.cpus();
        return span(
                styled("quiet side used"),
                now.isEmpty()
                        ? visit.words("place.cpu", time)
                        : visit.words("place.cpu-now", time, Math.round(now.getAsDouble() * 100)));
    }

    private static Html restarts(Visit visit, App app, AppList.Process process, boolean isOne) {
        return when(
                process.restarts() > 0,
                () -> p(
                        styled("note"),
                        text(isOne ? "" : app.placed().app().name() + " "),
                        visit.words("place.restarts", process.process(), process.restarts()),
                        text(" "),
                        when(process.lastExitAt(), at -> Times.ago(visit, at)),
                        text(": " + process.lastExit().orElse(""))));
    }
}
