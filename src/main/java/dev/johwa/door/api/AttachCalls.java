package dev.johwa.door.api;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// What a [Client] asks about commands that run once, also with somebody connected to their input and output.
public final class AttachCalls {
    private static final Duration SILENCE = Duration.ofSeconds(40);

    private final Wire wire;
    private final Client client;

    AttachCalls(Wire wire, Client client) {
        this.wire = wire;
        this.client = client;
    }

    /// Starts a command that nobody is connected with, beside the instances.
    public Operation startOnce(AppName name, Orders.Once order) {
        return wire.post(Client.app(name, "/once"), Map.of(), order, Operation.class);
    }

    /// Tells what such a command prints until it has ended.
    public Ran followOnce(Operation command, Consumer<Event> told) {
        return client.follow(command, told, Ran.class);
    }

    /// One that was started.
    public record Place(AppName app, String id) {
        private String path(String rest) {
            return Client.app(app, "/attached/" + Wire.encoded(id) + rest);
        }
    }

    /// Starts it; it waits until somebody listens.
    public Place start(AppName app, Attach order) {
        var made = wire.post(Client.app(app, "/attached"), Map.of(), order, Attach.Made.class);
        return new Place(app, made.id());
    }

    /// Writes what it says until it has ended.
    ///
    /// @throws ProblemException `server.unreachable` when the connection is lost; what ran is ended then
    public Attach.Ended listen(Place place, OutputStream out, OutputStream err) {
        try (var stream = wire.stream(place.path("/output"));
                var tasks = new Tasks()) {
            var heard = new AtomicBoolean();
            tasks.every(SILENCE, "silence", () -> {
                if (!heard.getAndSet(false)) {
                    close(stream);
                }
            });
            for (var frame = Frame.read(stream.body()); frame.isPresent(); frame = Frame.read(stream.body())) {
                heard.set(true);
                switch (frame.get().kind()) {
                    case OUT -> write(out, frame.get());
                    case ERR -> write(err, frame.get());
                    case BEAT -> {}
                    case ENDED -> {
                        return Json.read(frame.get().bytes(), Attach.Ended.class);
                    }
                }
            }
            throw lost();
        } catch (IOException e) {
            throw lost();
        }
    }

    private static void close(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            // Whoever reads from it notices.
        }
    }

    private static void write(OutputStream to, Frame frame) throws IOException {
        to.write(frame.bytes());
        to.flush();
    }

    private static ProblemException lost() {
        return Problem.external("server.unreachable", "the connection to the server was lost")
                .hint("what ran is ended there")
                .exception();
    }

    /// Tells it something.
    ///
    /// @return whether it reads on
    public boolean tell(Place place, byte[] bytes) {
        return told(place, "/input", bytes);
    }

    /// Tells it that nothing more comes.
    public void endInput(Place place) {
        told(place, "/input?end=true", new byte[0]);
    }

    private boolean told(Place place, String path, byte[] bytes) {
        while (true) {
            var heard = wire.postBytes(place.path(path), bytes, Attach.Heard.class);
            if (!heard.state().equals("busy")) {
                return heard.state().equals("taken");
            }
        }
    }

    public void resize(Place place, Attach.Size size) {
        wire.post(place.path("/size"), Map.of(), size, Void.class);
    }

    /// Ends it; nothing happens when it is over.
    public void end(Place place) {
        wire.delete(place.path(""), Void.class);
    }
}
