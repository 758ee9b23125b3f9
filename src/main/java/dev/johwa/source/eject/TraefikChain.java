package dev.johwa.source.eject;

import dev.johwa.lib.site.RedirectExpression;
import dev.johwa.source.config.Front;
import dev.johwa.source.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What holds for requests of an app before they go on, as middlewares of Traefik in the order of this platform's edge:
/// addresses, the name that counts, redirects, passwords, sizes; and the fields of what the app answers.
/// Source of the form: doc.traefik.io/traefik/middlewares/http/overview.
final class TraefikChain {
    private final String label;
    private final boolean isPrivate;
    private final Front front;
    private final Map<String, Object> middlewares;
    private final List<String> after = new ArrayList<>();
    private final List<String> moves = new ArrayList<>();
    private final List<String> unsaid = new ArrayList<>();

    /// @param label of the app, or of its preview
    /// @param middlewares to which its own are added
    TraefikChain(String label, Settings settings, List<String> domains, Map<String, Object> middlewares) {
        this.label = label;
        this.isPrivate = settings.isPrivate();
        this.front = settings.front();
        this.middlewares = middlewares;
        front.canonical().filter(domains::contains).ifPresent(name -> canonical(name, domains));
        front.redirects().forEach(this::redirect);
        front.requestBytes().ifPresent(bytes -> add(after, "body", "buffering", Map.of("maxRequestBodyBytes", bytes)));
        if (!front.headers().isEmpty()) {
            add(after, "fields", "headers", Map.of("customResponseHeaders", new TreeMap<>(front.headers())));
        }
    }

    /// Their names, the outermost first.
    ///
    /// @param isBelow whether the paths count here
    List<String> of(boolean isBelow) {
        var chain = new ArrayList<String>();
        if (isBelow && !front.from().isEmpty()) {
            add(chain, "from", "ipAllowList", Map.of("sourceRange", front.from()));
        }
        chain.addAll(moves);
        if (isPrivate || isBelow && front.users().isPresent()) {
            add(chain, "users", "basicAuth", map("usersFile", usersFile(), "realm", "Johwa", "removeHeader", true));
        }
        chain.addAll(after);
        return chain;
    }

    String usersFile() {
        return "/etc/traefik/" + label + ".users";
    }

    /// Redirects that Traefik does not know how to say.
    List<String> unsaid() {
        return unsaid;
    }

    private void canonical(String name, List<String> domains) {
        var others = domains.stream()
                .filter(each -> !each.equals(name))
                .map(TraefikRule::quoted)
                .collect(Collectors.joining("|"));
        if (!others.isEmpty()) {
            move(
                    "canonical",
                    "^(https?)://(?i:" + others + ")((?::[0-9]+)?)(/.*)?$",
                    "${1}://" + name + "${2}${3}",
                    301);
        }
    }

    private void redirect(String line) {
        RedirectExpression.of(line)
                .ifPresentOrElse(
                        said -> move(
                                "redirect-" + (moves.size() + 1), said.expression(), said.location(), said.status()),
                        () -> unsaid.add(line));
    }

    private void move(String name, String expression, String location, int status) {
        boolean isPermanent = status == 301 || status == 308;
        add(moves, name, "redirectRegex", map("regex", expression, "replacement", location, "permanent", isPermanent));
    }

    private void add(List<String> chain, String name, String kind, Map<String, ?> what) {
        var own = label + "-" + name;
        middlewares.put(own, Map.of(kind, what));
        chain.add(own);
    }

    /// In the order in which they are named.
    static Map<String, Object> map(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
