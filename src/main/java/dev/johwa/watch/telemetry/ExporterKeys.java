package dev.johwa.watch.telemetry;

import dev.johwa.lib.file.Whole;
import dev.johwa.lib.text.Hmac;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Exporting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Tokens with which an app sends figures of its own and nothing else may be done: its name, and a sum that only the
/// key of this platform makes of it. Safe for use by many threads.
public final class ExporterKeys implements Exporting {
    /// In the folder of figures; made when it is first needed.
    public static final String FILE = "exporters.key";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String PREFIX = "johwa-otlp.";
    private static final int KEY_BYTES = 32;

    private final Path folder;
    private volatile Optional<HostPort> address = Optional.empty();
    private byte @Nullable [] key;

    ExporterKeys(Path folder) {
        this.folder = folder;
    }

    /// Where instances of this machine reach the platform from now on.
    public void at(String url) {
        var place = URI.create(url);
        // Who listens everywhere is met there too.
        var host = place.getHost().replaceFirst("^(localhost|0\\.0\\.0\\.0|\\[[0:]+])$", LOOPBACK);
        address = Optional.of(new HostPort(host, place.getPort()));
    }

    private record HostPort(String host, int port) {
        boolean isLoopback() {
            return host.equals(LOOPBACK);
        }

        String url(String machine) {
            return "http://" + (isLoopback() ? machine : host) + ":" + port;
        }
    }

    @Override
    public OptionalInt port() {
        return address.filter(HostPort::isLoopback)
                .map(at -> OptionalInt.of(at.port()))
                .orElse(OptionalInt.empty());
    }

    /// As OpenTelemetry's exporters read them.
    /// Source of the names: opentelemetry.io/docs/specs/otel/protocol/exporter.
    @Override
    public Map<String, String> values(AppEnvironment where, int release, String machine) {
        return address.<Map<String, String>>map(at -> Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        at.url(machine),
                        "OTEL_EXPORTER_OTLP_HEADERS",
                        "Authorization=Bearer%20" + token(where.name()),
                        "OTEL_EXPORTER_OTLP_PROTOCOL",
                        "http/protobuf",
                        "OTEL_SERVICE_NAME",
                        where.name(),
                        "OTEL_RESOURCE_ATTRIBUTES",
                        "service.version=" + release + ",deployment.environment.name=" + encoded(where.environment())))
                .orElse(Map.of());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// @param app PROJECT or PROJECT/APP
    public String token(String app) {
        var name = Base64.getUrlEncoder().withoutPadding().encodeToString(app.getBytes(StandardCharsets.UTF_8));
        var sum = Base64.getUrlEncoder().withoutPadding().encodeToString(Hmac.of(key(), "otlp " + app));
        return PREFIX + name + "." + sum;
    }

    /// Whose token it is, if it is one of ours.
    public Optional<String> app(String token) {
        int dot = token.lastIndexOf('.');
        if (!token.startsWith(PREFIX) || dot < PREFIX.length()) {
            return Optional.empty();
        }
        try {
            var name = Base64.getUrlDecoder().decode(token.substring(PREFIX.length(), dot));
            var app = new String(name, StandardCharsets.UTF_8);
            boolean isOurs = MessageDigest.isEqual(
                    token(app).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
            return Optional.of(app).filter(any -> isOurs);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private synchronized byte[] key() {
        var ready = key;
        if (ready == null) {
            ready = read();
            key = ready;
        }
        return ready;
    }

    private byte[] read() {
        var file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                var fresh = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(fresh);
                Files.createDirectories(folder);
                Whole.writeDurably(file, fresh, "rw-------");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
