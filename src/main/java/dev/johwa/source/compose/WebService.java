package dev.johwa.source.compose;

import dev.johwa.source.compose.Service.Port;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which service of a project people visit, at which of its ports, and why.
///
/// The first that is so: a service with the label `dev.johwa.web` (its value is the port, or `true`); with a published
/// TCP port that is one of the web, the service named `web`, `proxy`, `nginx`, … before others, and the one on which
/// fewest depend; with another published TCP port; with an exposed port. Databases and brokers never are.
///
/// @param port within the container
/// @param why for a person: `it publishes port 8080`
public record WebService(String service, int port, String why) {
    /// A service with this label is the one.
    public static final String LABEL = "dev.johwa.web";

    private static final List<String> NAMES =
            List.of("web", "proxy", "nginx", "caddy", "traefik", "frontend", "app", "www", "gateway");
    private static final Set<Integer> WEB_PORTS =
            Set.of(80, 443, 3000, 4000, 4200, 5000, 5173, 8000, 8008, 8080, 8081, 8443, 8888, 9000, 1313, 4173);
    private static final Pattern DATA = Pattern.compile("(.*/)?(postgres|postgis|pgvector|timescaledb|mysql|mariadb|"
            + "percona|mongo|redis|valkey|keydb|memcached|rabbitmq|nats|kafka|zookeeper|elasticsearch|opensearch|"
            + "cassandra|scylla|couchdb|influxdb|clickhouse-server|minio|mailhog|mailpit|cp-kafka|etcd)(:.*|@.*)?");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    /// @return empty for a project that serves nobody: workers, jobs, databases alone
    public static Optional<WebService> of(ComposeProject project) {
        var candidates = project.services().values().stream()
                .filter(service -> !isData(service))
                .sorted(Comparator.comparingInt((Service service) -> rank(service.name()))
                        .thenComparingInt(
                                service -> project.dependents(service.name()).size()))
                .toList();
        return candidates.stream()
                .flatMap(service -> labelled(service).stream())
                .findFirst()
                .or(() -> candidates.stream()
                        .flatMap(service -> published(service, true))
                        .findFirst())
                .or(() -> candidates.stream()
                        .flatMap(service -> published(service, false))
                        .findFirst())
                .or(() -> candidates.stream().flatMap(WebService::exposed).findFirst());
    }

    private static int rank(String name) {
        int place = NAMES.indexOf(name);
        return place < 0 ? NAMES.size() : place;
    }

    /// Whether it keeps data for others: a database, a cache, a broker.
    public static boolean isData(Service service) {
        return service.build().isEmpty() && DATA.matcher(service.image()).matches();
    }

    private static Optional<WebService> labelled(Service service) {
        var label = service.labels().get(LABEL);
        if (label == null || label.equals("false")) {
            return Optional.empty();
        }
        var port = PORT.matcher(label).matches()
                ? Optional.of(Integer.valueOf(label))
                : Stream.concat(ports(service).map(Port::target), exposedPorts(service))
                        .findFirst();
        return port.map(number -> new WebService(service.name(), number, "it has the label " + LABEL));
    }

    private static Stream<Port> ports(Service service) {
        return service.ports().stream().filter(port -> port.protocol().equals("tcp"));
    }

    private static Stream<WebService> published(Service service, boolean isWeb) {
        return ports(service)
                .filter(port -> !isWeb || WEB_PORTS.contains(port.target()))
                .map(port -> new WebService(
                        service.name(),
                        port.target(),
                        port.published().isEmpty()
                                ? "it publishes port " + port.target()
                                : "it publishes port " + port.target() + " as " + port.published()));
    }

    private static Stream<Integer> exposedPorts(Service service) {
        return service.expose().stream()
                .map(port -> port.replaceFirst("[-/].*", ""))
                .filter(port -> PORT.matcher(port).matches())
                .map(Integer::valueOf);
    }

    private static Stream<WebService> exposed(Service service) {
        return exposedPorts(service).map(port -> new WebService(service.name(), port, "it exposes port " + port));
    }
}
