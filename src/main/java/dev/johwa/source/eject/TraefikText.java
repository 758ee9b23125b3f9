package dev.johwa.source.eject;

import dev.johwa.lib.text.HostLabel;
import dev.johwa.source.config.Front;
import dev.johwa.source.config.Rollout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Routes for Traefik as this platform's edge has them, of production and of previews that are named: a file of its
/// file provider, which leads to the services of the compose file. Source of the form:
/// doc.traefik.io/traefik/reference/dynamic-configuration/file.
final class TraefikText {
    private static final String PLAIN = "web";
    private static final String SECURE = "websecure";
    private static final String TO_TLS = "to-tls";
    private static final String RESOLVER = "letsencrypt";
    private static final String LOCAL = ".localhost";
    private static final String NOBODY = "; without that file nobody gets in";

    private final Map<String, Object> routers = new LinkedHashMap<>();
    private final Map<String, Object> middlewares = new LinkedHashMap<>();
    private final Map<String, Object> services = new LinkedHashMap<>();
    private final Map<String, Object> transports = new LinkedHashMap<>();
    private final List<String> gaps = new ArrayList<>();

    /// @param apps that answer requests, with the port of their service
    TraefikText(EjectedProject project, Map<EjectedApp, Integer> apps) {
        apps.forEach((app, port) -> app(project, app, port));
        project.previews()
                .forEach((branch, there) -> apps.forEach((app, port) -> there.stream()
                        .filter(each -> each.name().equals(app.name()))
                        .forEach(each -> preview(project, branch, each, port))));
    }

    /// What these routes do not do.
    List<String> gaps() {
        return gaps;
    }

    boolean isEmpty() {
        return routers.isEmpty();
    }

    /// What Traefik reads again when it changes.
    String routes() {
        var http = new LinkedHashMap<String, Object>();
        http.put("routers", routers);
        put(http, "middlewares", middlewares);
        http.put("services", services);
        put(http, "serversTransports", transports);
        // Traefik takes two braces for its own.
        return "# Made by `johwa eject --to traefik`: routes to the services of compose.yaml.\n"
                + YamlText.of(Map.of("http", http)).replace("{{", "{{\"{{\"}}");
    }

    /// What Traefik reads when it starts.
    static String start() {
        return """
                # Made by `johwa eject --to traefik`. Write your own address below.
                entryPoints:
                  web:
                    address: ":80"
                  websecure:
                    address: ":443"
                providers:
                  file:
                    filename: /etc/traefik/dynamic.yml
                certificatesResolvers:
                  letsencrypt:
                    acme:
                      email: you@example.com
                      storage: /etc/traefik/acme.json
                      tlsChallenge: {}
                """;
    }

    private static void put(Map<String, Object> map, String name, Map<String, Object> value) {
        if (!value.isEmpty()) {
            map.put(name, value);
        }
    }

    private void app(EjectedProject project, EjectedApp app, int port) {
        var front = app.settings().front();
        if (app.settings().isPrivate() && front.users().isEmpty()) {
            gap(app, "who logs in here is not known there, so it has no route; allow.users would give it one");
            return;
        }
        var domains = app.settings().domains();
        var hosts = domains.isEmpty() ? List.of(project.host(app) + LOCAL) : domains;
        var parts = new TraefikParts(app.label(), app.settings().rollout(), !domains.isEmpty());
        var chain = new TraefikChain(app.label(), app.settings(), domains, middlewares);
        place(front, hosts, chain, parts, port);
        gaps(app, front, chain, domains);
        parts.advice().ifPresent(advice -> gap(app, advice));
    }

    /// A preview is a service of its own, for those alone whose passwords are known.
    private void preview(EjectedProject project, String branch, EjectedApp app, int port) {
        var label = HostLabel.of(branch + "--" + project.host(app));
        var chain = new TraefikChain(label, app.settings(), List.of(), middlewares);
        var parts = new TraefikParts(label, Rollout.NONE, false);
        place(app.settings().front(), List.of(label + LOCAL), chain, parts, port);
        gap(app, "the preview of " + branch + " is the service " + label + "; give " + label + LOCAL + " a domain");
        if (app.settings().isPrivate()) {
            gap(app, "put who may see it, hashed by `htpasswd -B`, into " + chain.usersFile() + NOBODY);
        }
    }

    private void place(Front front, List<String> hosts, TraefikChain chain, TraefikParts parts, int port) {
        services(front, parts, port);
        var rule = TraefikRule.hosts(hosts);
        if (parts.isSecured()) {
            middlewares.put(TO_TLS, Map.of("redirectScheme", TraefikChain.map("scheme", "https", "permanent", true)));
            router(parts.label() + "-plain", rule, PLAIN, List.of(TO_TLS), parts.label());
        }
        var entry = parts.isSecured() ? SECURE : PLAIN;
        if (!front.paths().isEmpty()) {
            var below = TraefikRule.below(rule, front.paths());
            routes(parts.label() + "-below", below, entry, chain.of(true), parts);
        }
        routes(parts.label(), rule, entry, chain.of(front.paths().isEmpty()), parts);
    }

    private void services(Front front, TraefikParts parts, int port) {
        var label = parts.label();
        front.answer()
                .ifPresent(time -> transports.put(
                        label, Map.of("forwardingTimeouts", Map.of("responseHeaderTimeout", time.toMillis() + "ms"))));
        for (var name : parts.hasCanary() ? List.of(label, parts.canary()) : List.of(label)) {
            var service = new LinkedHashMap<String, Object>();
            service.put("servers", List.of(Map.of("url", "http://" + name + ":" + port)));
            front.answer().ifPresent(_ -> service.put("serversTransport", label));
            services.put(name, Map.of("loadBalancer", service));
        }
        services.putAll(parts.services());
    }

    /// Of two rules that take a request the longer one counts, so that fields come first.
    private void routes(String name, String rule, String entry, List<String> chain, TraefikParts parts) {
        router(name, rule, entry, chain, parts.all());
        parts.named(rule).ifPresent(own -> router(name + "-named", own, entry, chain, parts.named()));
    }

    private void router(String name, String rule, String entry, List<String> chain, String service) {
        var router = new LinkedHashMap<String, Object>();
        router.put("entryPoints", List.of(entry));
        router.put("rule", rule);
        if (!chain.isEmpty()) {
            router.put("middlewares", chain);
        }
        router.put("service", service);
        if (entry.equals(SECURE)) {
            router.put("tls", Map.of("certResolver", RESOLVER));
        }
        routers.put(name, router);
    }

    private void gaps(EjectedApp app, Front front, TraefikChain chain, List<String> domains) {
        if (domains.isEmpty()) {
            gap(app, "it has no domain of its own, so its route is to be given one, and TLS with it");
        }
        front.users()
                .ifPresent(secret -> gap(
                        app,
                        "put the lines of " + secret + ", hashed by `htpasswd -B`, into " + chain.usersFile()
                                + NOBODY));
        chain.unsaid().forEach(line -> gap(app, "the redirect '" + line + "' cannot be said there"));
        if (!front.redirects().isEmpty()) {
            gap(app, "redirects are answered with 301 and 302 to GET, with 308 and 307 to all else");
        }
        if (!front.headers().isEmpty()) {
            gap(app, "fields of answers win over those that the app sets itself");
        }
        if (front.requestBytes().isPresent()) {
            gap(app, "limits.request holds bodies and answers back until they are whole, so none streams");
        }
    }

    private void gap(EjectedApp app, String what) {
        gaps.add("traefik: " + app.name() + ": " + what);
    }
}
