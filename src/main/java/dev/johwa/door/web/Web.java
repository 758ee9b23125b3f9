package dev.johwa.door.web;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Shortage;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP server. Every request runs on a virtual thread of its own and passes the [Gate].
public final class Web implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Web.class);

    private static final int LARGEST_HEAD = 16 << 10;
    private static final int MOST_CONNECTIONS = 4_000;
    private static final Duration WHEN_CROWDED = Duration.ofSeconds(5);

    private final Gate gate;
    private final RegistryGate registryGate;
    private final Clock clock;
    private final Supplier<Optional<Problem>> away;
    private final HttpMeter meter;
    private final List<Route> routes;
    private final Pages pages;
    private final List<Route> pageRoutes;
    private final Javalin server;

    public Web(WebRooms rooms) {
        this.gate = new Gate(rooms.tokens()::identify, rooms.sessions()::identify);
        this.registryGate = new RegistryGate(rooms.registry().passes(), rooms.tokens()::identify);
        this.clock = rooms.clock();
        this.away = rooms.away();
        this.meter = new HttpMeter();
        var all = new AllRoutes(rooms, meter);
        this.routes = all.all();
        this.pages = new Pages(clock, rooms.sessions(), new Siblings(rooms));
        this.pageRoutes = all.pages(pages);
        this.server = Javalin.create(this::configure);
    }

    private void configure(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = io.javalin.compression.CompressionStrategy.NONE;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(LARGEST_HEAD);
        });
        config.jetty.modifyServer(Web::boundConnections);
        for (var route : routes) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method()), route.path(), context -> serve(route, context));
        }
        // After those of programs: what has a name of its own is no project.
        for (var route : pageRoutes) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method()), route.path(), context -> show(route, context));
        }
        config.routes.exception(Exception.class, this::fail);
        config.routes.error(404, this::notFound);
        config.routes.error(405, this::notFound);
    }

    /// So many that none is missed, and too few to take the memory or the descriptors; where they are all taken, those
    /// that say nothing are closed sooner.
    private static void boundConnections(Server jetty) {
        var limit = new NetworkConnectionLimit(MOST_CONNECTIONS, jetty);
        limit.setEndPointIdleTimeout(WHEN_CROWDED.toMillis());
        jetty.addBean(limit);
    }

    private void serve(Route route, Context context) throws Exception {
        metered(route, context, () -> {
            requireState(route);
            return RegistryPath.isOfRegistry(route.path())
                    ? registryGate.pass(route, context)
                    : gate.pass(route, context);
        });
    }

    private void show(Route route, Context context) throws Exception {
        Pages.secure(context);
        metered(route, context, () -> {
            requireState(route);
            return gate.visit(route, context);
        });
    }

    /// Who comes while the database is away is sent back before anything is read; they would wait for long.
    private void requireState(Route route) {
        if (!HealthRoutes.PATHS.contains(route.path())) {
            away.get().ifPresent(problem -> {
                throw problem.exception();
            });
        }
    }

    private void metered(Route route, Context context, Supplier<Call> passed) {
        long start = clock.ticks();
        try {
            route.handling().handle(passed.get());
        } catch (Exception e) {
            fail(e, context);
        } catch (OutOfMemoryError e) {
            LOG.error("path={} failed: {}", context.path(), e.getMessage());
            fail(exhausted(e), context);
        } finally {
            var key = new HttpMeter.Key(route.method(), route.path(), context.statusCode());
            meter.count(key, clock.ticks() - start);
        }
    }

    /// Most often of threads: the machine bounds how many there may be.
    private static ProblemException exhausted(OutOfMemoryError e) {
        return Problem.resource("server.exhausted", "the server has no thread or no memory left: " + e.getMessage())
                .hint("try again in a while; the operator of the server finds its bounds by `systemctl show johwa -p"
                        + " TasksMax,MemoryMax` and `ulimit -u`")
                .exception();
    }

    private void fail(Exception exception, Context context) {
        switch (exception) {
            case ProblemException known -> answer(context, known.problems(), Requests.id(context));
            case IOException gone -> LOG.debug("path={} client gone: {}", context.path(), gone.toString());
            case UncheckedIOException gone
            when context.res().isCommitted() -> LOG.debug("path={} client gone: {}", context.path(), gone.toString());
            default -> answer(context, List.of(unexpected(exception, context)), Requests.id(context));
        }
    }

    /// What the machine lacks is no fault of ours.
    private static Problem unexpected(Exception exception, Context context) {
        LOG.error(
                "method={} path={} request={} failed",
                context.method().name(),
                context.path(),
                Requests.id(context),
                exception);
        return Shortage.of(exception)
                .map(Shortage::problem)
                .orElseGet(() -> Problem.system("bug", "the request failed by a bug in Johwa: " + exception)
                        .hint("the server's log tells where; please report it"));
    }

    private void answer(Context context, List<Problem> problems, String request) {
        if (context.res().isCommitted()) {
            LOG.warn(
                    "path={} failed while it was answered: {}",
                    context.path(),
                    problems.getFirst().text());
            return;
        }
        Unread.discard(context.req(), clock);
        switch (Requests.of(context.path())) {
            case GIT -> Problems.answerGit(context, problems);
            case PROGRAM -> Problems.answer(context, problems);
            case REGISTRY ->
                RegistryProblems.answer(
                        context, problems, Gate.stranger(context).base());
            case PERSON -> {
                Pages.secure(context);
                pages.fail(away.get().isPresent() ? Gate.stranger(context) : gate.look(context), problems, request);
            }
        }
    }

    /// Only for paths that no route has: a route's own 404 has a body already. The framework's is a page too for who
    /// takes pages, but says nothing of its letters.
    private void notFound(Context context) {
        var type = context.res().getContentType();
        boolean isOwn = type != null && (type.startsWith(Problems.TYPE) || type.startsWith(Pages.TYPE + ";"));
        if (isOwn || RegistryProblems.isAnswered(context)) {
            return;
        }
        var method = context.method().name();
        var problem = context.statusCode() == 405
                ? Problem.user("path.wrong-method", context.path() + " does not take " + method)
                : Problem.user("path.unknown", "there is nothing at " + method + " " + context.path());
        var isPage = Requests.of(context.path()) == Requests.Kind.PERSON;
        var told = isPage ? problem : problem.hint("/api/openapi.json describes what there is");
        answer(context, List.of(told), Requests.id(context));
    }

    /// Opens the port; 0 takes a free one.
    ///
    /// @return the address that answers, `host:port`
    public String start(InetSocketAddress address) {
        server.start(address.getHostString(), address.getPort());
        var host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
    }

    /// Those of programs.
    List<Route> routes() {
        return routes;
    }

    /// Those of people.
    List<Route> pages() {
        return pageRoutes;
    }

    @Override
    public void close() {
        pages.close();
        server.stop();
    }
}
