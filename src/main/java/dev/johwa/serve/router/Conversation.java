package dev.johwa.serve.router;

import dev.johwa.lib.json.Records;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Wire.Answer;
import dev.johwa.serve.router.Wire.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The control plane's end of one connection to one edge process: questions and their answers, and what the edge says
/// by
/// itself. Over when the edge has gone. Safe for use by many threads.
final class Conversation implements AutoCloseable {
    private final LineSocket socket;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
    private volatile boolean over;

    private Conversation(LineSocket socket) {
        this.socket = socket;
    }

    /// @param events what the edge says by itself
    /// @param gone called once, when the edge has gone or this is closed
    static Conversation start(LineSocket socket, Tasks tasks, Consumer<Answer> events, Runnable gone) {
        var conversation = new Conversation(socket);
        var _ = tasks.run("edge", () -> {
            conversation.hear(events);
            gone.run();
        });
        return conversation;
    }

    private void hear(Consumer<Answer> events) {
        try {
            for (var line = socket.read(); line.isPresent(); line = socket.read()) {
                var answer = Records.read(line.get(), Answer.class);
                if (answer.event() != null) {
                    events.accept(answer);
                    continue;
                }
                var question = open.remove(answer.number());
                if (question != null) {
                    question.complete(answer);
                }
            }
        } catch (IOException e) {
            // The same as its end.
        }
        over = true;
        socket.close();
        open.values().forEach(question -> question.completeExceptionally(new IOException("the edge has gone")));
    }

    /// Asks and waits for the answer, at most so long.
    ///
    /// @throws IOException when there is none
    Answer ask(String verb, Wire.@Nullable Table table, List<String> instances, Duration given, Duration atMost)
            throws IOException {
        long number = numbers.incrementAndGet();
        var answer = new CompletableFuture<Answer>();
        open.put(number, answer);
        try {
            if (over) {
                throw new IOException("the edge has gone");
            }
            socket.write(Records.write(new Question(number, verb, table, instances, given.toMillis())));
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + atMost.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            open.remove(number);
        }
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void close() {
        socket.close();
    }
}
