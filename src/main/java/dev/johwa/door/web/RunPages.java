package dev.johwa.door.web;

import dev.johwa.build.pipeline.Run;
import dev.johwa.build.pipeline.RunTests;
import dev.johwa.build.pipeline.RunWords;
import dev.johwa.door.api.Road;
import dev.johwa.door.api.RunList;
import dev.johwa.door.web.page.LogLines;
import dev.johwa.door.web.page.LogLines.Line;
import dev.johwa.door.web.page.RunView;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Permission;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The page of a run: its road, its steps, what failed, and what it says.
final class RunPages {
    private static final String RUN = "/{project}/runs/{number}";
    private static final int SHOWN = 500;
    private static final int SENT = 2_000;
    private static final int FOUND = 500;
    private static final int FAILED_TESTS = 50;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Pages pages;
    private final WebRooms rooms;
    private final Messages messages;
    private final RunHealth health;

    RunPages(Pages pages, WebRooms rooms, Messages messages) {
        this.pages = pages;
        this.rooms = rooms;
        this.messages = messages;
        this.health = new RunHealth(rooms.releases(), rooms.releaseWatch());
    }

    List<Route> all() {
        return List.of(
                Route.get(RUN, Access.READ, "A run", this::show),
                Route.get(RUN + "/live", Access.READ, "What it says and how it goes", this::follow),
                Route.get(RUN + "/log", Access.READ, "All that it said, as text", this::whole),
                Route.post(RUN + "/rerun", Access.PUSH, "Run it again", this::rerun),
                Route.post(RUN + "/cancel", Access.PUSH, "Cancel it", this::cancel));
    }

    private Run run(Call call) {
        return rooms.pipelines().require(KnownProject.require(call, rooms), call.number("number"));
    }

    private void show(Call call) throws IOException {
        var run = run(call);
        var visit = pages.visit(call);
        pages.show(call, visit, RunView.page(visit, story(call, run), log(call, run)));
    }

    private RunView.Story story(Call call, Run run) {
        var item = RunRoutes.item(run, messages.issues(run));
        var failed =
                rooms.pipelines().tests(run.project(), run.number(), new RunTests.Asked(true, false, 0, FAILED_TESTS));
        boolean mayPush = call.identity()
                .filter(who -> who.may(Permission.PUSH, Optional.of(run.project())))
                .isPresent();
        return new RunView.Story(
                item,
                Road.of(item, health.of(run)),
                failed.tests().stream().map(RunRoutes::test).toList(),
                report(call, item),
                mayPush);
    }

    /// Of what failed somebody may want to say more.
    private Optional<String> report(Call call, RunList.Item run) {
        if (!run.state().equals("failed")) {
            return Optional.empty();
        }
        var title = "Run " + run.number() + " failed: " + run.reason();
        var text = call.base() + "/" + run.project() + "/runs/" + run.number() + "\n\nCommit " + run.commit();
        return rooms.connections()
                .find(run.project())
                .flatMap(each -> each.issues().form(title, text));
    }

    /// The last lines, those before a place, those around one, or those that contain a text.
    private LogLines log(Call call, Run run) {
        var find = call.query("find");
        if (find.isPresent()) {
            return found(run, find.get());
        }
        var before = place(call, "before");
        if (before.isPresent()) {
            return lines(rooms.pipelines().wordsBefore(run.project(), run.number(), before.get(), SHOWN));
        }
        var at = place(call, "at");
        if (at.isPresent()) {
            long start = rooms.pipelines()
                    .wordsBefore(run.project(), run.number(), at.get(), SHOWN / 2)
                    .start();
            return lines(rooms.pipelines().wordsAfter(run.project(), run.number(), start, SHOWN))
                    .around(at.get());
        }
        return lines(rooms.pipelines().wordsBefore(run.project(), run.number(), -1, SHOWN))
                .asLast(!run.state().isOver());
    }

    private static Optional<Long> place(Call call, String name) {
        return call.query(name).map(text -> {
            try {
                return Math.max(0, Long.parseLong(text));
            } catch (NumberFormatException e) {
                throw Problem.user("request.number", name + " is '" + text + "', which is no number")
                        .exception();
            }
        });
    }

    private static LogLines lines(RunWords words) {
        return LogLines.of(lines(words.lines()), words.start(), words.end());
    }

    private static List<Line> lines(List<RunWords.Line> lines) {
        return lines.stream().map(line -> new Line(line.at(), line.text())).toList();
    }

    private LogLines found(Run run, String text) {
        var words = rooms.pipelines().wordsWith(run.project(), run.number(), text, FOUND);
        return LogLines.of(lines(words.lines()), 0, 0).with(text);
    }

    /// Parts as they change, and lines as they come after the place that the page has; none for a page that shows
    /// earlier ones.
    private void follow(Call call) throws IOException, InterruptedException {
        var run = run(call);
        var start = Optional.ofNullable(call.context().header("Last-Event-ID"))
                .filter(id -> id.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .or(() -> place(call, "after"));
        var words = new Words(call, run, start);
        pages.live().follow(call, PAUSE, () -> RunView.parts(pages.visit(call), story(call, run(call))), words::send);
    }

    /// What a page that follows a run has been sent of its words.
    private final class Words {
        private final Call call;
        private final Run run;
        /// Empty when it wants none.
        private Optional<Long> place;

        Words(Call call, Run run, Optional<Long> place) {
            this.call = call;
            this.run = run;
            this.place = place;
        }

        /// @return whether there may be more
        boolean send(EventStream stream) throws IOException {
            // Asked before the words: what is said until then is among them.
            var now = rooms.pipelines().require(run.project(), run.number());
            return place.isPresent() && send(stream, now, place.get())
                    || !now.state().isOver();
        }

        /// @return whether there are more already
        private boolean send(EventStream stream, Run now, long from) throws IOException {
            var words = rooms.pipelines().wordsAfter(run.project(), run.number(), from, SENT);
            if (!words.lines().isEmpty()) {
                place = Optional.of(words.end());
                var html = lines(words).html(pages.visit(call), RunRoutes.item(now, List.of()));
                stream.send(words.end(), "lines", new Said(html));
            }
            return words.lines().size() == SENT;
        }
    }

    /// Lines as a browser gets them.
    record Said(String html) {}

    private void whole(Call call) throws IOException {
        var run = run(call);
        var response = call.context().res();
        response.setContentType("text/plain; charset=utf-8");
        try (var lines = rooms.pipelines().log(run.project(), run.number());
                var out = new BufferedWriter(
                        new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
            for (var line : (Iterable<String>) lines::iterator) {
                out.write(line);
                out.write('\n');
            }
        }
    }

    private void rerun(Call call) {
        var run = run(call);
        rooms.pipelines().rerun(run.project(), run.number(), call.by());
        Pages.go(call, "/" + run.project() + "/runs/" + run.number());
    }

    private void cancel(Call call) {
        var run = run(call);
        rooms.pipelines().cancel(run.project(), run.number(), call.by());
        Pages.go(call, "/" + run.project() + "/runs/" + run.number());
    }
}
