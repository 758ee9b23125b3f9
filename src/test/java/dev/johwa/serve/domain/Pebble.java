package dev.johwa.serve.domain;

import dev.johwa.TestCertificate;
import dev.johwa.Tools;
import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/// Let's Encrypt's own authority for tests, with a name server that says that every name is this machine. `verify`
/// fetches both.
public final class Pebble implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();
    private final SSLContext before;
    private final Path folder;
    private final List<String> authority;
    private final int port;
    private final int management = free();

    /// @param http where it asks by HTTP
    /// @param tls where it asks within a handshake
    Pebble(Path folder, int http, int tls) throws Exception {
        this(folder, http, tls, Map.of());
    }

    /// @param customers keys by their ids: whoever is none of them gets no account; with none, everybody gets one
    Pebble(Path folder, int http, int tls, Map<String, String> customers) throws Exception {
        this(folder, new Asked(free(), http, tls, Duration.ofDays(90)), customers);
    }

    /// @param port of the authority itself
    /// @param http where it asks by HTTP
    /// @param tls where it asks within a handshake
    /// @param validity of its certificates
    public record Asked(int port, int http, int tls, Duration validity) {}

    public Pebble(Path folder, Asked asked, Map<String, String> customers) throws Exception {
        before = SSLContext.getDefault();
        port = asked.port();
        int dns = free();
        var own = TestCertificate.make(folder, "pebble-" + port, "EC", "localhost");
        SSLContext.setDefault(TestCertificate.trusting(own.chain()));
        var config = folder.resolve("pebble-" + port + ".json");
        Files.writeString(config, """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d,
                "retryAfter": {"authz": 1, "order": 1},
                "externalAccountBindingRequired": %s, "externalAccountMACKeys": %s,
                "profiles": {"default": {"description": "for tests", "validityPeriod": %d}}}}
                """.formatted(
                        port,
                        free(),
                        own.chain(),
                        own.key(),
                        asked.http(),
                        asked.tls(),
                        !customers.isEmpty(),
                        Json.write(customers),
                        asked.validity().toSeconds()));
        var names = List.of(
                Tools.find("pebble-challtestsrv"),
                "-defaultIPv4=127.0.0.1",
                "-defaultIPv6=",
                "-dnsserver=127.0.0.1:" + dns,
                "-http01=",
                "-https01=",
                "-tlsalpn01=",
                "-doh=",
                "-management=127.0.0.1:" + management);
        start(folder, "names", names);
        this.folder = folder;
        authority = List.of(
                Tools.find("pebble"), "-config", config.toString(), "-dnsserver", "127.0.0.1:" + dns, "-strict=false");
        start(folder, "pebble", authority);
        Wait.eventually(this::answers);
    }

    /// From now on it knows nobody, and no name that was proven: even told not to, it takes one proof in a hundred for
    /// the next order too.
    public void forget() throws Exception {
        processes.removeLast().destroyForcibly().waitFor();
        start(folder, "pebble", authority);
        Wait.eventually(this::answers);
    }

    public static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void start(Path folder, String name, List<String> argv) throws IOException {
        var builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + "-" + port + ".log").toFile());
        builder.environment().putAll(Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_AUTHZREUSE", "0"));
        processes.add(builder.start());
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String directory() {
        return directory(port);
    }

    public static String directory(int port) {
        return "https://localhost:" + port + "/dir";
    }

    /// From now on every name is at that address for it: where nobody answers, it refuses.
    public void lead(String address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/set-default-ipv4"))
                    .POST(BodyPublishers.ofString("{\"ip\": \"" + address + "\"}"))
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(answer.statusCode() + " " + answer.body());
            }
        }
    }

    @Override
    public void close() {
        SSLContext.setDefault(before);
        processes.forEach(Process::destroyForcibly);
    }
}
