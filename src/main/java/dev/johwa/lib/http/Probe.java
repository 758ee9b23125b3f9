package dev.johwa.lib.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// Asks an address whether it answers. Safe for use by many threads.
///
/// Setting `Host` needs the system property `jdk.httpclient.allowRestrictedHeaders=host`, given when the JVM starts.
public final class Probe implements AutoCloseable {
    private static final long LARGEST_BODY = 1 << 20;
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int FRAME_HEAD = 9;
    private static final int SETTINGS = 4;

    private final String scheme;
    private final LastingClient client;

    public Probe() {
        this(
                "http",
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(WithoutTls.context()));
    }

    private Probe(String scheme, HttpClient.Builder builder) {
        this.scheme = scheme;
        this.client = new LastingClient(
                builder.followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(5)));
    }

    /// Asks through TLS.
    ///
    /// @param pinned file of the only certificates that are trusted, in PEM
    /// @param name of the server, which is asked for and must be in its certificate
    /// @param byHttp2 where the server speaks it
    public static Probe secure(Path pinned, String name, boolean byHttp2) {
        var asking = HttpCalls.asking(name);
        if (byHttp2) {
            // Java's client offers HTTP/2 only where it finds these here.
            asking.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        }
        return new Probe(
                "https",
                HttpClient.newBuilder()
                        .version(byHttp2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                        .sslParameters(asking)
                        .sslContext(Pinned.context(pinned, Optional.empty())));
    }

    /// What came back.
    public sealed interface Answer {
        /// An answer with this status; its body is not looked at.
        record Status(int code) implements Answer {}

        /// Frames of HTTP/2, as servers of gRPC send at once, whatever was asked.
        record Frames() implements Answer {}

        /// None, and why.
        record Nothing(String why) implements Answer {}

        /// Whether a server is there that did not fail.
        default boolean isWell() {
            return switch (this) {
                case Status(var code) -> code < 500;
                case Frames() -> true;
                case Nothing(var _) -> false;
            };
        }

        /// For a person: `answers 200`, `does not answer (Connection refused)`.
        default String text() {
            return switch (this) {
                case Status(var code) -> "answers " + code;
                case Frames() -> "answers by HTTP/2";
                case Nothing(var why) -> "does not answer (" + why + ")";
            };
        }
    }

    /// Sends a GET and waits for the head of the answer.
    ///
    /// @param address `host:port`
    /// @param host value of the header `Host`
    public Answer get(String address, String host, String path, Duration atMost) {
        return get(address, path, Map.of("Host", host), atMost);
    }

    /// Sends a GET with these header fields, among them `Host`, and waits for the head of the answer.
    ///
    /// @param address `host:port`
    public Answer get(String address, String path, Map<String, String> fields, Duration atMost) {
        try {
            return new Answer.Status(client.get()
                    .send(request(address, path, fields, atMost), HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException e) {
            var message = e.getMessage();
            return startsWithFrame(address, atMost)
                    ? new Answer.Frames()
                    : new Answer.Nothing(message == null ? e.getClass().getSimpleName() : message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Nothing("interrupted");
        }
    }

    /// Servers of HTTP/2 begin with their settings (RFC 9113 §3.4), without being asked.
    private static boolean startsWithFrame(String address, Duration atMost) {
        try (var socket = new Socket()) {
            socket.connect(place(address), (int) atMost.toMillis());
            socket.setSoTimeout((int) Math.min(atMost.toMillis(), 1_000));
            socket.getOutputStream().write(PREFACE);
            var head = socket.getInputStream().readNBytes(FRAME_HEAD);
            return head.length == FRAME_HEAD && head[0] == 0 && head[3] == SETTINGS;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetSocketAddress place(String address) {
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private HttpRequest request(String address, String path, Map<String, String> fields, Duration atMost) {
        var request = HttpRequest.newBuilder(URI.create(scheme + "://" + address + path))
                .timeout(atMost)
                .header("User-Agent", "johwa-check");
        fields.forEach(request::header);
        return request.GET().build();
    }

    /// The body of the answer to a GET; empty when there is none within the time, or a very large one.
    ///
    /// @param address `host:port`
    /// @param fields of the head, among them `Host`
    public Optional<String> body(String address, String path, Map<String, String> fields, Duration atMost) {
        try {
            var request = request(address, path, fields, atMost);
            var body = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), LARGEST_BODY);
            // The request's own limit ends with the head of the answer.
            var answer = client.get().sendAsync(request, body);
            try {
                return Optional.of(
                        answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS).body());
            } finally {
                answer.cancel(true);
            }
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// A whole answer to a GET, or why there is none.
    public sealed interface Page {
        record Read(int status, String type, byte[] body) implements Page {}

        /// It was longer than it may be.
        record TooLarge() implements Page {}

        /// It began in time and did not end.
        record Endless(String type) implements Page {}

        /// It did not come, or not in time.
        record Missing() implements Page {}
    }

    /// The answer to a GET with its body, all of it within the time.
    ///
    /// @param address `host:port`
    /// @param fields of the head, among them `Host`
    /// @param largest bytes of the body that are read at most
    public Page page(String address, String path, Map<String, String> fields, long largest, Duration atMost) {
        var request = request(address, path, fields, atMost);
        var begun = new AtomicReference<Page>(new Page.Missing());
        var body = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), largest);
        var answer = client.get().sendAsync(request, head -> {
            begun.set(new Page.Endless(head.headers().firstValue("Content-Type").orElse("")));
            return body.apply(head);
        });
        try {
            var whole = answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            var type = whole.headers().firstValue("Content-Type").orElse("");
            return new Page.Read(whole.statusCode(), type, whole.body());
        } catch (ExecutionException e) {
            boolean isTooLarge = String.valueOf(e.getMessage()).contains("body exceeds capacity");
            return isTooLarge ? new Page.TooLarge() : new Page.Missing();
        } catch (TimeoutException e) {
            return begun.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Page.Missing();
        } finally {
            answer.cancel(true);
        }
    }

    /// Whether something accepts a connection there.
    public boolean connects(String address, Duration atMost) {
        try (var socket = new Socket()) {
            socket.connect(place(address), (int) atMost.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
