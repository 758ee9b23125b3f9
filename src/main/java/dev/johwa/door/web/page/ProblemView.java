package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.WireProblem;
import java.util.List;

/// What went wrong, for a person: what happened, what to do, and the way back.
public final class ProblemView {
    private ProblemView() {}

    /// @param request the id under which the server's log has it
    public static Frame.Page page(Visit visit, int status, List<WireProblem> problems, String request) {
        var title = visit.say(visit.texts().has("problem." + status) ? "problem." + status : "problem.other");
        return Frame.Page.of(
                title,
                div(
                        styled("narrow"),
                        p(styled("quiet"), text(status)),
                        h1(text(title)),
                        each(
                                problems,
                                problem -> row(
                                        p(attribute("lang", "en"), Marks.told(problem.message())),
                                        when(
                                                problem.hint(),
                                                hint -> p(
                                                        styled("quiet"), attribute("lang", "en"), Marks.told(hint))))),
                        p(a(styled("button"), href("/"), visit.words("problem.back"))),
                        p(styled("help"), visit.words("problem.request", request))));
    }
}
