package dev.johwa.serve.router.proxy;

import dev.johwa.lib.http.Probe;
import dev.johwa.lib.http.Probe.Answer;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.RoutingTable.Instances;
import java.time.Duration;

/// Asks every instance of the table once a second whether it is well: by its health path, else by a connection.
public final class HealthChecks {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Tables tables;
    private final Changed changed;
    private final Probe probe = new Probe();

    /// Hears that the health of an instance changed.
    @FunctionalInterface
    public interface Changed {
        void changed(String instance, boolean healthy);
    }

    public HealthChecks(Tables tables, Changed changed) {
        this.tables = tables;
        this.changed = changed;
    }

    public void start(Tasks tasks) {
        tasks.every(PAUSE, "health checks", () -> {
            for (var route : tables.routes()) {
                if (route.backend() instanceof Instances(var _, String path)) {
                    route.endpoints().forEach(endpoint -> tasks.run("health check", () -> check(endpoint, path)));
                }
            }
        });
    }

    private void check(EndpointState endpoint, String path) {
        var host = endpoint.address().getAddress().getHostAddress();
        var address = (host.contains(":") ? "[" + host + "]" : host) + ":"
                + endpoint.address().getPort();
        boolean good = path.isEmpty()
                ? probe.connects(address, PATIENCE)
                : probe.get(address, "localhost", path, PATIENCE) instanceof Answer.Status(int code) && code < 500;
        if (endpoint.report(good)) {
            changed.changed(endpoint.instance(), endpoint.isHealthy());
        }
    }
}
