package dev.johwa.source.host.played;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Deploy keys, and the secrets of workflows.
final class KeyPart implements Part {
    private static final int KEY_BYTES = 32;

    private final Bodies bodies;
    private final List<ObjectNode> keys = new ArrayList<>();
    private final Map<String, ObjectNode> secrets = new LinkedHashMap<>();

    KeyPart(Bodies bodies) {
        this.bodies = bodies;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of(
                "repos/list-deploy-keys", (call, _) -> Part.page(call, keys),
                "repos/create-deploy-key", (call, _) -> create(call),
                "repos/get-deploy-key",
                        (_, path) -> keys.stream()
                                .filter(key -> has(key, path))
                                .findFirst()
                                .map(key -> Answer.of(200, key))
                                .orElseGet(Answer::notFound),
                "repos/delete-deploy-key",
                        (_, path) -> keys.removeIf(key -> has(key, path)) ? Answer.empty(204) : Answer.notFound(),
                "actions/get-repo-public-key", (_, _) -> Answer.of(200, publicKey()),
                "actions/list-repo-secrets", (_, _) -> Part.counted("secrets", List.copyOf(secrets.values())),
                "actions/create-or-update-repo-secret", (_, path) -> put(path.get("secret_name")));
    }

    private static boolean has(ObjectNode key, Map<String, String> path) {
        return key.get("id").asString().equals(path.get("key_id"));
    }

    private Answer create(Call call) {
        var text = call.field("key").asString();
        if (!text.matches("(ssh-(ed25519|rsa)|ecdsa-sha2-nistp256) [A-Za-z0-9+/=]+( .*)?")) {
            return Answer.failed(422, "key is invalid. You must supply a key in OpenSSH public key format");
        }
        if (keys.stream().anyMatch(key -> key.get("key").asString().equals(text))) {
            return Answer.failed(422, "key is already in use");
        }
        var key = bodies.example("repos/create-deploy-key", 201);
        long id = bodies.newId();
        key.put("id", id).put("key", text).put("url", bodies.url("/keys/" + id));
        key.put("title", call.field("title").asString(""));
        key.put("read_only", call.field("read_only").asBoolean(false)).put("created_at", Bodies.now());
        keys.add(key);
        return Answer.of(201, key);
    }

    private ObjectNode publicKey() {
        var key = bodies.example("actions/get-repo-public-key", 200);
        return key.put("key", Base64.getEncoder().encodeToString(new byte[KEY_BYTES]));
    }

    private Answer put(String name) {
        var known = secrets.get(name);
        var secret = (ObjectNode) bodies.example("actions/list-repo-secrets", 200)
                .withArrayProperty("secrets")
                .get(0);
        secret.put("name", name).put("updated_at", Bodies.now());
        secrets.put(name, secret);
        return known == null ? Answer.of(201, secret.objectNode()) : Answer.empty(204);
    }

    List<Seen.Key> keys() {
        return keys.stream()
                .map(key -> new Seen.Key(
                        key.get("id").asLong(),
                        key.get("title").asString(),
                        key.get("key").asString(),
                        key.get("read_only").asBoolean()))
                .toList();
    }

    List<String> secrets() {
        return List.copyOf(secrets.keySet());
    }
}
