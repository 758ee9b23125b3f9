package dev.johwa.build.toolchain;

import com.sun.net.httpserver.HttpServer;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A registry of npm with a few small packages.
final class FakeRegistry implements AutoCloseable {
    private final HttpServer server;
    private final Path work;
    private final Map<String, Map<String, Object>> versions = new HashMap<>();
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    final AtomicInteger tarballs = new AtomicInteger();

    FakeRegistry(Path work) throws IOException {
        this.work = work;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var path = exchange.getRequestURI().getPath();
                var bytes = answers.get(path);
                if (path.endsWith(".tgz")) {
                    tarballs.incrementAndGet();
                }
                exchange.sendResponseHeaders(bytes == null ? 404 : 200, bytes == null ? -1 : bytes.length);
                if (bytes != null) {
                    exchange.getResponseBody().write(bytes);
                }
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /// @param files below the package, name and text; scripts are executable
    void serve(String name, String version, Map<String, String> files) throws IOException, InterruptedException {
        var place = Files.createDirectories(work.resolve(name + "-" + version + "-" + answers.size()));
        var bin = name.equals("npm") ? "{\"npm\":\"bin/npm-cli.js\"}" : "{\"node\":\"bin/node\"}";
        var manifest = "{\"name\":\"" + name + "\",\"version\":\"" + version + "\",\"bin\":" + bin + "}";
        write(place, "package/package.json", manifest);
        for (var file : files.entrySet()) {
            write(place, "package/" + file.getKey(), file.getValue());
        }
        var packed = place.resolve("packed.tgz");
        var tar = new ProcessBuilder("tar", "-czf", packed.toString(), "-C", place.toString(), "package").start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar failed");
        }
        publish(name, version, Files.readAllBytes(packed));
    }

    private static void write(Path place, String name, String text) throws IOException {
        var file = place.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable");
        }
    }

    private void publish(String name, String version, byte[] packed) {
        var path = "/" + name + "/-/" + name + "-" + version + ".tgz";
        answers.put(path, packed);
        var dist = Map.of("tarball", url() + path.substring(1), "integrity", integrity(packed));
        versions.computeIfAbsent(name, _ -> new LinkedHashMap<>())
                .put(version, Map.of("name", name, "version", version, "dist", dist));
        var document = Map.of("name", name, "dist-tags", Map.of("latest", version), "versions", versions.get(name));
        answers.put("/" + name, Json.bytes(document));
    }

    /// Other bytes than those whose digest is stated.
    void corrupt(String name, String version) {
        answers.put("/" + name + "/-/" + name + "-" + version + ".tgz", "other".getBytes(StandardCharsets.UTF_8));
    }

    private static String integrity(byte[] bytes) {
        try {
            return "sha512-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
