package dev.johwa.watch.log.forward;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.json.JsonValues;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.socket.Connection;
import dev.johwa.watch.log.Chunk;
import dev.johwa.watch.log.LogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is said with one client: a handshake where keys are asked for, then messages. A message is told to be kept
/// once it is on the disk; one that cannot be understood ends the connection, and nothing of it is kept. Safe for use
/// by many threads.
public final class Dialogue {
    private static final Logger LOG = LoggerFactory.getLogger(Dialogue.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final long LONGEST_JSON = 4L << 20;
    /// Clients take 24 letters.
    private static final int LONGEST_CHUNK = 4096;
    private static final Duration MESSAGE = Duration.ofMinutes(2);

    private final LogStore store;
    private final Optional<Keys> keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore shared = new Semaphore(Allowance.PIECES);

    public Dialogue(LogStore store, Optional<Keys> keys, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /// Ends when the client does.
    ///
    /// @throws IOException when it says what cannot be understood
    public void hold(Connection connection) throws IOException {
        connection.within(HANDSHAKE);
        try {
            if (keys.isEmpty() && isJson(connection)) {
                json(connection);
            } else {
                packed(connection);
            }
        } catch (MessagePackException | ProblemException e) {
            throw new IOException("what came is no message: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new IOException("records could not be kept: " + e.getMessage(), e);
        }
    }

    /// Nothing else begins with these. As long as nobody says anything, nobody waits for us.
    private static boolean isJson(Connection connection) throws IOException {
        connection.patiently();
        var input = connection.input();
        input.mark(1);
        int first = input.read();
        input.reset();
        return first == '{' || first == '[';
    }

    private void packed(Connection connection) throws IOException {
        var counted = new Counted(connection.input(), 2 * Allowance.MOST);
        try (var unpacker = MessagePack.newDefaultUnpacker(counted)) {
            if (keys.isPresent()) {
                try (var allowance = new Allowance(shared)) {
                    new Handshake(keys.get(), random).hold(new Values(unpacker, allowance), connection.output());
                }
            }
            connection.patiently();
            while (unpacker.hasNext()) {
                connection.within(MESSAGE);
                counted.again();
                if (unpacker.getNextFormat().getValueType() == ValueType.NIL) {
                    unpacker.unpackNil();
                } else {
                    acknowledge(message(unpacker), connection);
                }
                connection.patiently();
            }
        }
    }

    private Lot lot(String tag) {
        return new Lot(tag, clock.now());
    }

    /// Keeps one.
    ///
    /// @return its chunk, null for none
    private byte @Nullable [] message(MessageUnpacker unpacker) throws IOException {
        try (var allowance = new Allowance(shared)) {
            var message = Message.read(new Values(unpacker, allowance), this::lot, allowance);
            keep(message.lot(), message.chunk());
            return message.chunk();
        }
    }

    /// Who does not listen takes nothing of the memory that all share, and is hung up on in the end.
    private static void acknowledge(byte @Nullable [] chunk, Connection connection) throws IOException {
        if (chunk != null) {
            try (var packer = MessagePack.newDefaultBufferPacker()) {
                packer.packMapHeader(1)
                        .packString("ack")
                        .packRawStringHeader(chunk.length)
                        .writePayload(chunk);
                connection.output().write(packer.toByteArray());
            }
        }
    }

    private void keep(Lot lot, byte @Nullable [] chunk) throws IOException {
        if (chunk != null && chunk.length > LONGEST_CHUNK) {
            throw new IOException("the name of a chunk takes " + chunk.length + " bytes, more than " + LONGEST_CHUNK);
        }
        if (lot.left() > 0) {
            LOG.info(
                    "{} of {} records of {} were none",
                    lot.left(),
                    lot.left() + lot.lines().size(),
                    lot.tag());
        }
        store.add(lot.lines(), chunk == null ? Optional.empty() : Optional.of(Chunk.of(lot.tag(), chunk)));
    }

    private void json(Connection connection) throws IOException {
        var counted = new Counted(connection.input(), LONGEST_JSON, () -> connection.within(MESSAGE));
        var values = new JsonValues(counted);
        while (true) {
            connection.patiently();
            var next = values.next();
            if (next.isEmpty()) {
                return;
            }
            counted.again();
            said(next.get(), connection);
        }
    }

    /// `[tag, time, record]` or `[tag, [[time, record]…]]`, each with options or not.
    private void said(Object value, Connection connection) throws IOException {
        if (!(value instanceof List<?> parts)
                || parts.size() < 2
                || !(parts.getFirst() instanceof String tag)
                || tag.isEmpty()
                || tag.startsWith(".")) {
            throw new IOException("a message of JSON is no list with a tag");
        }
        var lot = lot(tag);
        boolean isMany = parts.get(1) instanceof List<?>;
        if (parts.get(1) instanceof List<?> entries) {
            for (var entry : entries) {
                var pair = entry instanceof List<?> list ? list : List.of();
                lot.add(Values.seconds(part(pair, 0)), part(pair, 1));
            }
        } else {
            lot.add(Values.seconds(parts.get(1)), part(parts, 2));
        }
        var options = part(parts, isMany ? 2 : 3);
        var chunk = options instanceof Map<?, ?> map && map.get("chunk") instanceof String name ? name : null;
        keep(lot, chunk == null ? null : chunk.getBytes(StandardCharsets.UTF_8));
        if (chunk != null) {
            connection.output().write(Json.bytes(Map.of("ack", chunk)));
        }
    }

    private static @Nullable Object part(List<?> parts, int index) {
        return index < parts.size() ? parts.get(index) : null;
    }
}
