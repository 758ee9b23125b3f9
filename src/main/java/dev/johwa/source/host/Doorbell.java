package dev.johwa.source.host;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Hmac;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A webhook that was signed with the secret of its project: it rang, nothing more. What moved is not read from it.
///
/// @param event `push`, `pull_request`, …
/// @param ids under which it must not count twice: that of the delivery, which nobody signed, and the signature
/// @param repository which it is about, `acme/shop`; empty where it says nothing
/// @param sender who did it there; empty where it says nothing
record Doorbell(String event, List<String> ids, String repository, String sender) {
    private static final String PREFIX = "sha256=";
    private static final int LONGEST_ID = 200;

    /// @param fields of the request, by their names in lower case
    /// @throws ProblemException `hook.unauthenticated` when it was not signed with this secret, `hook.unreadable`
    /// when it was and is no JSON all the same
    static Doorbell read(Map<String, String> fields, byte[] body, String secret) {
        var signature = signature(fields, body, secret).orElseThrow(Doorbell::unknown);
        var tree = tree(fields, body);
        var delivery = Optional.ofNullable(fields.get("x-github-delivery"))
                .or(() -> Optional.ofNullable(fields.get("x-gitea-delivery")))
                .or(() -> Optional.ofNullable(fields.get("x-gitlab-event-uuid")))
                .map(id -> id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id);
        var event = Optional.ofNullable(fields.get("x-github-event"))
                .or(() -> Optional.ofNullable(fields.get("x-gitea-event")))
                .or(() -> Optional.ofNullable(fields.get("x-gitlab-event")))
                .orElse("push");
        var ids = delivery.map(id -> List.of(id, signature)).orElse(List.of(signature));
        return new Doorbell(event.toLowerCase(Locale.ROOT), ids, repository(tree), sender(tree));
    }

    /// Whether it was signed with this secret.
    static boolean isSigned(Map<String, String> fields, byte[] body, String secret) {
        return signature(fields, body, secret).isPresent();
    }

    static ProblemException unknown() {
        return Problem.user("hook.unauthenticated", "the webhook is not signed with the secret of a project here")
                .hint("give it the secret that `johwa connect` told, as its secret (GitLab: its secret token)")
                .exception();
    }

    /// The signature, when it is the right one. Every comparison takes as long as every other.
    private static Optional<String> signature(Map<String, String> fields, byte[] body, String secret) {
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        var right = HexFormat.of().formatHex(Hmac.of(secret.getBytes(StandardCharsets.UTF_8), body));
        var shown = Optional.ofNullable(fields.get("x-hub-signature-256"))
                .filter(text -> text.startsWith(PREFIX))
                .map(text -> text.substring(PREFIX.length()))
                .or(() -> Optional.ofNullable(fields.get("x-gitea-signature")));
        if (shown.isPresent()) {
            return shown.filter(text -> equal(text.toLowerCase(Locale.ROOT), right));
        }
        // GitLab shows the secret itself.
        return Optional.ofNullable(fields.get("x-gitlab-token"))
                .filter(token -> equal(token, secret))
                .map(token -> right);
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode tree(Map<String, String> fields, byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        boolean isForm = fields.getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded");
        try {
            var json = isForm && text.startsWith("payload=")
                    ? URLDecoder.decode(text.substring("payload=".length()), StandardCharsets.UTF_8)
                    : text;
            return Json.tree(json.isBlank() ? "{}" : json);
        } catch (ProblemException | IllegalArgumentException e) {
            throw Problem.user("hook.unreadable", "the webhook is signed, and no JSON: " + e.getMessage())
                    .hint("choose the content type application/json for it")
                    .exception();
        }
    }

    private static String repository(JsonNode tree) {
        var name = tree.path("repository").path("full_name").asString("");
        return name.isEmpty() ? tree.path("project").path("path_with_namespace").asString("") : name;
    }

    private static String sender(JsonNode tree) {
        var login = tree.path("sender")
                .path("login")
                .asString(tree.path("user_username").asString(""));
        return login.matches("[\\w.\\[\\]-]{1,64}") ? login : "";
    }
}
