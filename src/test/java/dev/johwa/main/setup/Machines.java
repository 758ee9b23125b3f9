package dev.johwa.main.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import dev.johwa.main.setup.Laptop.Said;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A laptop and two servers that begin as a clean Debian.
final class Machines implements AutoCloseable {
    final Path scratch;
    final Laptop laptop;
    final CleanMachine server;

    private final HttpClient client = HttpClient.newHttpClient();

    @Nullable
    private CleanMachine other;

    Machines(Path scratch) throws IOException, InterruptedException {
        this.scratch = scratch;
        this.laptop = new Laptop(scratch);
        this.server = new CleanMachine(scratch, laptop.publicKey());
    }

    /// The second one; both reach each other.
    CleanMachine other() throws IOException, InterruptedException {
        if (other == null) {
            other = new CleanMachine(scratch, laptop.publicKey());
            server.link(other);
        }
        return other;
    }

    Said setup(Path folder, String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("setup", "root@" + server.address()));
        all.addAll(List.of(words));
        return laptop.johwa(folder, all.toArray(String[]::new));
    }

    static List<String> changed(Said said) {
        assertThat(said.status()).as("%s", said).isZero();
        var changed = new ArrayList<String>();
        Json.tree(said.out()).path("changed").forEach(each -> changed.add(each.asString()));
        return changed;
    }

    static void refused(Said said, String why, String next) {
        assertThat(said.status()).as("%s", said).isBetween(1, 3);
        assertThat(said.err()).contains(why).contains(next);
    }

    /// All machines are copies of one, with its key, and addresses come again.
    void forgetKeys() throws IOException {
        Files.deleteIfExists(scratch.resolve("known_hosts"));
    }

    String get(String host) throws IOException, InterruptedException {
        return get(server, host, "/");
    }

    /// @return status and body
    String get(CleanMachine machine, String host, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + machine.address() + path))
                .header("Host", host)
                .timeout(Duration.ofSeconds(60))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        client.close();
        laptop.close();
        server.close();
        if (other != null) {
            other.close();
        }
    }
}
