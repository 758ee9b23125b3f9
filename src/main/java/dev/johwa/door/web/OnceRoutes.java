package dev.johwa.door.web;

import dev.johwa.door.api.Operation;
import dev.johwa.door.api.Orders;
import dev.johwa.door.api.Ran;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.Once;
import dev.johwa.serve.release.Releases;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Commands that run once with what is live.
final class OnceRoutes {
    private static final int LONGEST_MINUTES = 24 * 60;
    private static final int MOST_WORDS = 1_000;

    private final Releases releases;
    private final LongWorks works;

    OnceRoutes(WebRooms rooms, LongWorks works) {
        this.releases = rooms.releases();
        this.works = works;
    }

    List<Route> all() {
        return List.of(Route.post("/api/v1/apps/{project}/{app}/once", Access.OPERATE, "Run a command once", this::once)
                .takes(Orders.Once.class)
                .gives(202, Operation.class));
    }

    private void once(Call call) throws IOException {
        var order = call.body(Orders.Once.class);
        requireSound(order.command(), order.minutes());
        var where = ReleaseRoutes.where(call, order.environment());
        UnknownApp.require(call, releases, where);
        var limit = Optional.of(order.minutes()).filter(minutes -> minutes > 0).map(Duration::ofMinutes);
        var once = new Once(where, order.command(), limit, call.by());
        var live = releases.requireLive(where);
        var cancel = new Cancel();
        var work = works.start("once", where.project(), Optional.of(cancel), progress -> {
            var result = releases.errands().once(once, live, (channel, line) -> progress.say(line), cancel);
            var exit = result.exit();
            return new Ran(where.name(), where.environment(), result.release().number(), status(exit), exit.text());
        });
        call.answer(202, work.operation());
    }

    static void requireBounded(List<String> words) {
        if (words.size() > MOST_WORDS) {
            throw Problem.user("once.command", words.size() + " words are too many for a command")
                    .hint("give it at most " + MOST_WORDS)
                    .exception();
        }
    }

    static void requireSound(List<String> command, int minutes) {
        if (command.isEmpty()) {
            throw Problem.user("once.command", "a command has 1 to " + MOST_WORDS + " words")
                    .exception();
        }
        requireBounded(command);
        if (minutes < 0 || minutes > LONGEST_MINUTES) {
            throw Problem.user("once.limit", minutes + " minutes are no limit")
                    .hint("choose from 1 to " + LONGEST_MINUTES)
                    .exception();
        }
    }

    /// As shells tell it.
    static int status(Exit exit) {
        return switch (exit) {
            case Exit.Status(var code) -> code;
            case Exit.Signal(var number) -> 128 + number;
            case Exit.TimedOut _ -> 124;
            case Exit.Cancelled _ -> 130;
            case Exit.OutOfMemory _ -> 137;
            case Exit.Lost _ -> 255;
        };
    }
}
