package dev.johwa.main;

import dev.johwa.Tools;
import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// A real Gitea on a port of this machine, built from its source by `verify`, with people and what they do there.
final class Gitea implements AutoCloseable {
    private static final String PASSWORD = "changeit-1";
    private static final int TO_END = 20;

    private final Path folder;
    private final Path database;
    private final int port;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();

    /// @param folder for all that it keeps but the database, which lies in memory: it waits for each word to be written
    Gitea(Path folder) throws IOException {
        this.folder = folder;
        this.port = freePort();
        this.database = Files.createTempDirectory(Path.of("/dev/shm"), "johwa-gitea");
        Files.writeString(folder.resolve("app.ini"), settings());
        run("migrate");
        process = command("web").start();
        Wait.eventually(this::answers);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String settings() {
        return """
                RUN_MODE = prod
                I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
                WORK_PATH = %1$s
                [server]
                HTTP_ADDR = 127.0.0.1
                HTTP_PORT = %2$d
                ROOT_URL = http://127.0.0.1:%2$d/
                STATIC_ROOT_PATH = %3$s
                OFFLINE_MODE = true
                DISABLE_SSH = true
                [database]
                DB_TYPE = sqlite3
                PATH = %4$s/gitea.db
                [security]
                INSTALL_LOCK = true
                SECRET_KEY = of-a-test
                [webhook]
                ALLOWED_HOST_LIST = *
                DELIVER_TIMEOUT = 60
                [indexer]
                ISSUE_INDEXER_TYPE = db
                [cron]
                ENABLED = false
                [actions]
                ENABLED = false
                [log]
                LEVEL = Error
                """.formatted(folder, port, Tools.file("gitea"), database);
    }

    private ProcessBuilder command(String... words) {
        var argv = new ArrayList<>(List.of(
                Tools.file("gitea/gitea").toString(),
                "-c",
                folder.resolve("app.ini").toString()));
        argv.addAll(List.of(words));
        var builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(words[0] + ".log").toFile());
        builder.environment().put("HOME", folder.toString());
        return builder;
    }

    private String run(String... words) throws IOException {
        try {
            var one = command(words).start();
            if (!one.waitFor(2, TimeUnit.MINUTES) || one.exitValue() != 0) {
                one.destroyForcibly();
                throw new AssertionError(Files.readString(folder.resolve(words[0] + ".log")));
            }
            return Files.readString(folder.resolve(words[0] + ".log"));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean answers() {
        try {
            return client.send(request("/api/v1/version", "").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    private HttpRequest.Builder request(String path, String authorization) {
        var request = HttpRequest.newBuilder(URI.create(url() + path)).header("Content-Type", "application/json");
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    /// Somebody who may do everything, or nothing but what is theirs.
    Person person(String name, boolean isAdmin) throws IOException {
        var words = new ArrayList<>(List.of(
                "admin",
                "user",
                "create",
                "--username",
                name,
                "--password",
                PASSWORD,
                "--email",
                name + "@example.com",
                "--must-change-password=false",
                "--access-token"));
        if (isAdmin) {
            words.add("--admin");
        }
        var said = run(words.toArray(String[]::new)).strip();
        return new Person(name, said.substring(said.lastIndexOf(' ') + 1));
    }

    /// Somebody who has an account there.
    final class Person {
        private final String name;
        private final String token;

        private Person(String name, String token) {
            this.name = name;
            this.token = token;
        }

        String token() {
            return token;
        }

        JsonNode get(String path) {
            return ask("GET", path, "token " + token, Map.of());
        }

        JsonNode send(String method, String path, Map<String, ?> body) {
            return ask(method, path, "token " + token, body);
        }

        /// Another token, which is the only one from now on.
        Person renewed() {
            var basic = "Basic "
                    + Base64.getEncoder().encodeToString((name + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            var tokens = "/users/" + name + "/tokens";
            ask("GET", tokens, basic, Map.of())
                    .forEach(
                            each -> ask("DELETE", tokens + "/" + each.path("id").asLong(), basic, Map.of()));
            var made = ask("POST", tokens, basic, Map.of("name", "next", "scopes", List.of("all")));
            return new Person(name, made.path("sha1").asString());
        }

        /// Writes a file on a branch of a repository, in a commit of its own.
        ///
        /// @return the commit
        String write(String repository, String branch, String file, String text) {
            var place = "/repos/" + repository + "/contents/" + file;
            var known = ask("GET", place + "?ref=" + branch, "token " + token, Map.of());
            var content = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            var made = known.has("sha")
                    ? send(
                            "PUT",
                            place,
                            Map.of(
                                    "content",
                                    content,
                                    "branch",
                                    branch,
                                    "sha",
                                    known.path("sha").asString()))
                    : send("POST", place, Map.of("content", content, "branch", branch));
            return made.path("commit").path("sha").asString();
        }
    }

    private JsonNode ask(String method, String path, String authorization, Map<String, ?> body) {
        try {
            var publisher = body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body));
            var answer = client.send(
                    request("/api/v1" + path, authorization)
                            .method(method, publisher)
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() >= 400 && answer.statusCode() != 404) {
                throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return Json.tree(answer.body().isBlank() ? "{}" : answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
        client.close();
        try (var all = Files.walk(database)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
