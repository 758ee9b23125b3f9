package dev.johwa.door.web;

import dev.johwa.door.api.AppName;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.telemetry.Exporters;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Where OpenTelemetry's exporters send to, by OTLP over HTTP: protobuf or JSON, plain or packed by gzip.
/// Source of the form: opentelemetry.io/docs/specs/otlp/#otlphttp.
final class ExporterRoutes {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    /// Bodies that are held in memory at once, and how long one waits for its turn.
    private static final int AT_ONCE = 3;

    private static final int WAIT_SECONDS = 10;

    private final Exporters exporters;
    private final Function<String, Optional<Identity>> tokens;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    /// Keeps what came.
    @FunctionalInterface
    private interface Taking {
        byte[] take(byte[] body, boolean isJson, Predicate<String> may);
    }

    /// @param tokens who shows a token
    ExporterRoutes(Exporters exporters, Function<String, Optional<Identity>> tokens) {
        this.exporters = exporters;
        this.tokens = tokens;
    }

    List<Route> all() {
        return List.of(
                Route.post(
                        "/v1/metrics",
                        Access.OPEN,
                        "Metrics of an exporter (OTLP)",
                        call -> take(call, exporters::metrics)),
                Route.post(
                        "/v1/logs",
                        Access.OPEN,
                        "Records of logs of an exporter (OTLP)",
                        call -> take(call, exporters::logs)),
                Route.post(
                        "/v1/traces",
                        Access.OPEN,
                        "Spans of an exporter (OTLP): counted, not kept",
                        call -> take(call, exporters::traces)));
    }

    private void take(Call call, Taking taking) throws IOException, InterruptedException {
        var may = sender(call);
        var type = Optional.ofNullable(call.context().contentType())
                .orElse("")
                .replaceFirst(";.*", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean isJson = type.equals(JSON);
        if (!isJson && !type.equals(PROTOBUF)) {
            refuse(call, "the body is '" + type + "', not " + PROTOBUF + " or " + JSON);
            return;
        }
        if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw Problem.user("otlp.too-often", "others are being read")
                    .hint("try again later")
                    .exception();
        }
        try {
            var body = body(call);
            if (body.isPresent()) {
                var answer = taking.take(body.get(), isJson, may);
                call.context().status(200).contentType(isJson ? JSON : PROTOBUF).result(answer);
            }
        } finally {
            turns.release();
        }
    }

    /// For which apps the sender may send: an app's own token for that app, others for what they may push to.
    private Predicate<String> sender(Call call) {
        var token = Gate.shown(call.context()).orElse("");
        var own = exporters.keys().app(token);
        if (own.isPresent()) {
            return own.get()::equals;
        }
        var known = tokens.apply(token)
                .orElseThrow(() -> Problem.user("token.unauthenticated", "no access token was shown that is known here")
                        .hint("send 'Authorization: Bearer TOKEN'; instances have one in OTEL_EXPORTER_OTLP_HEADERS")
                        .exception());
        return app -> known.may(Permission.PUSH, Optional.of(AppName.projectOf(app)));
    }

    private static void refuse(Call call, String why) {
        Problems.answer(call.context(), List.of(Problem.user("otlp.type", why)));
        call.context().status(415);
    }

    private static Optional<byte[]> body(Call call) throws IOException {
        var coding = Optional.ofNullable(call.context().header("Content-Encoding"))
                .orElse("identity")
                .toLowerCase(Locale.ROOT);
        InputStream raw = call.context().req().getInputStream();
        if (!coding.equals("identity") && !coding.equals("gzip")) {
            refuse(call, "the body is packed by '" + coding + "', not by gzip");
            return Optional.empty();
        }
        try (var in = coding.equals("gzip") ? new GZIPInputStream(raw) : raw) {
            var bytes = in.readNBytes(Exporters.LARGEST + 1);
            if (bytes.length > Exporters.LARGEST) {
                throw Problem.user("otlp.too-large", "the body is larger than " + (Exporters.LARGEST >> 20) + " MiB")
                        .hint("send less at once")
                        .exception();
            }
            return Optional.of(bytes);
        } catch (ZipException | EOFException e) {
            throw new ProblemException(Problem.user("otlp.body", "the body is no gzip: " + e.getMessage()), e);
        }
    }
}
