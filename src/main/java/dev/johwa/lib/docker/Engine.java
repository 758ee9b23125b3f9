package dev.johwa.lib.docker;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A container engine of this machine. Nothing is connected before it is asked; safe for use by many threads.
///
/// Every method of it and of its parts throws a [ProblemException] when the engine cannot be reached or refuses; see
/// [#isOutage].
public final class Engine {
    /// Where Docker's socket usually is.
    public static final Path USUAL = Path.of("/var/run/docker.sock");

    private static final Duration LONGEST_WATCH = Duration.ofDays(365);

    private final Wire wire;

    public Engine(Path socket) {
        this.wire = new Wire(socket);
    }

    /// What it says of itself.
    ///
    /// @param version of its program: `20.10.24`
    /// @param api newest version of the API that it knows
    public record About(String version, String api) {}

    /// Something that happened to a thing of the engine.
    ///
    /// @param type `container`, `image`, `network`, …
    /// @param action `start`, `die`, `oom`, `health_status: healthy`, …
    /// @param id of the thing
    /// @param attributes labels of the thing and more words on what happened
    public record Event(String type, String action, String id, Map<String, String> attributes, Instant at) {}

    public Path socket() {
        return wire.socket();
    }

    /// Why it cannot be used; empty when it answers.
    public Optional<Problem> trouble() {
        try {
            // A busy one needs longer than this for `/info`, for which it counts all that it has.
            wire.act(Call.get("/_ping").within(Duration.ofSeconds(10)));
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    public About about() {
        var version = wire.tree(Call.get("/version"));
        return new About(
                version.path("Version").asString(""), version.path("ApiVersion").asString(""));
    }

    public Containers containers() {
        return new Containers(wire);
    }

    /// Commands within containers.
    public Commands commands() {
        return new Commands(wire);
    }

    public EngineImages images() {
        return new EngineImages(wire);
    }

    /// Images from Dockerfiles.
    public Builds builds() {
        return new Builds(wire);
    }

    public Networks networks() {
        return new Networks(wire);
    }

    public Volumes volumes() {
        return new Volumes(wire);
    }

    /// Listening that goes on until it is closed.
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /// Tells what happens to things with these labels, until what is returned is closed or the engine ends.
    ///
    /// @param labels names and values; an empty value is any
    /// @param over runs once when nothing more comes
    public Watch watch(Map<String, String> labels, Consumer<Event> heard, Runnable over) {
        var exchange = wire.open(Call.get("/events").filtered(labels).within(LONGEST_WATCH));
        Thread.ofVirtual().name("engine's events").start(() -> {
            try (exchange) {
                JsonLines.read(exchange.body(), each -> heard.accept(Reading.event(each)));
            } catch (IOException | RuntimeException e) {
                // It has ended, or was closed: who watches asks anew.
            } finally {
                over.run();
            }
        });
        return exchange::close;
    }

    /// Whether a problem means that the engine could not be asked, so that nothing is known of what it runs.
    public static boolean isOutage(Problem problem) {
        return Failures.isOutage(problem);
    }
}
