package dev.johwa.watch.chaos;

import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Stage;
import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// The app on its stage: requests go to it and nowhere else, programs run as its own checks do, and faults hit it.
final class StageWorld implements World {
    static final Duration LONGEST_PLAY = Duration.ofMinutes(30);
    private static final Duration LONGEST_STEP = Duration.ofMinutes(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_OUTPUT = 1 << 20;
    private static final int LARGEST_ANSWER = 1 << 20;

    private final ChaosPorts ports;
    private final Stage stage;
    private final Faults faults;
    private final Going going;
    private final long deadline;

    /// @param by under which its faults are kept
    /// @param inProduction whether who plays it says that production is meant too
    record Going(String by, boolean inProduction, Progress progress, Cancel cancel) {}

    StageWorld(ChaosPorts ports, Stage stage, Faults faults, Going going) {
        this.ports = ports;
        this.stage = stage;
        this.faults = faults;
        this.going = going;
        this.deadline = ports.clock().ticks() + LONGEST_PLAY.toNanos();
    }

    @Override
    public Answer ask(Ask ask) {
        var url = url(ask.url());
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            var answer = send(ask, url);
            var location = answer.headers().get("location");
            if (location == null
                    || answer.status() < 300
                    || answer.status() >= 400
                    || !ask.method().equals("GET")) {
                return answer;
            }
            url = next(url, location);
        }
        throw new Failed(ask.url() + " leads on and on");
    }

    private static URI url(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new Failed("'" + text + "' is no address");
        }
    }

    private static URI next(URI url, String location) {
        try {
            return url.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new Failed(url + " leads to '" + location + "', which is no address");
        }
    }

    private Answer send(Ask ask, URI url) {
        var headers = new HashMap<>(ask.headers());
        // Another name in the file would lead to another app.
        headers.keySet().removeIf("Host"::equalsIgnoreCase);
        headers.put("Host", String.valueOf(url.getRawAuthority()));
        var place = place(url);
        var limit = left(ask.limit().orElse(ANSWER));
        try (var calls = calls(place).within(left(LONGEST_STEP));
                var answer = calls.open(new HttpCalls.Call(ask.method(), place, headers, ask.body(), limit))) {
            var body = answer.body().readNBytes(LARGEST_ANSWER + 1);
            if (body.length > LARGEST_ANSWER) {
                throw new Failed(ask.url() + " answers more than " + (LARGEST_ANSWER >> 20) + " MiB");
            }
            return new Answer(answer.status(), answer.fields(), body);
        } catch (ProblemException e) {
            throw new Failed(ask.url() + ": " + e.problem().message());
        } catch (IOException e) {
            throw new Failed(ask.url() + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new Failed(ask.url() + " cannot be asked so: " + e.getMessage());
        }
    }

    /// Through TLS the edge is asked by its name, as it has a certificate for that.
    private HttpCalls calls(URI place) {
        var edge = stage.secureEdge();
        return place.getScheme().equals("https")
                ? new HttpCalls(
                        place, _ -> edge.substring(0, edge.lastIndexOf(':')).replaceAll("[\\[\\]]", ""))
                : new HttpCalls(place);
    }

    private URI place(URI url) {
        var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(address(url) + path + query);
    }

    /// Of the app itself, through the edge or not: whoever may play an experiment does not get to other places by it.
    private String address(URI url) {
        boolean isAtTheEdge = stage.host().equals(url.getHost());
        if (isAtTheEdge && "https".equalsIgnoreCase(url.getScheme())) {
            var edge = stage.secureEdge();
            if (edge.isEmpty()) {
                throw new Failed(url + " is not asked: there is no TLS here");
            }
            return "https://" + url.getHost() + edge.substring(edge.lastIndexOf(':'));
        }
        var port = url.getPort() < 0 ? 80 : url.getPort();
        var named = url.getHost() + ":" + port;
        if (isAtTheEdge) {
            return "http://" + stage.edge();
        }
        if (stage.address().filter(named::equals).isPresent()) {
            return "http://" + named;
        }
        throw new Failed(url + " is not asked from here: take APP_URL or EDGE_URL of the environment, or a process");
    }

    @Override
    public Ended run(List<String> command, Optional<Duration> limit) {
        var out = new StringBuilder();
        var err = new StringBuilder();
        Output output = (channel, line) -> keep(channel == Output.Channel.OUT ? out : err, line);
        var exit = stage.run(command, left(limit.orElse(LONGEST_STEP)), output, going.cancel());
        return switch (exit) {
            case Exit.Status(var code) -> new Ended(code, out.toString(), err.toString());
            // As Python tells it.
            case Exit.Signal(var number) -> new Ended(-number, out.toString(), err.toString());
            case Exit.TimedOut _, Exit.Cancelled _, Exit.OutOfMemory _, Exit.Lost _ -> throw new Failed(exit.text());
        };
    }

    private static void keep(StringBuilder text, String line) {
        if (text.length() < MOST_OUTPUT) {
            text.append(line).append('\n');
        }
    }

    @Override
    public String act(OwnWords words) {
        var name = stage.where().name();
        if (words.app().filter(app -> !app.equals(name)).isPresent()) {
            throw new Failed("the fault is for " + words.app().get() + ", and this is " + name);
        }
        return switch (words) {
            case OwnWords.Begin(var _, var order) -> begin(order);
            case OwnWords.Stop(var _, var _) ->
                faults.end(fault -> fault.by().equals(going.by()), "its experiment says so") + " ended";
        };
    }

    private String begin(FaultOrder order) {
        try {
            Chaos.requireHere(stage.where(), order);
            if (stage.where().isProduction() && !(order.inProduction() && going.inProduction())) {
                throw Chaos.production("write --production in the action, and where the experiment is played");
            }
            var fault = faults.begin(stage, order, going.by());
            going.progress().say("            " + fault.words());
            return fault.words();
        } catch (ProblemException e) {
            throw new Failed(e.problem().text());
        }
    }

    @Override
    public void pause(Duration time) {
        long until = ports.clock().ticks() + left(time).toNanos();
        try {
            while (ports.clock().ticks() < until && ending().isEmpty()) {
                long left = until - ports.clock().ticks();
                ports.clock().sleep(Duration.ofNanos(Math.max(1, Math.min(left, LOOK.toNanos()))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            going.cancel().cancel("the server stops");
        }
    }

    /// So long at most, and no longer than the whole may take.
    private Duration left(Duration wanted) {
        var left = Duration.ofNanos(Math.max(1, deadline - ports.clock().ticks()));
        return wanted.compareTo(left) < 0 ? wanted : left;
    }

    @Override
    public Optional<String> ending() {
        return going.cancel()
                .reason()
                .or(() -> ports.clock().ticks() >= deadline
                        ? Optional.of("it took longer than " + LONGEST_PLAY.toMinutes() + " min")
                        : Optional.empty());
    }

    @Override
    public Instant now() {
        return ports.clock().now();
    }

    @Override
    public void say(String line) {
        going.progress().say("            " + hidden(line));
    }

    @Override
    public String hidden(String text) {
        return ports.hide().apply(stage.where().project(), text);
    }

    @Override
    public Runnable beside(Runnable work) {
        var done = ports.tasks().run("experiment", work);
        return () -> Tasks.answer(done);
    }
}
