package dev.johwa.serve.backup;

import static dev.johwa.Wait.eventually;

import dev.johwa.Tools;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A store of objects that looks at every signature, with a bucket `backups`; `verify` fetches it.
public final class S3Store implements AutoCloseable {
    private final Process process;
    private final int port;
    private final Path bucket;

    public S3Store(Path folder) throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        bucket = Files.createDirectories(folder.resolve("store/backups"));
        var settings = folder.resolve("s3proxy.conf");
        Files.writeString(settings, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=AKIDEXAMPLE
                s3proxy.credential=secret/key+1
                jclouds.provider=filesystem-nio2
                jclouds.identity=x
                jclouds.credential=x
                jclouds.filesystem.basedir=%s
                """.formatted(port, folder.resolve("store")));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx200m",
                        "-cp",
                        Tools.jars("s3proxy-2.6.0"),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("store.out").toFile())
                .start();
        eventually(() -> !process.isAlive() || answers());
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// What tells a command where the store is and who asks.
    public Map<String, String> environment() {
        return environment(port);
    }

    /// The same by another way to it.
    Map<String, String> environment(int way) {
        return Map.of(
                "AWS_ACCESS_KEY_ID",
                "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY",
                "secret/key+1",
                "AWS_ENDPOINT_URL_S3",
                "http://127.0.0.1:" + way);
    }

    int port() {
        return port;
    }

    /// Where it keeps the objects of its bucket.
    public Path bucket() {
        return bucket;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
