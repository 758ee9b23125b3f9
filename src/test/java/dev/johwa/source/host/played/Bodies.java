package dev.johwa.source.host.played;

import dev.johwa.lib.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Bodies of answers: the examples that the host publishes, with the names of here in them.
final class Bodies {
    private static final List<String> NAMES =
            List.of("octocat/Hello-World", "octocat/hello-world", "octocat/example", "github/hello-world");

    private final Supplier<Description> description;
    private final Supplier<String> web;
    private final Supplier<String> name;
    private final AtomicLong ids = new AtomicLong(41_000);

    /// @param web the address of everything
    /// @param name of the repository, with its owner
    Bodies(Supplier<Description> description, Supplier<String> web, Supplier<String> name) {
        this.description = description;
        this.web = web;
        this.name = name;
    }

    long newId() {
        return ids.incrementAndGet();
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    String url(String path) {
        return web.get() + "/api/v3/repos/" + name.get() + path;
    }

    /// The example of an answer that is one thing, or the first of a list.
    ObjectNode example(String operation, int status) {
        var example = description.get().example(operation, status);
        return here(example.isArray() ? example.get(0) : example);
    }

    private ObjectNode here(JsonNode example) {
        var text = example.toString();
        for (var each : NAMES) {
            text = text.replace(each, name.get());
        }
        text = text.replace("https://api.github.com", web.get() + "/api/v3")
                .replace("https://github.com/", web.get() + "/");
        return (ObjectNode) Json.tree(text);
    }

    ObjectNode user(String login) {
        var user = here(
                description.get().example("repos/create-commit-status", 201).get("creator"));
        var text = user.toString().replace("octocat", login);
        return ((ObjectNode) Json.tree(text)).put("login", login).put("id", Math.abs(login.hashCode()));
    }

    /// @param fullName OWNER/NAME
    ObjectNode repository(String fullName, long id, boolean isPrivate) {
        var slash = fullName.indexOf('/');
        var repository = example("repos/get", 200);
        repository.remove(List.of("parent", "source", "template_repository", "organization"));
        var text = repository.toString().replace(name.get(), fullName);
        repository = (ObjectNode) Json.tree(text);
        repository
                .put("id", id)
                .put("name", fullName.substring(slash + 1))
                .put("full_name", fullName)
                .put("private", isPrivate)
                .put("visibility", isPrivate ? "private" : "public")
                .put("default_branch", "main")
                .put("pushed_at", now())
                .putNull("language");
        repository.set("owner", user(fullName.substring(0, slash)));
        return repository;
    }
}
