package dev.johwa.source.host.played;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is said of commits: statuses that others report, and checks of the host's own.
final class StatusPart implements Part {
    /// GitHub refuses longer ones, which its description leaves unsaid.
    private static final int LONGEST_DESCRIPTION = 140;

    private final HostedRepository git;
    private final Bodies bodies;
    private final Supplier<ObjectNode> repository;
    private final Map<String, List<ObjectNode>> statuses = new LinkedHashMap<>();
    private final Map<String, List<ObjectNode>> checks = new LinkedHashMap<>();

    StatusPart(HostedRepository git, Bodies bodies, Supplier<ObjectNode> repository) {
        this.git = git;
        this.bodies = bodies;
        this.repository = repository;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of(
                "repos/create-commit-status", this::create,
                "repos/list-commit-statuses-for-ref",
                        (call, path) ->
                                Part.page(call, of(statuses, path.get("ref")).reversed()),
                "repos/get-combined-status-for-ref", (_, path) -> combined(path.get("ref")),
                "checks/list-for-ref", (_, path) -> Part.counted("check_runs", of(checks, path.get("ref"))),
                "checks/list-suites-for-ref", (_, path) -> Part.counted("check_suites", suites(path.get("ref"))));
    }

    private Answer create(Call call, Map<String, String> path) {
        var sha = path.get("sha");
        if (!sha.matches("[0-9a-f]{40}") || git.commitOf(sha).isEmpty()) {
            return Answer.failed(422, "No commit found for SHA: " + sha);
        }
        if (call.field("description").asString("").length() > LONGEST_DESCRIPTION) {
            return Answer.failed(422, "description is too long (maximum is " + LONGEST_DESCRIPTION + " characters)");
        }
        var status = bodies.example("repos/create-commit-status", 201);
        status.put("id", bodies.newId()).put("url", bodies.url("/statuses/" + sha));
        status.put("created_at", Bodies.now()).put("updated_at", Bodies.now());
        status.put("context", call.field("context").asString("default"));
        for (var name : List.of("state", "description", "target_url")) {
            status.set(name, orNull(call.field(name)));
        }
        statuses.computeIfAbsent(sha, _ -> new ArrayList<>()).add(status);
        return Answer.of(201, status);
    }

    static JsonNode orNull(JsonNode field) {
        return field.isMissingNode() ? JsonNodeFactory.instance.nullNode() : field;
    }

    /// Oldest first.
    List<ObjectNode> statusesOf(String sha) {
        return List.copyOf(statuses.getOrDefault(sha, List.of()));
    }

    private List<ObjectNode> of(Map<String, List<ObjectNode>> what, String ref) {
        return git.commitOf(ref).map(sha -> what.getOrDefault(sha, List.of())).orElse(List.of());
    }

    /// The newest status of each context.
    private List<ObjectNode> newest(String sha) {
        var newest = new LinkedHashMap<String, ObjectNode>();
        statuses.getOrDefault(sha, List.of())
                .forEach(status -> newest.put(status.get("context").asString(), status));
        return List.copyOf(newest.values());
    }

    /// The state of a commit in one word, as the host says it.
    String stateOf(String sha) {
        var states = newest(sha).stream()
                .map(status -> status.get("state").asString())
                .toList();
        if (states.contains("failure") || states.contains("error")) {
            return "failure";
        }
        return states.isEmpty() || states.contains("pending") ? "pending" : "success";
    }

    boolean hasStatuses(String sha) {
        return statuses.containsKey(sha);
    }

    private Answer combined(String ref) {
        var sha = git.commitOf(ref);
        if (sha.isEmpty()) {
            return Answer.notFound();
        }
        var combined = bodies.example("repos/get-combined-status-for-ref", 200);
        var parts = newest(sha.get()).stream()
                .map(status -> {
                    var copy = status.deepCopy();
                    copy.remove("creator");
                    return copy;
                })
                .toList();
        combined.put("state", stateOf(sha.get())).put("sha", sha.get()).put("total_count", parts.size());
        combined.putArray("statuses").addAll(parts);
        combined.set("repository", repository.get());
        return Answer.of(200, combined);
    }

    /// A check of the host's own comes to a state.
    ///
    /// @param conclusion none while it runs
    ObjectNode check(String sha, String name, String conclusion) {
        var runs = checks.computeIfAbsent(sha, _ -> new ArrayList<>());
        var run = runs.stream()
                .filter(each -> each.get("name").asString().equals(name))
                .findFirst()
                .orElseGet(() -> newCheck(sha, name, runs));
        run.put("status", conclusion.isEmpty() ? "in_progress" : "completed");
        run.put("conclusion", conclusion.isEmpty() ? null : conclusion);
        run.put("completed_at", conclusion.isEmpty() ? null : Bodies.now());
        return run;
    }

    private ObjectNode newCheck(String sha, String name, List<ObjectNode> runs) {
        var run = (ObjectNode) bodies.example("checks/list-for-ref", 200)
                .withArrayProperty("check_runs")
                .get(0);
        run.put("id", bodies.newId()).put("name", name).put("head_sha", sha).put("started_at", Bodies.now());
        run.putArray("pull_requests");
        runs.add(run);
        return run;
    }

    /// One suite for all checks of a commit.
    List<ObjectNode> suites(String ref) {
        var runs = of(checks, ref);
        if (runs.isEmpty()) {
            return List.of();
        }
        var suite = (ObjectNode) bodies.example("checks/list-suites-for-ref", 200)
                .withArrayProperty("check_suites")
                .get(0);
        var open = runs.stream().anyMatch(run -> run.get("conclusion").isNull());
        var failed =
                runs.stream().anyMatch(run -> run.get("conclusion").asString("").equals("failure"));
        suite.put("head_sha", runs.getFirst().get("head_sha").asString());
        suite.put("status", open ? "in_progress" : "completed");
        suite.put("conclusion", open ? null : failed ? "failure" : "success");
        suite.put("latest_check_runs_count", runs.size());
        suite.set("repository", repository.get());
        suite.putArray("pull_requests");
        return List.of(suite);
    }
}
