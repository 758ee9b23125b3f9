package dev.johwa.serve.router;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.router.Wire.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The edge that serves now, asked in a way that outlives it: where it dies meanwhile, the one that comes is asked
/// again. Safe for use by many threads.
final class ServingEdge {
    private static final Duration POLL = Duration.ofMillis(5);

    /// Null while another is started.
    private final AtomicReference<@Nullable ConnectedEdge> now = new AtomicReference<>();
    private final Clock clock;
    private final String words;
    private final BooleanSupplier isClosed;

    /// @param words where an edge's last words are
    /// @param isClosed whether nobody waits for an answer any more
    ServingEdge(Clock clock, String words, BooleanSupplier isClosed) {
        this.clock = clock;
        this.words = words;
        this.isClosed = isClosed;
    }

    @Nullable
    ConnectedEdge get() {
        return now.get();
    }

    void set(ConnectedEdge edge) {
        now.set(edge);
    }

    /// @return false when another serves by now
    boolean replace(ConnectedEdge expected, @Nullable ConnectedEdge next) {
        return now.compareAndSet(expected, next);
    }

    /// Gives it a table: what changed in it, where it has the table before, else the whole.
    void take(@Nullable RoutingTable before, RoutingTable wanted) {
        var change = Wire.Table.since(before, wanted);
        // One that was started meanwhile has another table, one of an earlier program knows no changes.
        boolean isTaken = change.isPresent()
                && answer("change", change.get(), List.of(), Duration.ZERO).problem() == null;
        if (!isTaken) {
            var _ = ask("apply", Wire.Table.of(wanted), List.of(), Duration.ZERO);
        }
    }

    /// @throws dev.johwa.lib.problem.ProblemException when it does not answer in time, or answers that it could not
    Answer ask(String verb, Wire.@Nullable Table sent, List<String> instances, Duration given) {
        var got = answer(verb, sent, instances, given);
        if (got.problem() != null) {
            throw Problem.system("edge.answer", "the edge could not " + verb + ": " + got.problem())
                    .exception();
        }
        return got;
    }

    private Answer answer(String verb, Wire.@Nullable Table sent, List<String> instances, Duration given) {
        var atMost = given.plus(ConnectedEdge.CONFIRM);
        long deadline = clock.ticks() + atMost.toNanos();
        while (true) {
            var edge = now.get();
            var left = Duration.ofNanos(deadline - clock.ticks());
            try {
                if (edge == null) {
                    throw new IOException("not connected");
                }
                return edge.talk().ask(verb, sent, instances, given, left.isNegative() ? POLL : left);
            } catch (IOException e) {
                if (isClosed.getAsBoolean() || left.isNegative()) {
                    throw Problem.system(
                                    "edge.silent",
                                    "the edge did not confirm '" + verb + "' within " + atMost.toSeconds() + " s: "
                                            + e.getMessage())
                            .hint("its last words are in " + words)
                            .exception();
                }
                clock.pause(POLL);
            }
        }
    }
}
