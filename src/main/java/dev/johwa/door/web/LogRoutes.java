package dev.johwa.door.web;

import dev.johwa.door.api.LogList;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.target.Logs;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.log.AppLogs;
import dev.johwa.watch.log.Fields;
import dev.johwa.watch.log.LogKind;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import dev.johwa.watch.log.PlatformLines;
import dev.johwa.watch.log.Term;
import dev.johwa.watch.log.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What apps printed, also those that have ended.
final class LogRoutes {
    private static final DateTimeFormatter NINE_DECIMALS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String LOGS = "/api/v1/apps/{project}/{app}/logs";
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final AppLogs logs;
    private final Releases releases;
    private final Clock clock;
    private final Tasks tasks;

    LogRoutes(WebRooms rooms) {
        this.logs = rooms.logs();
        this.releases = rooms.releases();
        this.clock = rooms.clock();
        this.tasks = rooms.tasks();
    }

    List<Route> all() {
        return List.of(
                described(Route.get(
                                "/api/v1/logs/events",
                                Access.SIGNED_IN,
                                "Follow what all apps print that one may see (SSE)",
                                this::followAll))
                        .query("project", "only its apps")
                        .query("environment", "all by default")
                        .gives(LogList.Line.class),
                described(Route.get(
                                "/api/v1/logs",
                                Access.ADMINISTER,
                                "What the platform itself warned of, oldest first",
                                this::listPlatform))
                        .gives(LogList.class),
                described(Route.get(LOGS, Access.READ, "What an app printed, oldest first", this::list))
                        .gives(LogList.class),
                described(Route.get(LOGS + "/events", Access.READ, "Follow what an app prints (SSE)", this::follow))
                        .gives(LogList.Line.class));
    }

    /// Of every app that the one who asks may see, in one environment of each or in all.
    private List<LogSearch> queries(Call call, Optional<Instant> seen) {
        var project = call.query("project");
        var environment = call.query("environment");
        return releases.environments().stream()
                .filter(where -> call.maySee(where.project()))
                .filter(where -> project.map(where.project()::equals).orElse(true))
                .filter(where -> environment.map(where.environment()::equals).orElse(true))
                .map(where -> query(call, where.name(), where.environment(), seen))
                .toList();
    }

    /// The platform's own lines, which only those who look after it may see.
    private LogSearch platform(Call call, Optional<Instant> seen) {
        return query(call, PlatformLines.APP, AppEnvironment.PRODUCTION, seen)
                .with(new Term.Field(Term.Field.KIND, LogKind.PLATFORM.word()));
    }

    private void listPlatform(Call call) {
        var found = logs.read(platform(call, Optional.empty())).stream()
                .map(LogRoutes::line)
                .toList();
        call.answer(new LogList(found, Optional.empty()));
    }

    private void followAll(Call call) throws IOException, InterruptedException {
        var seen = seen(call);
        if (LogSearch.kinds(terms(call)).contains(LogKind.PLATFORM)) {
            call.require(Permission.ADMINISTER, Optional.empty());
            var platform = List.of(platform(call, seen));
            follow(call, () -> platform, seen);
            return;
        }
        // Said wrongly, it is told before anything is answered.
        queries(call, seen);
        follow(call, () -> queries(call, seen), seen);
    }

    private Optional<Instant> seen(Call call) {
        return Optional.ofNullable(call.context().header("Last-Event-ID")).map(id -> Since.instant(id, clock.now()));
    }

    private static Route described(Route route) {
        return route.query("environment", "production by default")
                .query("limit", "the newest so many, up to 100000; 200 by default")
                .query("release", "only of this release")
                .query("since", "a time (RFC 3339) or how long ago (10m)")
                .query("until", "the same: nothing after it; not while following")
                .query("grep", "only lines that contain this text")
                .query(
                        "search",
                        "words, level:error, release:41, run:12, kind:access, /regex/; - before what must not be")
                .query("from", "only of this process, such as worker, or of this instance");
    }

    private LogSearch query(Call call, Optional<Instant> seen) {
        var where = ReleaseRoutes.where(call, call.query("environment").orElse("production"));
        return query(call, where.name(), where.environment(), seen);
    }

    private LogSearch query(Call call, String app, String environment, Optional<Instant> seen) {
        return new LogSearch(
                app,
                environment,
                call.queryNumber("limit", 200, Logs.MOST_LINES),
                call.queryNumber("release"),
                seen.or(() -> call.query("since").map(text -> Since.instant(text, clock.now()))),
                call.query("until").map(text -> Since.instant(text, clock.now())),
                call.query("from"),
                terms(call),
                0);
    }

    private static List<Term> terms(Call call) {
        return Stream.concat(
                        call.query("grep").stream().map(Term.Word::new),
                        call.query("search").stream().flatMap(text -> Terms.parse(text).stream()))
                .toList();
    }

    private void list(Call call) {
        requireKnown(call);
        var query = query(call, Optional.empty());
        var found = logs.read(query).stream().map(LogRoutes::line).toList();
        call.answer(new LogList(found, found.isEmpty() ? logs.mistake(query) : Optional.empty()));
    }

    /// An app that never had a release has printed nothing, and its name is most likely wrong.
    private void requireKnown(Call call) {
        var where = ReleaseRoutes.where(call, call.query("environment").orElse("production"));
        if (releases.list(where).isEmpty() && !logs.knows(where.name(), where.environment())) {
            throw UnknownApp.problem(call, releases, where);
        }
    }

    private static LogList.Line line(LogLine line) {
        return new LogList.Line(
                NINE_DECIMALS.format(line.at()),
                line.text(),
                Fields.of(line),
                line.source().stream(),
                line.source().releaseNumber(),
                line.source().instanceName(),
                line.source().tagName());
    }

    /// The id of an event is the time of its line, so that who comes back goes on after it.
    private void follow(Call call) throws IOException, InterruptedException {
        var seen = seen(call);
        requireKnown(call);
        var query = query(call, seen);
        follow(call, () -> List.of(query), seen);
    }

    private void follow(Call call, Supplier<List<LogSearch>> queries, Optional<Instant> seen)
            throws IOException, InterruptedException {
        var stream = new EventStream(call.context());
        var gone = new Cancel();
        var _ = tasks.run("log follower", () -> beat(stream, gone));
        try {
            logs.follow(queries, line -> send(stream, line, seen), gone);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            gone.cancel("the client has gone");
        }
    }

    private static void send(EventStream stream, LogLine line, Optional<Instant> seen) {
        if (seen.isPresent() && !line.at().isAfter(seen.get())) {
            return;
        }
        try {
            stream.send(NINE_DECIMALS.format(line.at()), "line", line(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Notices that a client has gone also while nothing is printed.
    private void beat(EventStream stream, Cancel gone) {
        try {
            while (!gone.isCancelled()) {
                clock.sleep(BEAT);
                stream.beat();
            }
        } catch (IOException e) {
            gone.cancel("the client has gone");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
