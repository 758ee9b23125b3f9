package dev.johwa.door.web;

import dev.johwa.lib.json.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Server-sent events. Safe for use by many threads. A client that has gone ends it with an [IOException].
final class EventStream {
    private final OutputStream out;

    EventStream(Context context) throws IOException {
        context.res().setContentType("text/event-stream");
        context.res().setCharacterEncoding("UTF-8");
        context.res().setHeader("Cache-Control", "no-store");
        context.res().setHeader("X-Accel-Buffering", "no");
        this.out = context.res().getOutputStream();
        context.res().flushBuffer();
    }

    /// The id after which a client that comes back wants to go on; 0 from the start.
    static long after(Context context) {
        var id = context.header("Last-Event-ID");
        try {
            return id == null ? 0 : Long.parseLong(id);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    void send(Object id, String event, Object data) throws IOException {
        write("id: " + id + "\nevent: " + event + "\ndata: " + Json.write(data) + "\n\n");
    }

    /// An event that a client which comes back need not have seen: its place stays that of the event before.
    void send(String event, Object data) throws IOException {
        write("event: " + event + "\ndata: " + Json.write(data) + "\n\n");
    }

    /// Keeps the connection, and notices that the client has gone.
    void beat() throws IOException {
        write(": still here\n\n");
    }

    private synchronized void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
