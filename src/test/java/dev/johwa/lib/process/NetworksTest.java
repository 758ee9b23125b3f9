package dev.johwa.lib.process;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that insist on the same port, side by side; needs root.
class NetworksTest {
    @TempDir
    Path folder;

    private final Processes processes = new Processes(new SystemClock(), List.of(Path.of("/usr/bin/bwrap")));
    private final List<Running> started = new ArrayList<>();

    @BeforeEach
    void needsRoot() {
        Assumptions.assumeTrue(processes.ability().networks(), "network namespaces need root");
    }

    @AfterEach
    void stopAll() {
        started.forEach(running -> processes.stop(running, Duration.ZERO));
    }

    private Running start(String host, String text) throws IOException {
        var place = Files.createDirectories(folder.resolve("p" + started.size()));
        Files.writeString(place.resolve("index.html"), text);
        var confinement = new Confinement(
                Isolation.NETWORK, 12345, List.of(new Confinement.Bind(place, Path.of("/app"), false)), Limits.none());
        var argv = List.of("/usr/bin/python3", "-m", "http.server", "--bind", host, "3000");
        var running = processes.start(
                new Command(argv, Path.of("/app"), Map.of("PATH", "/usr/bin")),
                confinement,
                folder.resolve("run" + started.size()));
        started.add(running);
        return running;
    }

    private static String ask(Running running) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://" + running.address() + ":3000/");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private boolean connects(Running running) {
        processes.listeners(running);
        try (var socket = new Socket(running.address(), 3000)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void twoProgramsHaveTheSamePort() throws Exception {
        var one = start("127.0.0.1", "one");
        var other = start("0.0.0.0", "other");
        eventually(() -> connects(one) && connects(other));
        assertThat(one.address()).isNotEqualTo(other.address());
        assertThat(ask(one)).isEqualTo("one");
        assertThat(ask(other)).isEqualTo("other");
        assertThat(processes.listeners(one)).containsExactly(new Processes.Listener("127.0.0.1", 3000));
    }

    @Test
    void nothingIsLeftOfTheNetwork() throws Exception {
        var one = start("127.0.0.1", "one");
        var name = Path.of("/run/netns", Networks.Network.of(one.address()).name());
        assertThat(name).exists();
        processes.stop(one, Duration.ofSeconds(5));
        assertThat(name).doesNotExist();
        assertThat(processes.isAnyLeft(one)).isFalse();
    }

    @Test
    void whoLeadsTheWayInDoesNotHoldUpTheEnd() throws Exception {
        var one = start("127.0.0.1", "one");
        eventually(() -> connects(one));
        assertThat(ask(one)).isEqualTo("one");
        var stop = CompletableFuture.runAsync(() -> processes.stop(one, Duration.ofMinutes(5)));
        assertThat(stop).succeedsWithin(Duration.ofSeconds(20));
        assertThat(processes.isAnyLeft(one)).isFalse();
    }

    @Test
    void whatNobodyLivesInIsSwept() throws Exception {
        var one = start("127.0.0.1", "one");
        eventually(() -> connects(one));
        var networks = new Networks(true);
        var abandoned = networks.create();
        networks.sweep();
        assertThat(Path.of("/run/netns", abandoned.name())).doesNotExist();
        assertThat(Path.of("/run/netns", Networks.Network.of(one.address()).name()))
                .exists();
    }
}
