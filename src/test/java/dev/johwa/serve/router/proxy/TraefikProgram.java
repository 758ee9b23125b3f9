package dev.johwa.serve.router.proxy;

import static dev.johwa.Wait.eventually;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import tools.jackson.databind.JsonNode;

/// Traefik itself, started for each file with what it leads to: programs that tell what came through to them. Of the
/// file only the addresses of these are others.
final class TraefikProgram implements Traefik {
    private static final Pattern SERVER = Pattern.compile("http://([a-z0-9-]+):3000");
    private static final String STATIC = """
            global: {checkNewVersion: false, sendAnonymousUsage: false}
            log: {level: ERROR}
            api: {insecure: true}
            entryPoints:
              web: {address: "127.0.0.1:%d"}
              websecure: {address: "127.0.0.1:%d"}
              traefik: {address: "127.0.0.1:%d"}
            providers:
              file: {filename: "%s"}
            certificatesResolvers:
              letsencrypt:
                acme: {email: you@example.com, storage: "%s", caServer: "http://127.0.0.1:9/", tlsChallenge: {}}
            """;

    private final Path program;

    TraefikProgram(Path program) {
        this.program = program;
    }

    @Override
    public List<JsonNode> ask(Path routes, String entry, List<String> requests)
            throws IOException, InterruptedException {
        var folder = Files.createTempDirectory(routes.getParent(), "whole");
        var there = new LinkedHashMap<String, HttpServer>();
        try {
            var led = led(Files.readString(routes), there);
            var ports = ports();
            var file = Files.writeString(folder.resolve("dynamic.yml"), led);
            var settings = Files.writeString(
                    folder.resolve("traefik.yml"),
                    STATIC.formatted(ports.get(0), ports.get(1), ports.get(2), file, folder.resolve("acme.json")));
            var process = new ProcessBuilder(program.toString(), "--configFile=" + settings)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("said").toFile())
                    .start();
            try {
                eventually(() -> !process.isAlive() || isReady(ports.get(2)));
                if (!process.isAlive()) {
                    throw new IOException("Traefik ended: " + Files.readString(folder.resolve("said")));
                }
                return answers(entry.equals("web") ? ports.get(0) : 0, ports.get(1), requests);
            } finally {
                process.destroy();
                process.waitFor(20, TimeUnit.SECONDS);
                process.destroyForcibly();
            }
        } finally {
            there.values().forEach(server -> server.stop(0));
        }
    }

    private static String led(String text, Map<String, HttpServer> there) {
        return SERVER.matcher(text).replaceAll(found -> {
            var name = found.group(1);
            var server = there.computeIfAbsent(name, any -> telling(name));
            return "http://127.0.0.1:" + server.getAddress().getPort();
        });
    }

    private static HttpServer telling(String name) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> tell(name, exchange));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tell(String name, HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Seen-Service", name);
            if (exchange.getRequestHeaders().containsKey("Authorization")) {
                exchange.getResponseHeaders().add("Seen-Password", "yes");
            }
            var here = "here\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, here.length);
            exchange.getResponseBody().write(here);
        }
    }

    private static List<Integer> ports() throws IOException {
        try (var first = new ServerSocket(0);
                var second = new ServerSocket(0);
                var third = new ServerSocket(0)) {
            return List.of(first.getLocalPort(), second.getLocalPort(), third.getLocalPort());
        }
    }

    /// Whether it has read the file.
    private static boolean isReady(int port) {
        try (var wire = Wire.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            var told = wire.send("GET /api/http/routers HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .message();
            return told.status() == 200 && told.body().contains("@file");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<JsonNode> answers(int plain, int secure, List<String> requests) throws IOException {
        var all = new ArrayList<JsonNode>();
        for (var request : requests) {
            var host = request.replaceFirst("(?s).*\r\nHost: ([^\r]*)\r\n.*", "$1");
            try (var wire = new Wire(plain == 0 ? secured(secure, host) : socket(plain))) {
                all.add(answer(wire.send(request).message()));
            }
        }
        return all;
    }

    private static Socket socket(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static Socket secured(int port, String host) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context.getSocketFactory().createSocket(socket(port), host, port, true);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static JsonNode answer(Wire.Message message) {
        var fields = new TreeMap<String, String>();
        message.head().lines().skip(1).filter(line -> line.contains(":")).forEach(line -> {
            var parts = line.split(":", 2);
            fields.merge(parts[0].toLowerCase(Locale.ROOT), parts[1].strip(), (one, other) -> one + ", " + other);
        });
        var service = fields.getOrDefault("seen-service", "");
        return Json.tree(Json.write(Map.of(
                "status",
                message.status(),
                "fields",
                fields,
                "service",
                service,
                "backend",
                service.isEmpty() ? "" : "http://" + service + ":3000",
                "password",
                fields.containsKey("seen-password"))));
    }

    /// Its own certificate is nobody's.
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
