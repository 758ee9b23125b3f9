package dev.johwa.source.host;

import dev.johwa.source.config.Values;
import dev.johwa.source.config.Values.Scope;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What lets us in elsewhere. It lies among the secrets of the project, so it is sealed as they are, and hidden in
/// every log of it.
final class Credentials {
    private static final String TOKEN = "TOKEN";
    private static final String KEY = "KEY";
    private static final String HOOK = "HOOK";
    /// Of the host's webhooks to come.
    private static final String NEXT_HOOK = "NEXT_HOOK";
    private static final int BYTES = 32;

    private final Values values;

    Credentials(Values values) {
        this.values = values;
    }

    /// No app has an empty name.
    private static Scope scope(String project) {
        return new Scope(project, "", "origin");
    }

    private Optional<String> find(String project, String name) {
        return Optional.ofNullable(
                values.revealSecrets(scope(project), Long.MAX_VALUE).get(name));
    }

    /// Empty when there is none.
    String token(String project) {
        return find(project, TOKEN).orElse("");
    }

    void keepToken(String project, String token) {
        values.setSecrets(scope(project), Map.of(TOKEN, token));
        values.removeSecrets(scope(project), List.of(KEY));
    }

    /// The secret half of the deploy key.
    Optional<String> key(String project) {
        return find(project, KEY);
    }

    void keepKey(String project, DeployKey key) {
        values.setSecrets(scope(project), Map.of(KEY, key.secret()));
        values.removeSecrets(scope(project), List.of(TOKEN));
    }

    /// With what the host signs its webhooks; made when there is none yet.
    String hook(String project) {
        return find(project, HOOK).orElseGet(() -> {
            var secret = fresh();
            values.setSecrets(scope(project), Map.of(HOOK, secret));
            return secret;
        });
    }

    private static String fresh() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Another one, which holds beside the first until a webhook is signed with it.
    String rotateHook(String project) {
        var secret = fresh();
        values.setSecrets(scope(project), Map.of(NEXT_HOOK, secret));
        return secret;
    }

    /// Empty when none is to come.
    Optional<String> nextHook(String project) {
        return find(project, NEXT_HOOK);
    }

    /// The host signs with the next one: the first holds no more.
    void confirmHook(String project, String next) {
        values.setSecrets(scope(project), Map.of(HOOK, next));
        values.removeSecrets(scope(project), List.of(NEXT_HOOK));
    }

    /// The same, and empty when there is none.
    String knownHook(String project) {
        return find(project, HOOK).orElse("");
    }

    void forget(String project) {
        values.forget(project, "");
    }
}
