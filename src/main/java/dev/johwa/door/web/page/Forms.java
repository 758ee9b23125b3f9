package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.lib.html.Html;

/// What every form has.
final class Forms {
    private Forms() {}

    /// Shows that the form is of our own page.
    static Html hidden(Visit visit) {
        return when(
                !visit.form().isEmpty(),
                () -> input(attribute("type", "hidden"), attribute("name", "form"), attribute("value", visit.form())));
    }
}
