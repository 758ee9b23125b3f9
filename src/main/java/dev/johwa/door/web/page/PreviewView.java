package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;

/// The short stop on the way to a preview.
public final class PreviewView {
    private PreviewView() {}

    /// @param goal where it goes on by itself
    public static Frame.Page page(Visit visit, String host, String goal) {
        return Frame.Page.of(
                visit.say("preview.title"),
                div(
                        styled("narrow"),
                        h1(visit.words("preview.title")),
                        p(a(styled("button"), href(goal), text(host)))));
    }
}
