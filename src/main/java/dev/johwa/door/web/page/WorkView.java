package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.pre;
import static dev.johwa.lib.html.Tags.section;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;

import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.Event;
import dev.johwa.door.api.Operation;
import dev.johwa.lib.html.Html;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Long work: what it said so far, and how it ended.
public final class WorkView {
    private WorkView() {}

    /// @param events all that it said, the last one tells how it ended
    public record Work(Operation operation, String project, List<Event> events) {}

    public static Frame.Page page(Visit visit, Work work) {
        var page = Frame.Page.of(title(visit, work) + " · " + work.project(), part(visit, work))
                .in(new Frame.Section(work.project(), "", title(visit, work)));
        return work.operation().over()
                ? page
                : page.live(
                        "/" + work.project() + "/operations/" + work.operation().id() + "/live");
    }

    /// Work that no page begins is called as the API calls it.
    private static String title(Visit visit, Work work) {
        var name = work.operation().name();
        return visit.texts().has("work." + name) ? visit.say("work." + name) : name;
    }

    /// The part that changes.
    public static Html part(Visit visit, Work work) {
        return section(
                id("work"),
                div(styled("what"), Marks.state(visit, state(work)), h1(text(title(visit, work)))),
                each(reasons(work), reason -> div(styled("verdict bad"), p(text(reason)))),
                pre(
                        styled("words"),
                        attribute("tabindex", "0"),
                        each(
                                work.events().stream().flatMap(event -> event.text().stream()),
                                line -> text(line + "\n"))),
                p(a(styled("button"), href("/" + work.project()), visit.words("work.back", work.project()))));
    }

    private static Optional<Event> end(Work work) {
        return work.events().stream().filter(Event::isLast).findFirst();
    }

    private static String state(Work work) {
        var end = end(work);
        return end.isEmpty() ? "running" : reasons(work).isEmpty() ? "done" : "failed";
    }

    /// Why it did not come to what was asked; empty when it did, or goes on.
    private static List<String> reasons(Work work) {
        var end = end(work);
        var problems = end.flatMap(Event::problems).orElse(List.of()).stream()
                .map(problem -> problem.message()
                        + problem.hint().map(hint -> " — " + hint).orElse(""));
        var unlucky = end.flatMap(Event::result)
                .filter(result -> result instanceof Deployed deployed && !deployed.live())
                .map(result -> ((Deployed) result).reason());
        return Stream.concat(problems, unlucky.stream()).toList();
    }
}
