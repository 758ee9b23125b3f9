package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.button;
import static dev.johwa.lib.html.Tags.details;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.label;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.summary;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.web.page.PlaceView.App;
import dev.johwa.door.web.page.PlaceView.Place;
import dev.johwa.lib.html.Html;
import java.util.Map;

/// What those who look after an app can do to it on its page; each says what it will do.
final class PlaceForms {
    private PlaceForms() {}

    /// Those of each app; of many they open when they are asked for.
    static Html all(Visit visit, Place place) {
        var all = each(place.apps(), app -> acts(visit, place, app));
        return place.mayOperate() && NowView.isLong(place.apps())
                ? details(styled("many"), summary(styled("button"), visit.words("place.acts")), all)
                : all;
    }

    private static Html acts(Visit visit, Place place, App app) {
        return when(
                place.mayOperate(),
                () -> div(
                        styled("acts"),
                        when(
                                place.apps().size() > 1,
                                () -> span(
                                        styled("strong small"),
                                        text(app.placed().app().name()))),
                        switch (app.closure().state()) {
                            case "maintenance" -> act(visit, place, app, "open");
                            case "paused" -> act(visit, place, app, "resume");
                            default ->
                                div(styled("acts"), maintenance(visit, place, app), asked(visit, place, app, "pause"));
                        },
                        when(!app.wanted().isEmpty(), () -> scale(visit, place, app)),
                        again(visit, place, app)));
    }

    private static Html act(Visit visit, Place place, App app, String verb) {
        return posted(visit, place, app, verb, button(visit.words("place." + verb)));
    }

    /// Only where something runs or sleeps that could be started.
    private static Html again(Visit visit, Place place, App app) {
        if (app.placed().app().state().equals("sleeping")) {
            return act(visit, place, app, "wake");
        }
        boolean runs = app.wanted().values().stream().anyMatch(count -> count > 0);
        return when(runs, () -> asked(visit, place, app, "restart"));
    }

    private static Html maintenance(Visit visit, Place place, App app) {
        return asked(visit, place, app, "maintenance", Forms.optional("message", visit.say("place.message")));
    }

    private static Html scale(Visit visit, Place place, App app) {
        return asked(visit, place, app, "scale", each(app.wanted().entrySet(), PlaceForms::count));
    }

    /// One that says what it will do before it is done.
    private static Html asked(Visit visit, Place place, App app, String verb, Html... fields) {
        var key = "place." + verb;
        return details(
                styled("act-on"),
                summary(styled("button"), visit.words(key)),
                posted(
                        visit,
                        place,
                        app,
                        verb,
                        p(styled("help"), visit.words(key + ".help")),
                        row(fields),
                        button(visit.words(key + ".do"))));
    }

    private static Html count(Map.Entry<String, Integer> wanted) {
        return label(
                styled("count"),
                text(wanted.getKey()),
                input(
                        attribute("type", "number"),
                        attribute("name", "count-" + wanted.getKey()),
                        attribute("min", 0),
                        attribute("max", 100),
                        attribute("value", wanted.getValue())));
    }

    private static Html posted(Visit visit, Place place, App app, String verb, Html... fields) {
        return form(
                styled("stack"),
                attribute("method", "post"),
                attribute(
                        "action",
                        Overview.app(place.project(), app.placed().app().name()) + "/" + verb),
                Forms.hidden(visit),
                Forms.hidden("environment", place.environment()),
                row(fields));
    }
}
