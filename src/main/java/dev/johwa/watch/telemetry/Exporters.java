package dev.johwa.watch.telemetry;

import dev.johwa.lib.clock.Clock;
import dev.johwa.watch.telemetry.otlp.Receiver;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What OpenTelemetry's exporters send over HTTP. Nothing of protobuf is loaded before the first of them comes.
public final class Exporters {
    /// Of a body, once it is unpacked.
    public static final int LARGEST = 20 << 20;

    private final Telemetry telemetry;
    private final Clock clock;
    private @Nullable Receiver receiver;

    public Exporters(Telemetry telemetry, Clock clock) {
        this.telemetry = telemetry;
        this.clock = clock;
    }

    private synchronized Receiver receiver() {
        var ready = receiver;
        if (ready == null) {
            ready = new Receiver(telemetry);
            receiver = ready;
        }
        return ready;
    }

    /// Keeps metrics.
    ///
    /// @param may for which apps the sender may send
    /// @return the answer, in the form of the question
    /// @throws dev.johwa.lib.problem.ProblemException with code `otlp.body` when it is no message
    public byte[] metrics(byte[] body, boolean isJson, Predicate<String> may) {
        return receiver().metrics(body, isJson, may, clock.now().toEpochMilli());
    }

    /// Counts spans, and keeps none.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with code `otlp.body` when it is no message
    public byte[] traces(byte[] body, boolean isJson, Predicate<String> may) {
        return receiver().traces(body, isJson, may, clock.now().toEpochMilli());
    }
}
