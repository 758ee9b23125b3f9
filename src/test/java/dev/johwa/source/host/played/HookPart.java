package dev.johwa.source.host.played;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Webhooks as the API knows them; [Deliveries] sends them.
final class HookPart implements Part {
    private static final String HIDDEN = "********";

    private final Bodies bodies;
    private final Deliveries deliveries;
    private final Map<Long, ObjectNode> hooks = new LinkedHashMap<>();
    private final Map<Long, String> secrets = new LinkedHashMap<>();
    private boolean publicOnly;

    HookPart(Bodies bodies, Deliveries deliveries) {
        this.bodies = bodies;
        this.deliveries = deliveries;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of(
                "repos/list-webhooks", (call, _) -> Part.page(call, List.copyOf(hooks.values())),
                "repos/create-webhook", (call, _) -> create(call),
                "repos/get-webhook",
                        (_, path) ->
                                found(path).map(each -> Answer.of(200, each)).orElseGet(Answer::notFound),
                "repos/update-webhook", this::update,
                "repos/delete-webhook", (_, path) -> delete(path),
                "repos/ping-webhook", (_, path) -> ping(path),
                "repos/list-webhook-deliveries", (call, path) -> Part.page(call, listed(path)),
                "repos/redeliver-webhook-delivery", (_, path) -> redeliver(path));
    }

    /// From now on addresses of this machine are refused, as GitHub does.
    void onlyPublic() {
        publicOnly = true;
    }

    private Optional<ObjectNode> found(Map<String, String> path) {
        return Optional.ofNullable(hooks.get(Long.parseLong(path.get("hook_id"))));
    }

    private Answer create(Call call) {
        var url = call.field("config").path("url").asString("");
        var host = Optional.ofNullable(URI.create(url).getHost()).orElse("");
        if (publicOnly && host.matches("localhost|127\\..*|10\\..*|192\\.168\\..*")) {
            return Answer.failed(
                    422, "url is not supported because it isn't reachable over the public Internet (" + host + ")");
        }
        if (hooks.values().stream()
                .anyMatch(hook -> hook.at("/config/url").asString().equals(url))) {
            return Answer.failed(422, "Hook already exists on this repository");
        }
        var hook = bodies.example("repos/create-webhook", 201);
        long id = bodies.newId();
        hook.put("id", id).put("active", true).put("created_at", Bodies.now());
        for (var name : List.of("url", "test_url", "ping_url", "deliveries_url")) {
            hook.put(name, bodies.url("/hooks/" + id));
        }
        hook.putArray("events").add("push");
        hooks.put(id, hook);
        change(hook, call);
        deliveries.send(List.of(seen(hook)), new Deliveries.Event("ping", "ping", ping(hook)), true);
        return Answer.of(201, hook);
    }

    private ObjectNode ping(ObjectNode hook) {
        var body = hook.objectNode();
        body.put("zen", "Keep it logically awesome.")
                .put("hook_id", hook.get("id").asLong());
        body.set("hook", hook.deepCopy().without(List.of("url")).put("type", "Repository"));
        return body;
    }

    private Answer update(Call call, Map<String, String> path) {
        var found = found(path);
        found.ifPresent(hook -> change(hook, call));
        return found.map(hook -> Answer.of(200, hook)).orElseGet(Answer::notFound);
    }

    private void change(ObjectNode hook, Call call) {
        var asked = call.field("config");
        if (asked.isObject()) {
            var config = (ObjectNode) asked.deepCopy();
            if (config.has("secret")) {
                secrets.put(hook.get("id").asLong(), config.get("secret").asString());
                config.put("secret", HIDDEN);
            }
            hook.set("config", config);
        }
        for (var name : List.of("events", "active")) {
            if (!call.field(name).isMissingNode()) {
                hook.set(name, call.field(name));
            }
        }
        hook.put("updated_at", Bodies.now());
    }

    private Answer delete(Map<String, String> path) {
        return hooks.remove(Long.parseLong(path.get("hook_id"))) == null ? Answer.notFound() : Answer.empty(204);
    }

    private Answer ping(Map<String, String> path) {
        var found = found(path);
        found.ifPresent(
                hook -> deliveries.send(List.of(seen(hook)), new Deliveries.Event("ping", "ping", ping(hook)), true));
        return found.isEmpty() ? Answer.notFound() : Answer.empty(204);
    }

    private List<ObjectNode> listed(Map<String, String> path) {
        return deliveries.all().stream()
                .filter(each -> String.valueOf(each.hook().id()).equals(path.get("hook_id")))
                .map(each -> {
                    var item = bodies.example("repos/list-webhook-deliveries", 200);
                    item.put("id", each.id()).put("guid", each.headers().get("X-GitHub-Delivery"));
                    item.put("event", each.event()).put("status_code", each.status());
                    item.put("status", each.status() / 100 == 2 ? "OK" : "failed");
                    return item;
                })
                .toList()
                .reversed();
    }

    private Answer redeliver(Map<String, String> path) {
        var asked = deliveries.all().stream()
                .filter(each -> String.valueOf(each.id()).equals(path.get("delivery_id")))
                .findFirst();
        asked.ifPresent(deliveries::again);
        return asked.isEmpty()
                ? Answer.notFound()
                : Answer.of(202, hooks.get(asked.get().hook().id()).objectNode());
    }

    List<Seen.Hook> hooks() {
        return hooks.values().stream().map(this::seen).toList();
    }

    private Seen.Hook seen(ObjectNode hook) {
        var events = new ArrayList<String>();
        hook.get("events").forEach(event -> events.add(event.asString()));
        long id = hook.get("id").asLong();
        return new Seen.Hook(
                id,
                hook.at("/config/url").asString(),
                List.copyOf(events),
                hook.get("active").asBoolean(),
                Optional.ofNullable(secrets.get(id)));
    }
}
