package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.flag;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.option;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.select;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;

import dev.johwa.lib.html.Html;
import dev.johwa.lib.html.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What forms have.
final class Forms {
    private Forms() {}

    /// Shows that the form is of our own page.
    static Html hidden(Visit visit) {
        return visit.form().isEmpty() ? nothing() : hidden("form", visit.form());
    }

    /// A field that nobody sees.
    static Html hidden(String name, String value) {
        return input(attribute("type", "hidden"), attribute("name", name), attribute("value", value));
    }

    /// Why a form was not taken.
    static Html wrong(Html words) {
        return p(styled("wrong"), id("wrong"), attribute("role", "alert"), words);
    }

    /// A person's name.
    static Html name(String value) {
        return input(
                id("name"),
                attribute("name", "name"),
                attribute("type", "text"),
                attribute("value", value),
                attribute("autocomplete", "username"),
                attribute("autocapitalize", "none"),
                attribute("spellcheck", "false"),
                flag("required"));
    }

    /// @param use `current-password` or `new-password`, for those who keep passwords
    /// @param told ids of what is said of it; none of them for nothing
    static Html password(String use, List<String> told) {
        var pieces = new ArrayList<Piece>(List.of(
                id("password"),
                attribute("name", "password"),
                attribute("type", "password"),
                attribute("autocomplete", use),
                flag("required")));
        if (!told.isEmpty()) {
            pieces.add(attribute("aria-describedby", String.join(" ", told)));
        }
        return input(pieces.toArray(Piece[]::new));
    }

    /// A short text with its words inside.
    static Html field(String name, String label) {
        return input(
                attribute("name", name),
                attribute("type", "text"),
                attribute("aria-label", label),
                attribute("placeholder", label),
                attribute("autocomplete", "off"),
                attribute("autocapitalize", "none"),
                attribute("spellcheck", "false"),
                flag("required"));
    }

    /// The same that may stay empty.
    static Html optional(String name, String label) {
        return input(
                attribute("name", name),
                attribute("type", "text"),
                attribute("aria-label", label),
                attribute("placeholder", label),
                attribute("autocomplete", "off"));
    }

    /// A choice of several; the first is taken when nobody chooses.
    ///
    /// @param choices what is sent, with its words
    static Html choice(String name, String label, Map<String, String> choices) {
        return choice(name, label, choices, "");
    }

    /// The same with one that is taken when nobody chooses.
    ///
    /// @param chosen what is sent then; the first where it is none of them
    static Html choice(String name, String label, Map<String, String> choices, String chosen) {
        return select(
                attribute("name", name),
                attribute("aria-label", label),
                each(
                        choices.entrySet(),
                        each -> one(
                                each.getKey(), each.getValue(), each.getKey().equals(chosen))));
    }

    private static Html one(String value, String words, boolean isChosen) {
        return isChosen
                ? option(attribute("value", value), flag("selected"), text(words))
                : option(attribute("value", value), text(words));
    }
}
