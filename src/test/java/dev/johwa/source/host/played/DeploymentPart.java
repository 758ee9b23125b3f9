package dev.johwa.source.host.played;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Deployments and how they went.
final class DeploymentPart implements Part {
    private final HostedRepository git;
    private final Bodies bodies;
    private final StatusPart statuses;
    private final Map<Long, ObjectNode> deployments = new LinkedHashMap<>();
    private final Map<Long, List<ObjectNode>> states = new LinkedHashMap<>();

    DeploymentPart(HostedRepository git, Bodies bodies, StatusPart statuses) {
        this.git = git;
        this.bodies = bodies;
        this.statuses = statuses;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of(
                "repos/list-deployments", (call, _) -> Part.page(call, listed(call)),
                "repos/create-deployment", (call, _) -> create(call),
                "repos/get-deployment",
                        (_, path) ->
                                found(path).map(each -> Answer.of(200, each)).orElseGet(Answer::notFound),
                "repos/delete-deployment", (_, path) -> delete(path),
                "repos/create-deployment-status", this::createStatus,
                "repos/list-deployment-statuses",
                        (call, path) -> found(path)
                                .map(each -> Part.page(
                                        call,
                                        states.get(each.get("id").asLong()).reversed()))
                                .orElseGet(Answer::notFound));
    }

    private List<ObjectNode> listed(Call call) {
        return deployments.values().stream()
                .filter(each -> call.query().entrySet().stream()
                        .filter(asked ->
                                List.of("sha", "ref", "task", "environment").contains(asked.getKey()))
                        .allMatch(asked -> each.get(asked.getKey()).asString().equals(asked.getValue())))
                .toList()
                .reversed();
    }

    private Optional<ObjectNode> found(Map<String, String> path) {
        return Optional.ofNullable(deployments.get(Long.parseLong(path.get("deployment_id"))));
    }

    private Answer create(Call call) {
        var ref = call.field("ref").asString();
        var sha = git.commitOf(ref);
        if (sha.isEmpty()) {
            return Answer.failed(422, "No ref found for: " + ref);
        }
        // As GitHub does where nobody says `required_contexts: []`: a commit that waits is not deployed.
        var required = call.field("required_contexts");
        var waits =
                statuses.hasStatuses(sha.get()) && !statuses.stateOf(sha.get()).equals("success");
        if (waits && (required.isMissingNode() || !required.isEmpty())) {
            return Answer.failed(409, "Conflict: Commit status checks failed for " + ref + ".");
        }
        var deployment = bodies.example("repos/create-deployment", 201);
        long id = bodies.newId();
        deployment.put("id", id).put("sha", sha.get()).put("ref", ref);
        deployment.put("url", bodies.url("/deployments/" + id));
        deployment.put("statuses_url", bodies.url("/deployments/" + id + "/statuses"));
        deployment.put("created_at", Bodies.now()).put("updated_at", Bodies.now());
        deployment.put("task", call.field("task").asString("deploy"));
        var environment = call.field("environment").asString("production");
        deployment.put("environment", environment).put("original_environment", environment);
        deployment.set("description", StatusPart.orNull(call.field("description")));
        deployment.put(
                "transient_environment", call.field("transient_environment").asBoolean(false));
        deployment.put(
                "production_environment",
                call.field("production_environment").asBoolean(environment.equals("production")));
        deployments.put(id, deployment);
        states.put(id, new ArrayList<>());
        return Answer.of(201, deployment);
    }

    private Answer delete(Map<String, String> path) {
        var found = found(path);
        if (found.isEmpty()) {
            return Answer.notFound();
        }
        long id = found.get().get("id").asLong();
        if (deployments.size() > 1 && !stateOf(id).equals("inactive")) {
            return Answer.failed(422, "We cannot delete an active deployment unless it is the only deployment");
        }
        deployments.remove(id);
        return Answer.empty(204);
    }

    private Answer createStatus(Call call, Map<String, String> path) {
        var found = found(path);
        if (found.isEmpty()) {
            return Answer.notFound();
        }
        long id = found.get().get("id").asLong();
        var state = call.field("state").asString();
        if (state.equals("success") && call.field("auto_inactive").asBoolean(true)) {
            deployments.values().stream()
                    .filter(each -> each.get("id").asLong() != id)
                    .filter(each -> each.get("environment").equals(found.get().get("environment")))
                    .filter(each -> !each.get("transient_environment").asBoolean())
                    .filter(each -> stateOf(each.get("id").asLong()).equals("success"))
                    .forEach(each -> add(each, "inactive"));
        }
        var status = add(found.get(), state);
        status.put("description", call.field("description").asString(""));
        status.put(
                "environment",
                call.field("environment")
                        .asString(found.get().get("environment").asString()));
        for (var name : List.of("environment_url", "log_url")) {
            status.remove(name);
            if (!call.field(name).isMissingNode()) {
                status.set(name, call.field(name));
            }
        }
        // Another name for the log of today.
        status.set("target_url", status.has("log_url") ? status.get("log_url") : status.get("deployment_url"));
        return Answer.of(201, status);
    }

    private ObjectNode add(ObjectNode deployment, String state) {
        var status = bodies.example("repos/create-deployment-status", 201);
        long id = deployment.get("id").asLong();
        status.put("id", bodies.newId()).put("state", state);
        status.put("created_at", Bodies.now()).put("updated_at", Bodies.now());
        status.put("deployment_url", bodies.url("/deployments/" + id));
        states.get(id).add(status);
        return status;
    }

    private String stateOf(long id) {
        var all = states.get(id);
        return all.isEmpty() ? "pending" : all.getLast().get("state").asString();
    }

    /// Each with its last state and where it says it is seen, oldest first.
    List<Seen.Deployment> seen() {
        return deployments.values().stream()
                .map(each -> {
                    long id = each.get("id").asLong();
                    var all = states.get(id).stream()
                            .map(state -> state.get("state").asString())
                            .toList();
                    var url = states.get(id).isEmpty()
                            ? ""
                            : states.get(id).getLast().path("environment_url").asString("");
                    return new Seen.Deployment(
                            id,
                            each.get("ref").asString(),
                            each.get("sha").asString(),
                            each.get("environment").asString(),
                            all,
                            url);
                })
                .toList();
    }
}
