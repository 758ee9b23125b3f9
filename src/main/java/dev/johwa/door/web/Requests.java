package dev.johwa.door.web;

import io.javalin.http.Context;
import java.util.Set;
import java.util.UUID;

/// Who a request comes from, by its path: that decides how it is answered, not what it says it accepts.
final class Requests {
    private static final String ID = "johwa.request";
    private static final Set<String> PROGRAMS =
            Set.of("api", "v1", "docs", "schema", "metrics", "healthz", "readyz", "prometheus");

    private Requests() {}

    enum Kind {
        /// Is shown pages.
        PERSON,
        /// Reads problems as documents.
        PROGRAM,
        /// Reads problems as the specification of registries has them.
        REGISTRY,
        /// Shows its person what comes as plain text.
        GIT
    }

    static Kind of(String path) {
        if (RegistryPath.isOfRegistry(path)) {
            return Kind.REGISTRY;
        }
        if (path.contains(".git/")) {
            return Kind.GIT;
        }
        int end = path.indexOf('/', 1);
        var first = path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
        return PROGRAMS.contains(first) ? Kind.PROGRAM : Kind.PERSON;
    }

    /// What the server's log and the person have in common to speak of a request.
    static String id(Context context) {
        String known = context.attribute(ID);
        if (known != null) {
            return known;
        }
        var made = UUID.randomUUID().toString().substring(0, 8);
        context.attribute(ID, made);
        context.header("X-Request-Id", made);
        return made;
    }
}
