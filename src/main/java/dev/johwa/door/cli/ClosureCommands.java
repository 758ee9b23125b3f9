package dev.johwa.door.cli;

import dev.johwa.door.api.AppClosure;
import dev.johwa.lib.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Telling people to wait, or to come back.
final class ClosureCommands {
    private ClosureCommands() {}

    @Command(
            description = "Lets requests of an app wait, for a migration or the switch of a database, until "
                    + "`johwa resume`. Those that waited too long, and those that come later, are answered 503 with "
                    + "Retry-After. Waits until requests that are under way have ended, some seconds at most.",
            footer = {
                "%nExample:",
                "  johwa pause shop --for 20s && ./move-database.sh; johwa resume shop",
                "  johwa pause shop -e staging"
            })
    static final class Pause extends AppVerb {
        @Option(
                names = "--for",
                paramLabel = "TIME",
                defaultValue = "30s",
                description = "How long requests wait at most, from 1s to 5m; default: 30s.")
        String time = "30s";

        Pause(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var paused = client().pause(app(), new AppClosure.Pause(Optional.of(environment), seconds(time)));
            if (!toldAsJson(paused)) {
                screen().line("paused: " + named(paused) + "; requests wait until "
                        + paused.until().map(Times::local).orElse("it is resumed"));
                if (paused.underWay() > 0) {
                    screen().progress(paused.underWay() + " that began before go on (long ones, or open WebSockets)");
                }
                screen().progress("`johwa resume " + command(paused) + "` lets them go on");
            }
            return ExitCode.DONE;
        }

        private static int seconds(String text) {
            var time = text.matches("\\d{1,6}(s|m)") ? Duration.parse("PT" + text) : Duration.ZERO;
            if (time.isZero()) {
                throw Problem.user("usage.time", "'" + text + "' is no time that requests can wait")
                        .hint("write one from 1s to 5m, such as 20s or 2m")
                        .exception();
            }
            return (int) time.toSeconds();
        }
    }

    @Command(
            description = "Lets requests of a paused app go on; those that wait are answered at once.",
            footer = {"%nExample:", "  johwa resume shop"})
    static final class Resume extends AppVerb {
        Resume(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var now = client().resume(app(), new AppClosure.Resume(Optional.of(environment)));
            if (!toldAsJson(now)) {
                show(screen(), now);
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Shows visitors of an app a page while you work on it, also over restarts and releases, or "
                    + "tells whether they see it. The page is maintenance.html of the repository where there is one. "
                    + "The team gets in by `johwa open --share`, or from the addresses of --from.",
            footer = {
                "%nExample:",
                "  johwa maintenance shop on --message 'Back at ten.' --from 203.0.113.7",
                "  johwa maintenance shop off",
                "  johwa maintenance shop"
            })
    static final class Maintenance extends AppVerb {
        @Nullable
        @Parameters(index = "1", arity = "0..1", paramLabel = "on|off", description = "Absent: tells how it is.")
        String wanted;

        @Nullable
        @Option(names = "--message", paramLabel = "TEXT", description = "What visitors read; the usual words else.")
        String message;

        @Option(
                names = "--from",
                paramLabel = "ADDRESS",
                split = ",",
                description = "An address or a range (10.0.0.0/8) that is let in.")
        List<String> from = new ArrayList<>();

        Maintenance(Session session) {
            super(session);
        }

        @Override
        boolean leavesNameOut(List<String> words) {
            return List.of("on", "off").contains(words.getFirst());
        }

        @Override
        public Integer call() {
            var now = wanted == null ? client().maintenance(app(), environment) : changed(wanted);
            if (!toldAsJson(now)) {
                show(screen(), now);
                if (wanted != null && now.state().equals("maintenance")) {
                    screen().progress(
                                    now.ownPage()
                                            ? "visitors see maintenance.html of the repository"
                                            : "visitors see our page; a maintenance.html in the repository would be yours");
                    screen().progress("`johwa open " + command(now) + " --share` makes a link that is let in");
                }
            }
            return ExitCode.DONE;
        }

        private AppClosure changed(String word) {
            boolean on = word.equals("on");
            if (!on && !word.equals("off")) {
                throw Problem.user("usage.maintenance", "'" + word + "' is neither on nor off")
                        .hint("write `johwa maintenance NAME on`, or off")
                        .exception();
            }
            return client().maintain(
                            app(),
                            new AppClosure.Maintenance(
                                    Optional.of(environment), on, Optional.ofNullable(message), from));
        }
    }

    private static void show(Screen screen, AppClosure now) {
        var since = now.since().map(at -> " since " + Times.local(at)).orElse("")
                + now.by().map(by -> " by " + by).orElse("");
        var how = switch (now.state()) {
            case "open" -> "answers as usual";
            case "maintenance" -> "is in maintenance" + since;
            case String state -> "is " + state + since;
        };
        screen.line(named(now) + " " + how);
    }

    private static String named(AppClosure now) {
        return InEnvironment.shown(now.app(), now.environment());
    }

    private static String command(AppClosure now) {
        return InEnvironment.words(now.app(), now.environment());
    }
}
