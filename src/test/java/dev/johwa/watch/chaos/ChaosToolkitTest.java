package dev.johwa.watch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Chaos Toolkit's own `chaos validate` and `chaos run` say of the same files what we say.
class ChaosToolkitTest {
    private static final Path FILES = Path.of("src/test/resources/chaos");
    private static final Path PYTHON = Path.of(System.getProperty("user.home"), ".cache/johwa/tools/chaos/bin/python");

    @TempDir
    Path folder;

    private static List<Path> files() throws IOException {
        try (var all = Files.list(FILES)) {
            return all.filter(file -> !file.toString().endsWith(".py")).sorted().toList();
        }
    }

    private static HttpServer shop() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ok", exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, "{\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"n\":5}", "application/json");
        });
        server.createContext("/echo", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var type = exchange.getRequestHeaders().getFirst("Content-Type");
            var query = exchange.getRequestURI().getRawQuery();
            answer(exchange, query == null ? type + " " + Json.write(Json.tree(body)) : query, "text/plain");
        });
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, String text, String type) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, text.length());
        try (var out = exchange.getResponseBody()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void bothValidateAndPlayTheSameFilesToTheSameEnd() throws Exception {
        var shop = shop();
        try {
            var environment = Map.of(
                    "APP_URL",
                    "http://127.0.0.1:" + shop.getAddress().getPort(),
                    "MARK",
                    folder.resolve("mark").toString(),
                    "JOHWA_ENVIRONMENT",
                    "staging");
            var theirs = theirs(environment);
            assertThat(theirs).hasSize(files().size());
            for (var file : files()) {
                var name = file.getFileName().toString();
                assertThat(ours(file, environment)).as(name).isEqualTo(theirs.get(name));
            }
        } finally {
            shop.stop(0);
        }
    }

    private Map<String, String> theirs(Map<String, String> environment) throws Exception {
        var bin = Files.createDirectories(folder.resolve("bin"));
        Files.writeString(bin.resolve("johwa"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(bin.resolve("johwa"), PosixFilePermissions.fromString("rwxr-xr-x"));
        var argv = new ArrayList<>(
                List.of(PYTHON.toString(), FILES.resolve("play.py").toString()));
        files().forEach(file -> argv.add(file.toString()));
        var builder =
                new ProcessBuilder(argv).redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PATH", bin + ":/usr/bin:/bin");
        var process = builder.start();
        var told = new TreeMap<String, String>();
        process.inputReader().lines().filter(line -> line.startsWith("{")).forEach(line -> {
            var one = Json.tree(line);
            boolean isSound = one.get("validate").asInt() == 0;
            told.put(
                    one.get("file").asString(),
                    isSound ? end(one.get("journal"), one.get("run").asInt() == 0) : "refused");
        });
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        return told;
    }

    private static String ours(Path file, Map<String, String> environment) throws IOException {
        var text = Files.readString(file);
        var problems = Experiments.check(file.toString(), text);
        if (problems.stream().anyMatch(Problem::isError)) {
            assertThat(problems).noneMatch(problem -> problem.code().equals("chaos.unsupported"));
            return "refused";
        }
        try (var world = new HereWorld()) {
            var experiment = Experiments.read(file.toString(), text);
            var play = new Play(experiment, world, HereWorld.names(experiment, new HashMap<>(environment)));
            var journal = Json.tree(Json.write(play.play()));
            boolean isGood = play.journal().status().equals("completed")
                    && !play.journal().isDeviated();
            return end(journal, isGood);
        }
    }

    /// What both must say: how it ended, what held, and what each activity gave.
    private static String end(JsonNode journal, boolean isGood) {
        var states = journal.get("steady_states");
        return "good " + isGood + ", " + journal.get("status").asString() + ", deviated "
                + journal.get("deviated").asBoolean() + "\nbefore " + state(states.get("before")) + "\nafter "
                + state(states.get("after")) + "\nrun " + runs(journal.get("run")) + "\nrollbacks "
                + runs(journal.get("rollbacks"));
    }

    private static String state(JsonNode state) {
        return state == null || state.isNull()
                ? "nothing"
                : state.get("steady_state_met").asBoolean() + " " + runs(state.get("probes"));
    }

    private static String runs(JsonNode runs) {
        var told = new ArrayList<String>();
        for (var run : runs) {
            var output = run.get("output");
            var given = new TreeMap<String, String>();
            if (output != null && output.isObject()) {
                for (var part : List.of("status", "stdout", "stderr", "body")) {
                    if (output.has(part)) {
                        given.put(part, output.get(part).toString());
                    }
                }
            }
            var holds = run.has("tolerance_met")
                    ? " holds " + run.get("tolerance_met").asBoolean()
                    : "";
            told.add(run.get("activity").get("name").asString() + " "
                    + run.get("status").asString() + holds + " " + given);
        }
        // Those beside others begin when their thread does.
        Collections.sort(told);
        return told.toString();
    }
}
