package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import dev.johwa.source.host.played.PlayedGitHub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Projects whose home is GitHub: a real platform, by the CLI, against a host that is held to GitHub's description.
class ConnectTest {
    private static Platform platform;
    private static int count;

    @TempDir
    Path folder;

    private PlayedGitHub hub;
    private Terminal terminal;
    private String project;

    @BeforeAll
    static void start() throws Exception {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws Exception {
        platform.close();
    }

    @BeforeEach
    void play(TestInfo test) {
        project = "shop" + ++count;
        hub = new PlayedGitHub(folder.resolve("hub"), "acme/" + project);
        hub.push("main", Map.of("index.html", "one"));
        terminal = new Terminal(platform, folder);
    }

    @AfterEach
    void stop() {
        terminal.johwa("connect", "remove", project);
        hub.close();
    }

    private void connect(String... more) {
        terminal.input = hub.token() + "\n";
        var words = new ArrayList<>(List.of("connect", hub.url(), "--with-token"));
        words.addAll(List.of(more));
        assertThat(terminal.johwa(words.toArray(String[]::new)))
                .as(terminal.err())
                .isZero();
    }

    private void connectWithHook() {
        connect("--webhook", platform.server().url());
    }

    private boolean serves(String text) {
        try {
            return platform.body(project).equals(text);
        } catch (Exception e) {
            return false;
        }
    }

    private JsonNode connection() {
        terminal.johwa("connect", "--json");
        for (var each : Json.tree(terminal.out()).path("connections")) {
            if (each.path("project").asString().equals(project)) {
                return each;
            }
        }
        throw new AssertionError(terminal.out() + terminal.err());
    }

    @Test
    void whatIsPushedThereIsLiveHere() throws Exception {
        connectWithHook();
        Wait.eventually(() -> serves("one"));
        hub.push("main", Map.of("index.html", "two"));
        Wait.eventually(() -> serves("two"));

        assertThat(connection().path("state").asString()).isEqualTo("connected");
        assertThat(connection().path("follow").asString()).isEqualTo("webhook");
        var clone = platform.repository(project, "index.html", "mine");
        assertThat(platform.push(clone, "main")).contains("is connected to " + hub.url(), "takes no pushes");
    }
}
