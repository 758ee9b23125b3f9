package dev.johwa.door.web;

import dev.johwa.door.api.ConnectionList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.host.Connections;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Where git hosts tell that something moved. Open to all, since who sends is known by the signature alone; answered at
/// once, and worked at afterwards.
final class HookRoutes {
    /// GitHub sends no more.
    private static final int LARGEST = 25 << 20;
    /// Of all that are being read, in pieces: who sends is not known before the last byte is here.
    private static final int PIECE = 64 << 10;
    private static final int MOST_BYTES = 100 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Connections connections;
    private final Semaphore room = new Semaphore(MOST_BYTES / PIECE);

    HookRoutes(Connections connections) {
        this.connections = connections;
    }

    List<Route> all() {
        return List.of(Route.post("/api/v1/hooks/{project}", Access.OPEN, "A signed webhook of a git host", this::hear)
                .gives(202, ConnectionList.Heard.class));
    }

    private void hear(Call call) throws Exception {
        var request = call.context().req();
        long length = request.getContentLengthLong();
        if (length > LARGEST) {
            throw tooLarge();
        }
        int pieces = (int) (length < 0 ? LARGEST : length) / PIECE + 1;
        if (!room.tryAcquire(pieces, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Problem.resource("hook.busy", "too many webhooks arrive at once")
                    .hint("deliver it again; what it tells is found without it too")
                    .exception();
        }
        try {
            var heard = connections.heard(call.path("project"), fields(call), body(call));
            call.answer(202, new ConnectionList.Heard(heard.event(), heard.does()));
        } finally {
            room.release(pieces);
        }
    }

    private static byte[] body(Call call) throws IOException {
        var bytes = call.context().req().getInputStream().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw tooLarge();
        }
        return bytes;
    }

    private static ProblemException tooLarge() {
        return Problem.user("hook.too-large", "the webhook is larger than " + (LARGEST >> 20) + " MiB")
                .hint("what it tells is found without it, by looking at the host")
                .exception();
    }

    private static Map<String, String> fields(Call call) {
        var fields = new HashMap<String, String>();
        call.context().headerMap().forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), value));
        return fields;
    }
}
