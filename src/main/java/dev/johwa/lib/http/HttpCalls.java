package dev.johwa.lib.http;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/// Calls one server over HTTP/1.1. Safe for use by many threads; no redirect is followed.
///
/// Going to an address of one's own choice needs the system property `jdk.httpclient.allowRestrictedHeaders=host`,
/// given when the JVM starts.
public final class HttpCalls implements AutoCloseable {
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;
    private static final Duration LONGEST_BODY = Duration.ofHours(2);

    private final LastingClient client;
    private final Optional<Way> way;
    private final CompletableFuture<Void> alarm = new CompletableFuture<>();

    /// Chooses where a call goes.
    @FunctionalInterface
    public interface Way {
        /// @return the address of the host for the call that is about to be made
        /// @throws ProblemException when it may go nowhere; the call ends with it
        String to(String host);
    }

    /// @param server what is called, of which the scheme decides whether certificates are looked at
    public HttpCalls(URI server) {
        this(server, Optional.empty(), Optional.empty());
    }

    /// @param pinned file of the only certificates that are trusted; empty: those that the machine trusts
    public HttpCalls(URI server, Optional<Path> pinned) {
        this(server, pinned, Optional.empty());
    }

    /// Each call connects to the address that was chosen for it, whatever the name leads to a moment later.
    public HttpCalls(URI server, Way way) {
        this(server, Optional.empty(), Optional.of(way));
    }

    HttpCalls(URI server, Optional<Path> pinned, Optional<Way> way) {
        this.way = way;
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10));
        if ("http".equals(server.getScheme())) {
            builder.sslContext(WithoutTls.context());
        } else {
            boolean isNamed = way.isPresent() && !InsideAddresses.isNumber(server.getHost());
            var name = isNamed ? Optional.of(server.getHost().replaceFirst("\\.$", "")) : Optional.<String>empty();
            name.map(HttpCalls::asking).ifPresent(builder::sslParameters);
            pinned.map(file -> Pinned.context(file, name))
                    .or(() -> name.map(NamedTrust::context))
                    .ifPresent(builder::sslContext);
        }
        this.client = new LastingClient(builder);
    }

    /// Ends whatever is being called or read when that time is over: a body may come for as long as it takes, and what
    /// is waited for stands still for ever where the server does.
    public HttpCalls within(Duration whole) {
        var _ = alarm.completeOnTimeout(null, whole.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(client::shutdownNow);
        return this;
    }

    /// Connected by its number, a server is still asked for by its name.
    static SSLParameters asking(String name) {
        var parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        return parameters;
    }

    /// What is asked.
    ///
    /// @param atMost until the head of the answer is here
    public record Call(String method, URI uri, Map<String, String> headers, byte[] body, Duration atMost) {
        private Call within(Duration other) {
            return new Call(method, uri, headers, body, other);
        }
    }

    /// A whole answer.
    ///
    /// @param fields of its head, by their names in lower case; of several alike the first
    public record Answer(int status, Map<String, String> fields, byte[] body) {
        public Optional<String> field(String name) {
            return Optional.ofNullable(fields.get(name));
        }

        public Optional<String> type() {
            return field("content-type");
        }
    }

    /// An answer whose body is read as it comes; close it.
    public record Streamed(int status, Map<String, String> fields, InputStream body) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /// Calls and reads the whole answer, of at most 64 MiB.
    ///
    /// @throws ProblemException with code `server.unreachable` when no answer comes
    public Answer send(Call call) {
        return whole(call, exchange(call, body(call)));
    }

    /// Calls with a file as the body, which may take as long as it takes, and reads the whole answer.
    ///
    /// @throws ProblemException with code `server.unreachable` when no answer comes
    public Answer send(Call call, Path file) {
        try {
            return whole(call, exchange(call.within(LONGEST_BODY), BodyPublishers.ofFile(file)));
        } catch (FileNotFoundException e) {
            throw new ProblemException(
                    Problem.user("usage.file", "the file " + file + " cannot be read")
                            .hint("name a file that is there"),
                    e);
        }
    }

    private static Map<String, String> fields(HttpResponse<?> response) {
        var fields = new HashMap<String, String>();
        response.headers()
                .map()
                .forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return fields;
    }

    private static BodyPublisher body(Call call) {
        return call.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(call.body());
    }

    private static Answer whole(Call call, HttpResponse<InputStream> response) {
        try (var body = response.body()) {
            var bytes = body.readNBytes(LARGEST_ANSWER + 1);
            if (bytes.length > LARGEST_ANSWER) {
                throw Problem.external("server.answer-too-large", call.uri() + " answered more than 64 MiB")
                        .exception();
            }
            return new Answer(response.statusCode(), fields(response), bytes);
        } catch (IOException e) {
            throw unreachable(call, e);
        }
    }

    /// Calls and hands over the body while it comes.
    ///
    /// @throws ProblemException with code `server.unreachable` when no answer comes
    public Streamed open(Call call) {
        var response = exchange(call, body(call));
        return new Streamed(response.statusCode(), fields(response), response.body());
    }

    private HttpResponse<InputStream> exchange(Call call, BodyPublisher body) {
        var request =
                HttpRequest.newBuilder(place(call.uri())).timeout(call.atMost()).method(call.method(), body);
        call.headers().forEach(request::header);
        way.ifPresent(_ -> request.setHeader("Host", call.uri().getRawAuthority()));
        try {
            return client.get().send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unreachable(call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.external("server.interrupted", "the call was interrupted"), e);
        }
    }

    private URI place(URI uri) {
        if (way.isEmpty()) {
            return uri;
        }
        var address = way.get().to(uri.getHost()).replaceFirst("%.*", "");
        var shown = address.contains(":") ? "[" + address + "]" : address;
        var named = uri.toString();
        int path = named.indexOf(uri.getRawAuthority()) + uri.getRawAuthority().length();
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(uri.getScheme() + "://" + shown + port + named.substring(path));
    }

    private static ProblemException unreachable(Call call, IOException e) {
        var server = call.uri().getScheme() + "://" + call.uri().getRawAuthority();
        var why = e instanceof ConnectException ? "connection refused" : String.valueOf(e.getMessage());
        return new ProblemException(
                Problem.external("server.unreachable", "the server " + server + " does not answer: " + why)
                        .hint("start one with `johwa up`, or name another with --server URL or JOHWA_URL"),
                e);
    }

    @Override
    public void close() {
        alarm.cancel(false);
        client.shutdownNow();
    }
}
