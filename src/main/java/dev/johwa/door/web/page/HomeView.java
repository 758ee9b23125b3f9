package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.each;
import static dev.johwa.lib.html.Tags.form;
import static dev.johwa.lib.html.Tags.h1;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.id;
import static dev.johwa.lib.html.Tags.input;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.span;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;
import static dev.johwa.lib.html.Tags.when;

import dev.johwa.door.api.AppList;
import dev.johwa.lib.html.Html;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All projects: what is live, is it well, what happened last.
public final class HomeView {
    /// More apps than these would hide the other projects.
    private static final int SHOWN = 6;

    private HomeView() {}

    /// @param apps in production
    /// @param previews how many further environments there are
    /// @param wrong how much is wrong now
    public record Project(
            String name, List<AppList.App> apps, int previews, long wrong, Optional<Overview.Last> last) {}

    /// Those on one page, in the order of their names.
    ///
    /// @param known how many there are in all
    /// @param wanted what their names hold, empty for all
    /// @param after the name that they follow, empty on the first page
    /// @param areMore whether others follow
    public record Projects(List<Project> shown, int known, String wanted, String after, boolean areMore) {
        private boolean isWhole() {
            return shown.size() == known;
        }

        private String address(String path, String from) {
            return path + "?q=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8) + "&after="
                    + URLEncoder.encode(from, StandardCharsets.UTF_8);
        }
    }

    public static Frame.Page page(Visit visit, Projects projects) {
        return Frame.Page.of(
                        visit.say("home.title"),
                        row(
                                div(styled("head"), h1(visit.words("home.title")), filter(visit, projects)),
                                list(visit, projects),
                                when(
                                        projects.areMore(),
                                        () -> p(
                                                styled("next"),
                                                a(
                                                        styled("button"),
                                                        href(projects.address(
                                                                "/",
                                                                projects.shown()
                                                                        .getLast()
                                                                        .name())),
                                                        visit.words("home.more"))))))
                .live(projects.isWhole() ? "/-/live" : projects.address("/-/live", projects.after()));
    }

    /// Where all are on the page a script sorts them out while one types; else the server is asked.
    private static Html filter(Visit visit, Projects projects) {
        return when(
                projects.known() > 5,
                () -> form(
                        attribute("role", "search"),
                        attribute("action", "/"),
                        input(
                                styled("filter"),
                                attribute("type", "search"),
                                attribute("name", "q"),
                                attribute("value", projects.wanted()),
                                projects.isWhole() ? attribute("data-filter", "#projects > li") : nothing(),
                                attribute("aria-label", visit.say("home.filter")),
                                attribute("placeholder", visit.say("home.filter")))));
    }

    /// The part that changes.
    public static Html list(Visit visit, Projects all) {
        var projects = all.shown();
        if (projects.isEmpty() && all.known() > 0) {
            return div(id("projects"), Marks.empty(p(visit.words("home.none"))));
        }
        if (projects.isEmpty()) {
            return div(
                    id("projects"),
                    Marks.empty(
                            p(visit.words("home.empty")),
                            Marks.command("git push " + visit.origin() + "/shop.git main")));
        }
        return ul(id("projects"), styled("rows projects"), each(projects, project -> item(visit, project)));
    }

    private static Html item(Visit visit, Project project) {
        return li(
                id("project-" + project.name()),
                div(
                        styled("what"),
                        a(styled("title"), href("/" + project.name()), text(project.name())),
                        each(shown(project), app -> app(visit, project, app)),
                        when(
                                project.apps().size() > SHOWN,
                                () -> span(
                                        styled("quiet small"),
                                        visit.words(
                                                "home.more-apps", project.apps().size() - SHOWN))),
                        when(
                                project.previews() > 0,
                                () -> span(styled("quiet small"), visit.words("home.previews", project.previews()))),
                        when(project.apps().isEmpty(), () -> span(styled("quiet"), visit.words("home.not-live"))),
                        when(
                                project.wrong() > 0,
                                () -> a(
                                        styled("reason"),
                                        href("/" + project.name()),
                                        visit.words("home.wrong", project.wrong())))),
                div(styled("happened"), when(project.last(), last -> last(visit, last))));
    }

    /// Those that do not serve first: they are looked for.
    private static List<AppList.App> shown(Project project) {
        return project.apps().stream()
                .sorted(Comparator.comparing(AppList.App::serves))
                .limit(SHOWN)
                .toList();
    }

    private static Html app(Visit visit, Project project, AppList.App app) {
        boolean isAlone = app.name().equals(project.name());
        return span(
                styled("app"),
                Marks.state(visit, app.state()),
                when(!isAlone, () -> text(app.name().substring(project.name().length() + 1))),
                app.release().isPresent()
                        ? span(
                                styled("quiet"),
                                visit.words("release.number", app.release().getAsInt()))
                        : nothing());
    }

    private static Html last(Visit visit, Overview.Last last) {
        var run = last.run();
        return row(
                a(
                        styled("line"),
                        href(RunsView.address(run)),
                        Marks.state(visit, run.state()),
                        span(styled("subject"), text(run.subject()))),
                RoadView.html(visit, last.road(), true),
                span(styled("quiet"), text(run.by() + " · "), Times.ago(visit, run.createdAt())));
    }
}
