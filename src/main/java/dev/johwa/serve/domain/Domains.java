package dev.johwa.serve.domain;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.RoutingTable.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is asked for through TLS, and by which certificates. Safe for use by many threads.
public final class Domains {
    private static final String CONTROL = "johwa";
    /// As long as a control plane may take to come back.
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DEFAULT_PORT = 443;

    private final DomainSettings settings;
    private final Edge edge;
    private final Clock clock;
    private volatile String control = "";

    public Domains(DomainSettings settings, Edge edge, Clock clock) {
        this.settings = settings;
        this.edge = edge;
        this.clock = clock;
    }

    /// Without names of its own.
    public static Domains none(Edge edge) {
        return new Domains(
                new DomainSettings(Path.of("tls"), "localhost", CONTROL, Duration.ZERO), edge, new SystemClock());
    }

    /// From the next table on API and git are there, `host:port`.
    public void controlAt(String address) {
        control = address;
    }

    /// Where people reach API and git through TLS; empty when they do not.
    public String controlUrl() {
        if (edge.tlsAddress().isEmpty()) {
            return "";
        }
        return "https://" + settings.name() + (port() == DEFAULT_PORT ? "" : ":" + port());
    }

    private int port() {
        var address = edge.tlsAddress();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /// A table with these routes, and with all that is said through TLS.
    public RoutingTable table(long version, List<Route> routes) {
        if (edge.tlsAddress().isEmpty()) {
            return new RoutingTable(version, routes);
        }
        var all = new ArrayList<Route>();
        if (!control.isEmpty()) {
            var there = new Instances(List.of(new Endpoint(CONTROL, control)), "", PATIENCE);
            all.add(new Route(List.of(settings.name()), "/", CONTROL, "", 0, there));
        }
        all.addAll(routes);
        // Tokens travel to the control plane: never in clear from one machine to another.
        var secured = Set.of(settings.name());
        var certificates = List.of(new SelfMade(settings, clock).certificate());
        var tls = new Tls(certificates, secured, port(), settings.strict().toSeconds(), Map.of(), List.of());
        return new RoutingTable(version, all, tls);
    }
}
