package dev.johwa.lib.docker;

import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The way to the engine: makes calls in a version of the API that both sides speak, and tells what goes wrong as
/// problems. Safe for use by many threads.
final class Wire {
    private static final int LARGEST_ANSWER = 32 << 20;
    private static final int LARGEST_COMPLAINT = 64 << 10;
    private static final int FAILED = 400;
    private static final int NOT_FOUND = 404;
    private static final Set<Integer> IN_USE = Set.of(403, 409);
    private static final Duration FIRST_WORD = Duration.ofSeconds(10);

    private final Path socket;
    private volatile @Nullable String version;

    Wire(Path socket) {
        this.socket = socket;
    }

    Path socket() {
        return socket;
    }

    /// The version that is spoken, agreed once: `/v1.41`.
    private String version() {
        var known = version;
        if (known == null) {
            known = "/v" + Versions.agree(tree(Call.get("/version").within(FIRST_WORD), ""));
            version = known;
        }
        return known;
    }

    /// The answer in JSON; an empty one is an empty object.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is none, or it is no success
    JsonNode tree(Call call) {
        return tree(call, version());
    }

    private JsonNode tree(Call call, String spoken) {
        try (var exchange = begin(call, spoken)) {
            return tree(call, exchange);
        } catch (IOException e) {
            throw Failures.of(call, e, socket);
        }
    }

    private static JsonNode tree(Call call, Exchange exchange) throws IOException {
        requireSuccess(call, exchange);
        var answer = text(exchange, LARGEST_ANSWER);
        return Json.tree(answer.isBlank() ? "{}" : answer);
    }

    /// The same where the thing that is asked for may be missing.
    Optional<JsonNode> find(Call call) {
        try (var exchange = begin(call)) {
            return exchange.status() == NOT_FOUND ? Optional.empty() : Optional.of(tree(call, exchange));
        } catch (IOException e) {
            throw Failures.of(call, e, socket);
        }
    }

    /// Does it; its answer, which need not be JSON, is read and dropped.
    void act(Call call) {
        try (var exchange = begin(call)) {
            requireSuccess(call, exchange);
            text(exchange, LARGEST_ANSWER);
        } catch (IOException e) {
            throw Failures.of(call, e, socket);
        }
    }

    /// Does it to a thing that may be missing.
    void actIfThere(Call call) {
        find(call);
    }

    /// Does it unless the state of things is against it.
    ///
    /// @param against statuses that say so
    boolean actUnless(Call call, Set<Integer> against) {
        try (var exchange = begin(call)) {
            if (against.contains(exchange.status())) {
                return false;
            }
            tree(call, exchange);
            return true;
        } catch (IOException e) {
            throw Failures.of(call, e, socket);
        }
    }

    /// Deletes a thing that may be missing.
    ///
    /// @return false when others use it
    boolean delete(String path) {
        var call = Call.delete(path);
        try (var exchange = begin(call)) {
            if (IN_USE.contains(exchange.status())) {
                return false;
            }
            if (exchange.status() != NOT_FOUND) {
                tree(call, exchange);
            }
            return true;
        } catch (IOException e) {
            throw Failures.of(call, e, socket);
        }
    }

    /// The answer as a stream, once it is a success; the caller closes it.
    Exchange open(Call call) {
        var exchange = begin(call);
        try {
            requireSuccess(call, exchange);
            return exchange;
        } catch (IOException e) {
            exchange.close();
            throw Failures.of(call, e, socket);
        } catch (RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    /// Sends the call; nothing of an answer is read yet. The caller closes it.
    Exchange begin(Call call) {
        return begin(call, version());
    }

    private Exchange begin(Call call, String spoken) {
        try {
            var exchange = Exchange.connect(socket, call.limit());
            try {
                exchange.send(call.head(spoken));
            } catch (IOException e) {
                exchange.close();
                throw e;
            }
            call.content().ifPresent(exchange::send);
            return exchange;
        } catch (IOException e) {
            throw Failures.of(call, e, socket);
        }
    }

    static void requireSuccess(Call call, Exchange exchange) throws IOException {
        if (exchange.status() >= FAILED) {
            throw Failures.of(call, exchange.status(), text(exchange, LARGEST_COMPLAINT));
        }
    }

    private static String text(Exchange exchange, int most) throws IOException {
        var bytes = exchange.body().readNBytes(most + 1);
        if (bytes.length > most) {
            throw new IOException("its answer is larger than " + most + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
