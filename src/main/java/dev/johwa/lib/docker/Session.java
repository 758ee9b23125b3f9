package dev.johwa.lib.docker;

import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Running;
import dev.johwa.lib.process.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The input and output of a program in a container, over one connection.
final class Session implements Attached {
    private static final int PIPE = 64 << 10;
    /// It is asked each so many looks whether it has ended, while it still may print.
    private static final int SELDOM = 8;

    private final Wire wire;
    private final Exchange exchange;
    private final String path;
    private final boolean isCommand;
    private final InputStream out;
    private final InputStream err;
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean isSilent;
    private volatile @Nullable Exit ended;

    private Session(Wire wire, Exchange exchange, String path, boolean isTerminal) throws IOException {
        this.wire = wire;
        this.exchange = exchange;
        this.path = path;
        this.isCommand = path.startsWith("/exec/");
        if (isTerminal) {
            this.out = exchange.in();
            this.err = InputStream.nullInputStream();
        } else {
            var output = new PipedOutputStream();
            var errors = new PipedOutputStream();
            this.out = new PipedInputStream(output, PIPE);
            this.err = new PipedInputStream(errors, PIPE);
            Thread.ofVirtual().name("container's output").start(() -> part(output, errors));
        }
    }

    /// That of a container's first process.
    static Attached container(Wire wire, Exchange exchange, String container, boolean isTerminal) {
        return of(wire, exchange, "/containers/" + Call.encoded(container), isTerminal);
    }

    /// That of a command within one.
    static Attached command(Wire wire, Exchange exchange, String id, boolean isTerminal) {
        return of(wire, exchange, "/exec/" + id, isTerminal);
    }

    private static Attached of(Wire wire, Exchange exchange, String path, boolean isTerminal) {
        try {
            return new Session(wire, exchange, path, isTerminal);
        } catch (IOException e) {
            exchange.close();
            throw Failures.of(Call.post(path), e, wire.socket());
        }
    }

    private void part(OutputStream output, OutputStream errors) {
        try (output;
                errors) {
            Multiplexed.read(exchange.in(), (isError, bytes) -> {
                var to = isError ? errors : output;
                to.write(bytes);
                to.flush();
            });
        } catch (IOException e) {
            // It was closed, or nobody listens any more.
        } finally {
            isSilent = true;
        }
    }

    @Override
    public OutputStream in() {
        return exchange.out();
    }

    @Override
    public InputStream out() {
        return out;
    }

    @Override
    public InputStream err() {
        return err;
    }

    @Override
    public void resize(TerminalSize size) {
        wire.actUnless(
                Call.post(path + "/resize")
                        .with("h", String.valueOf(size.rows()))
                        .with("w", String.valueOf(size.columns())),
                Set.of(404, 409, 500));
    }

    @Override
    public Optional<Exit> exit() {
        if (ended == null && (isSilent || looks.getAndIncrement() % SELDOM == 0)) {
            var told = wire.find(Call.get(path + "/json"));
            ended = told.isEmpty() ? new Exit.Lost() : read(told.get()).orElse(null);
        }
        return Optional.ofNullable(ended);
    }

    private Optional<Exit> read(JsonNode told) {
        if (!isCommand) {
            return Reading.container(told).exit();
        }
        boolean goesOn =
                told.path("Running").asBoolean(false) || !told.path("ExitCode").isNumber();
        return goesOn
                ? Optional.empty()
                : Optional.of(Exits.of(told.path("ExitCode").asInt(0), false));
    }

    /// By a connection, which nobody else has.
    @Override
    public Running running() {
        return new Running(0, 0, Path.of(path), "", "", Instant.EPOCH);
    }

    /// A container is ended by who has it; the engine ends no command, so its process is.
    @Override
    public void end() throws IOException {
        try {
            if (isCommand && exit().isEmpty()) {
                wire.find(Call.get(path + "/json"))
                        .filter(told -> told.path("Running").asBoolean(false))
                        .ifPresent(told -> new CommandEnd(wire)
                                .end(
                                        told.path("ContainerID").asString(""),
                                        told.path("Pid").asLong(0)));
            }
        } finally {
            exchange.close();
        }
    }
}
