package dev.johwa.source.host.played;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;

/// Git's smart HTTP by git's own program, `git http-backend`.
final class GitOverHttp {
    private final Path root;

    /// @param root the folder of all repositories
    GitOverHttp(Path root) {
        this.root = root;
    }

    /// @param path below the root
    /// @param who whoever has shown a token
    void answer(HttpExchange exchange, String path, Optional<String> who) throws IOException {
        var builder = new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        var environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("PATH_INFO", path);
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
        var headers = exchange.getRequestHeaders();
        var passed = new HashMap<String, String>();
        passed.put("CONTENT_TYPE", headers.getFirst("Content-Type"));
        passed.put("CONTENT_LENGTH", headers.getFirst("Content-Length"));
        passed.put("HTTP_CONTENT_ENCODING", headers.getFirst("Content-Encoding"));
        passed.put("GIT_PROTOCOL", headers.getFirst("Git-Protocol"));
        passed.put("REMOTE_USER", who.orElse(null));
        passed.forEach((name, value) -> {
            if (value != null) {
                environment.put(name, value);
            }
        });
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(in);
        }
        try (var out = new BufferedInputStream(process.getInputStream())) {
            exchange.sendResponseHeaders(headers(exchange, out), 0);
            out.transferTo(exchange.getResponseBody());
        } finally {
            process.destroy();
        }
    }

    private static int headers(HttpExchange exchange, InputStream out) throws IOException {
        int status = 200;
        for (var line = line(out); !line.isEmpty(); line = line(out)) {
            var colon = line.indexOf(':');
            var value = line.substring(colon + 1).strip();
            if (line.startsWith("Status:")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(line.substring(0, colon), value);
            }
        }
        return status;
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        for (int each = in.read(); each != '\n' && each >= 0; each = in.read()) {
            bytes.write(each);
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}
