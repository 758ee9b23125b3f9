package dev.johwa.door.web;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP server. Every request runs on a virtual thread of its own and passes the [Gate].
public final class Web implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Web.class);

    private final Gate gate;
    private final Clock clock;
    private final HttpMeter meter;
    private final List<Route> routes;
    private final Javalin server;

    public Web(WebRooms rooms) {
        this.gate = new Gate(rooms.tokens()::identify);
        this.clock = rooms.clock();
        this.meter = new HttpMeter();
        this.routes = new AllRoutes(rooms, meter).all();
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
            http.setRequestHeaderSize(16 * 1024);
        });
        for (var route : routes) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method()), route.path(), context -> serve(route, context));
        }
        config.routes.exception(Exception.class, this::fail);
        config.routes.error(404, Web::notFound);
        config.routes.error(405, Web::notFound);
    }

    private void serve(Route route, Context context) throws Exception {
        long start = clock.ticks();
        try {
            route.handling().handle(gate.pass(route, context));
        } catch (Exception e) {
            fail(e, context);
        } finally {
            var key = new HttpMeter.Key(route.method(), route.path(), context.statusCode());
            meter.count(key, clock.ticks() - start);
        }
    }

    private void fail(Exception exception, Context context) {
        switch (exception) {
            case ProblemException known -> answer(context, known.problems());
            case IOException gone -> LOG.debug("path={} client gone: {}", context.path(), gone.toString());
            case UncheckedIOException gone
            when context.res().isCommitted() -> LOG.debug("path={} client gone: {}", context.path(), gone.toString());
            default -> {
                LOG.error("method={} path={} failed", context.method().name(), context.path(), exception);
                answer(
                        context,
                        List.of(Problem.system("bug", "the request failed by a bug in Johwa: " + exception)
                                .hint("the server's log tells where; please report it")));
            }
        }
    }

    private static void answer(Context context, List<Problem> problems) {
        if (context.res().isCommitted()) {
            LOG.warn(
                    "path={} failed while it was answered: {}",
                    context.path(),
                    problems.getFirst().text());
            return;
        }
        if (context.path().contains(".git/")) {
            Problems.answerGit(context, problems);
        } else {
            Problems.answer(context, problems);
        }
    }

    /// Only for paths that no route has: a route's own 404 has a body already.
    private static void notFound(Context context) {
        if (context.res().getContentType() != null
                && context.res().getContentType().startsWith(Problems.TYPE)) {
            return;
        }
        var method = context.method().name();
        var problem = context.statusCode() == 405
                ? Problem.user("path.wrong-method", context.path() + " does not take " + method)
                : Problem.user("path.unknown", "there is nothing at " + method + " " + context.path());
        answer(context, List.of(problem.hint("/api/openapi.json describes what there is")));
    }

    /// Opens the port; 0 takes a free one.
    ///
    /// @return the address that answers, `host:port`
    public String start(InetSocketAddress address) {
        server.start(address.getHostString(), address.getPort());
        return address.getHostString() + ":" + server.port();
    }

    List<Route> routes() {
        return routes;
    }

    @Override
    public void close() {
        server.stop();
    }
}
