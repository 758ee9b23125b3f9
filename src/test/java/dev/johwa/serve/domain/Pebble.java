package dev.johwa.serve.domain;

import dev.johwa.TestCertificate;
import dev.johwa.Tools;
import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/// Let's Encrypt's own authority for tests, with a name server that says that every name is this machine. `verify`
/// fetches both.
final class Pebble implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();
    private final SSLContext before;
    private final int port;

    /// @param http where it asks by HTTP
    /// @param tls where it asks within a handshake
    Pebble(Path folder, int http, int tls) throws Exception {
        this(folder, http, tls, Map.of());
    }

    /// @param customers keys by their ids: whoever is none of them gets no account; with none, everybody gets one
    Pebble(Path folder, int http, int tls, Map<String, String> customers) throws Exception {
        before = SSLContext.getDefault();
        port = free();
        int management = free();
        int dns = free();
        var own = TestCertificate.make(folder, "pebble-" + port, "EC", "localhost");
        SSLContext.setDefault(TestCertificate.trusting(own.chain()));
        var config = folder.resolve("pebble-" + port + ".json");
        Files.writeString(config, """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d,
                "retryAfter": {"authz": 1, "order": 1},
                "externalAccountBindingRequired": %s, "externalAccountMACKeys": %s,
                "profiles": {"default": {"description": "for tests", "validityPeriod": 7776000}}}}
                """.formatted(
                port, management, own.chain(), own.key(), http, tls, !customers.isEmpty(), Json.write(customers)));
        var names = List.of(
                Tools.find("pebble-challtestsrv"),
                "-defaultIPv4=127.0.0.1",
                "-defaultIPv6=",
                "-dnsserver=127.0.0.1:" + dns,
                "-http01=",
                "-https01=",
                "-tlsalpn01=",
                "-doh=",
                "-management=127.0.0.1:" + free());
        start(folder, "names", names);
        start(
                folder,
                "pebble",
                List.of(
                        Tools.find("pebble"),
                        "-config",
                        config.toString(),
                        "-dnsserver",
                        "127.0.0.1:" + dns,
                        "-strict=false"));
        Wait.eventually(this::answers);
    }

    private static int free() throws IOException {
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
        return "https://localhost:" + port + "/dir";
    }

    @Override
    public void close() {
        SSLContext.setDefault(before);
        processes.forEach(Process::destroyForcibly);
    }
}
