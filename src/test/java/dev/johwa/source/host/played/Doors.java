package dev.johwa.source.host.played;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who comes in at a host's port: to its API or to git, under which name, with or without a token.
final class Doors {
    static final String BASE = "/api/v3";
    static final long REPOSITORY_ID = 1_296_269;
    private static final Pattern OF_REPOSITORY = Pattern.compile("/(repos/[^/]+/[^/]+|repositories/\\d+)(/.*)?");
    private static final Pattern OF_GIT =
            Pattern.compile("/([^/]+/[^/]+?)(?:\\.git)?/(info/refs|git-upload-pack|git-receive-pack)");

    private final Access access;
    private final Api api;
    private final GitOverHttp git;
    private final Pushing pushing;

    /// Whoever sees what a push has moved.
    interface Pushing {
        void around(Push push) throws IOException;
    }

    interface Push {
        void run() throws IOException;
    }

    Doors(Access access, Api api, GitOverHttp git, Pushing pushing) {
        this.access = access;
        this.api = api;
        this.git = git;
        this.pushing = pushing;
    }

    void answer(HttpExchange exchange) throws IOException {
        access.pass();
        var path = exchange.getRequestURI().getPath();
        var asked = OF_GIT.matcher(path);
        if (asked.matches()) {
            answerGit(exchange, asked.group(1), asked.group(2));
        } else {
            answerApi(exchange, path.startsWith(BASE) ? path.substring(BASE.length()) : path);
        }
    }

    private void answerApi(HttpExchange exchange, String path) throws IOException {
        var call = Listener.call(exchange, path);
        var shown = call.header("Authorization").replaceFirst("(?i)^(bearer|token) ", "");
        var refused = !shown.isEmpty() && !shown.equals(access.token());
        Listener.send(exchange, refused ? Answer.failed(401, "Bad credentials") : located(call, !shown.isEmpty()));
    }

    /// Follows names: of today, of before, and the id.
    private Answer located(Call call, boolean known) {
        var matcher = OF_REPOSITORY.matcher(call.path());
        if (!matcher.matches() || !(access.trouble() instanceof Trouble.None)) {
            return api.answer(call, access.trouble());
        }
        var asked = matcher.group(1).replaceFirst("^repos/", "");
        var rest = Optional.ofNullable(matcher.group(2)).orElse("");
        var may = known || (!access.isPrivate() && call.method().equals("GET"));
        if (!access.isVisible() || !may) {
            return Answer.notFound();
        }
        if (access.wasNamed(asked)) {
            var to = "http://" + call.header("Host") + BASE + "/repositories/" + REPOSITORY_ID + rest;
            return Answer.failed(301, "Moved Permanently").with("Location", to);
        }
        var ours = asked.equalsIgnoreCase(access.name()) || asked.equals("repositories/" + REPOSITORY_ID);
        return ours ? api.answer(call.at("/repos/" + access.name() + rest), access.trouble()) : Answer.notFound();
    }

    private void answerGit(HttpExchange exchange, String repository, String rest) throws IOException {
        if (access.trouble() instanceof Trouble.Broken(var status)) {
            Listener.send(exchange, Answer.empty(status));
            return;
        }
        var query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        var password = password(exchange);
        var known = password.equals(access.token());
        var pushes = rest.endsWith("receive-pack") || query.endsWith("receive-pack");
        var open = access.isFork(repository) || !access.isPrivate();
        if (!known && (!password.isEmpty() || pushes || !open)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"GitHub\"");
            Listener.send(exchange, Answer.empty(401));
        } else if (!access.isVisible()) {
            Listener.send(exchange, Answer.empty(404));
        } else if (access.wasNamed(repository)) {
            var to = "http://" + exchange.getRequestHeaders().getFirst("Host") + "/" + access.name() + ".git/" + rest;
            Listener.send(exchange, Answer.empty(301).with("Location", query.isEmpty() ? to : to + "?" + query));
        } else if (!repository.equals(access.name()) && !access.isFork(repository)) {
            Listener.send(exchange, Answer.empty(404));
        } else {
            var who = known ? Optional.of(access.owner()) : Optional.<String>empty();
            pushing.around(() -> git.answer(exchange, "/" + repository + ".git/" + rest, who));
        }
    }

    private static String password(HttpExchange exchange) {
        var header = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        if (!header.startsWith("Basic ")) {
            return "";
        }
        var pair = new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
        return pair.substring(pair.indexOf(':') + 1);
    }
}
