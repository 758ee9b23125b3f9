package dev.johwa.main;

import dev.johwa.lib.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// `johwa up` as a process of its own, as a person starts it, with the Java options that a test needs.
final class ChildServer implements AutoCloseable {
    private final Path data;
    private final Process process;
    private final JsonNode ready;

    ChildServer(Path data, String... javaOptions) {
        this.data = data;
        var argv = new ArrayList<String>();
        argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        argv.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        argv.add("-Djdk.httpclient.allowRestrictedHeaders=host");
        argv.addAll(List.of(javaOptions));
        argv.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "up"));
        argv.addAll(List.of("--data", data.toString(), "--listen", "127.0.0.1:0", "--edge", "127.0.0.1:0", "--json"));
        try {
            process = new ProcessBuilder(argv)
                    .redirectError(data.resolveSibling("server.err").toFile())
                    .start();
            ready = Json.read(
                    new BufferedReader(process.inputReader()).readLine().getBytes(), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String gitUrl(String project) {
        return url().replaceFirst(
                                "http://", "http://johwa:" + ready.get("token").asString() + "@") + "/" + project
                + ".git";
    }

    String url() {
        return ready.get("url").asString();
    }

    URI edge() {
        return URI.create(ready.get("edge").asString());
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        DownCommand.end(data, true);
    }
}
