package dev.johwa.lib.docker;

import dev.johwa.lib.json.Json;
import java.util.Base64;
import java.util.Map;

/// With what the engine signs in at a registry.
///
/// @param registry its address as images name it: `127.0.0.1:4000`
public record Credential(String registry, String user, String password) {
    /// Of the header `X-Registry-Auth`: JSON in base64url (RFC 4648 §5).
    String header() {
        var words = Map.of("username", user, "password", password, "serveraddress", registry);
        return Base64.getUrlEncoder().encodeToString(Json.bytes(words));
    }

    /// It never shows its password.
    @Override
    public String toString() {
        return "Credential[" + user + " at " + registry + "]";
    }
}
