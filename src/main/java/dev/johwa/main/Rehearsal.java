package dev.johwa.main;

import dev.johwa.door.cli.Cli;
import dev.johwa.door.cli.Programs;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.http.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Walks once through what a start needs, so that the JDK's ahead-of-time caches hold it: a platform in a temporary
/// folder, a push, and every verb's help. Run by scripts/caches.sh for each kind of process.
public final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, String> SITE = Map.of("index.html", "<!doctype html><title>Rehearsal</title>");
    /// Tested, started and watched, as most of what is pushed.
    private static final Map<String, String> PROGRAM = Map.of(
            "Procfile", "web: python3 app.py\n",
            "app.py", """
                    import http.server, os
                    at = ("127.0.0.1", int(os.environ["PORT"]))
                    http.server.ThreadingHTTPServer(at, http.server.SimpleHTTPRequestHandler).serve_forever()
                    """,
            "test_app.py", """
                    import unittest
                    class Rehearsal(unittest.TestCase):
                        def test(self): pass
                    """);

    private final Path folder;
    private final Surroundings around;

    private Rehearsal(Path folder, Surroundings around) {
        this.folder = folder;
        this.around = around;
    }

    /// - `server FILE`: the control plane, and commands in a process of their own that writes its cache to that file
    /// - `edge FILE`: an edge in a process of its own, likewise
    /// - `ask URL TOKEN`, `serve FILE WORD…`: those other processes
    public static void main(String[] arguments) {
        int code = 1;
        try {
            play(arguments);
            code = 0;
        } catch (Exception e) {
            e.printStackTrace();
        } finally {
            // Threads of a rehearsal that failed would keep its process for ever.
            System.exit(code);
        }
    }

    private static void play(String[] arguments) throws Exception {
        if (arguments[0].equals("serve")) {
            Logging.configure("error");
            EdgeRehearsal.serve(List.of(arguments).subList(1, arguments.length));
            return;
        }
        var around = Main.surroundings();
        if (arguments[0].equals("ask")) {
            ask(new Cli(around, OwnVerbs.all()), List.of("--server", arguments[1], "--token", arguments[2]));
            return;
        }
        Logging.configure("error");
        var folder = Files.createTempDirectory("johwa-rehearsal");
        try {
            if (arguments[0].equals("edge")) {
                EdgeRehearsal.run(folder, arguments[1]);
            } else {
                new Rehearsal(folder, around).run(arguments[1]);
            }
        } finally {
            Trees.delete(folder);
        }
    }

    private void run(String cliCache) throws Exception {
        readWords();
        try {
            var first = new Server(settings());
            first.start();
            var token = first.token();
            try (first) {
                push(first.url(), token, "rehearsal", SITE);
                push(first.url(), token, "program", PROGRAM);
                visit(first);
            }
            // The usual start: with a folder that is there already, and an edge that runs.
            try (var second = new Server(settings())) {
                second.start();
                visit(second);
                new Programs(around).run(folder, asking(cliCache, second.url(), token));
            }
        } finally {
            DownCommand.end(folder.resolve("data"), true);
        }
    }

    /// A start begins as every command does, with all verbs: one that ends early, as its server spec is missing, shows
    /// what that takes.
    private void readWords() {
        var data = folder.resolve("other").toString();
        var missing = folder.resolve("missing.yaml").toString();
        new Cli(around, OwnVerbs.all()).run(List.of("up", "--json", "--data", data, "--spec", missing));
    }

    private static void visit(Server server) {
        try (var probe = new Probe()) {
            var control = server.url().replaceFirst("http://", "");
            probe.get(control, "localhost", "/healthz", PATIENCE);
            probe.get(control, "localhost", "/readyz", PATIENCE);
            probe.get(control, "localhost", "/api/v1/apps", PATIENCE);
            probe.get(server.edgeUrl().replaceFirst("http://", ""), "rehearsal.localhost", "/", PATIENCE);
        }
    }

    /// Commands run in a process of their own: all classes of a cache are loaded at once, so it must hold no others.
    private static List<String> asking(String cache, String url, String token) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:AOTCacheOutput=" + cache,
                "-cp",
                System.getProperty("java.class.path"),
                Rehearsal.class.getName(),
                "ask",
                url,
                token);
    }

    private Settings settings() {
        return Settings.ofItsOwn(folder.resolve("data"), around, Duration.ZERO, TlsSettings.ofItsOwn());
    }

    /// Needs git, the program Python too. Without them the caches only hold less.
    private void push(String server, String token, String project, Map<String, String> files) throws IOException {
        var place = Files.createDirectories(folder.resolve(project));
        for (var file : files.entrySet()) {
            Files.writeString(place.resolve(file.getKey()), file.getValue());
        }
        var programs = new Programs(around);
        var who = List.of("git", "-c", "user.name=rehearsal", "-c", "user.email=rehearsal@localhost");
        var url = server.replaceFirst("//", "//johwa:" + token + "@") + "/" + project + ".git";
        for (var words : List.of(
                List.of("init", "--quiet"),
                List.of("add", "."),
                List.of("commit", "--quiet", "-m", "Rehearse"),
                List.of("push", "--quiet", url, "HEAD:refs/heads/main"))) {
            programs.run(place, Stream.concat(who.stream(), words.stream()).toList());
        }
    }

    private static void ask(Cli cli, List<String> where) {
        cli.run(List.of("--help"));
        cli.verbs().forEach(verb -> cli.run(List.of(verb.name(), "--help")));
        for (var words : List.of(
                List.of("status"),
                List.of("status", "--json"),
                List.of("releases", "rehearsal"),
                List.of("runs"),
                List.of("run", "show", "rehearsal"),
                List.of("rollback", "rehearsal"),
                List.of("scale", "rehearsal", "1"),
                List.of("envs", "set", "rehearsal", "A=b"))) {
            cli.run(Stream.concat(words.stream(), where.stream()).toList());
        }
    }
}
