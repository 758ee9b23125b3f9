package dev.johwa.watch.telemetry;

import dev.johwa.lib.clock.Clock;
import dev.johwa.watch.log.AppLogs;
import dev.johwa.watch.telemetry.otlp.Receiver;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What OpenTelemetry's exporters send over HTTP. Nothing of protobuf is loaded before the first of them comes.
public final class Exporters {
    /// Of a body, once it is unpacked.
    public static final int LARGEST = 20 << 20;

    private final Telemetry telemetry;
    private final AppLogs logs;
    private final Clock clock;
    private @Nullable Receiver receiver;

    public Exporters(Telemetry telemetry, AppLogs logs, Clock clock) {
        this.telemetry = telemetry;
        this.logs = logs;
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

    /// With which apps send.
    public ExporterKeys keys() {
        return telemetry.keys();
    }

    /// Keeps metrics.
    ///
    /// @param may for which apps the sender may send
    /// @return the answer, in the form of the question
    /// @throws dev.johwa.lib.problem.ProblemException with code `otlp.body` when it is no message
    public byte[] metrics(byte[] body, boolean isJson, Predicate<String> may) {
        return receiver().metrics(body, isJson, may, clock.now().toEpochMilli());
    }

    /// Keeps records of logs.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with code `otlp.body` when it is no message
    public byte[] logs(byte[] body, boolean isJson, Predicate<String> may) {
        return receiver().logs(body, isJson, may, logs, clock.now());
    }

    /// Counts spans, and keeps none.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with code `otlp.body` when it is no message
    public byte[] traces(byte[] body, boolean isJson, Predicate<String> may) {
        return receiver().traces(body, isJson, may, clock.now().toEpochMilli());
    }
}
