package dev.johwa.source.host;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.OriginFailed;
import dev.johwa.source.host.Connection.Home;
import dev.johwa.source.host.Connection.Login;
import dev.johwa.source.host.Connection.Standing;
import dev.johwa.source.host.Connection.State;
import dev.johwa.source.host.Connection.Times;
import dev.johwa.source.host.HostFailed.Reason;
import dev.johwa.source.host.Look.Who;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at hosts and keeps how we stand with each. Safe for use by many threads, one at a time a project.
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final HostPorts ports;
    private final ConnectionStore store;
    private final Credentials credentials;
    private final Hosts hosts;
    private final Diagnosis diagnosis;
    private final Map<String, List<String>> waiting = new ConcurrentHashMap<>();
    /// Hosts that wish to be asked nothing for a while but what git asks, by project.
    private final Map<String, HostFailed> limits = new ConcurrentHashMap<>();
    private final Map<String, OpenApi> apis = new ConcurrentHashMap<>();

    /// What is spoken with one host; kept, since it knows the marks of earlier answers.
    private record OpenApi(Home home, String token, boolean byOwner, Optional<HostApi> api) {
        private boolean is(Home otherHome, String otherToken, boolean otherOwner) {
            return home.equals(otherHome) && token.equals(otherToken) && byOwner == otherOwner;
        }
    }

    /// What came of a look.
    ///
    /// @param failed why there was none
    record Outcome(int moved, Optional<HostFailed> failed) {}

    Watch(HostPorts ports, ConnectionStore store, Credentials credentials) {
        this.ports = ports;
        this.store = store;
        this.credentials = credentials;
        this.hosts = new Hosts(ports.clock(), ports.lookup());
        this.diagnosis = new Diagnosis(ports.clock());
    }

    Hosts hosts() {
        return hosts;
    }

    /// What waits in a project since the last look, a line each.
    List<String> waiting(String project) {
        return waiting.getOrDefault(project, List.of());
    }

    /// Ends a connection here, and lets go what belongs to it.
    void drop(String project) {
        store.remove(project);
        ports.mirror().close(project);
        credentials.forget(project);
        forget(project);
    }

    private void forget(String project) {
        waiting.remove(project);
        limits.remove(project);
        Optional.ofNullable(apis.remove(project)).flatMap(OpenApi::api).ifPresent(HostApi::close);
    }

    Optional<HostApi> api(Connection connection) {
        var token = credentials.token(connection.project());
        var known = apis.get(connection.project());
        boolean byOwner = connection.wish().byOwner();
        if (known != null && known.is(connection.home(), token, byOwner)) {
            return known.api();
        }
        forget(connection.project());
        var fresh = hosts.api(connection.home(), token, byOwner);
        apis.put(connection.project(), new OpenApi(connection.home(), token, byOwner, fresh));
        return fresh;
    }

    /// Looks, follows a repository that moved, and writes down how it went.
    Outcome look(Connection connection, Who who) {
        try {
            return new Outcome(seen(connection, who), Optional.empty());
        } catch (HostFailed e) {
            if (e.reason() != Reason.MOVED) {
                return failed(connection, e);
            }
            try {
                return new Outcome(seen(moved(connection, e), who), Optional.empty());
            } catch (HostFailed again) {
                return failed(connection, again);
            }
        }
    }

    private int seen(Connection connection, Who who) throws HostFailed {
        var address = connection.address();
        var project = connection.project();
        var token = credentials.token(project);
        try (var access = access(connection, address, token)) {
            var by = who.by().isEmpty() ? address.host() : who.by() + " (" + address.host() + ")";
            // Without a token hosts answer so few questions that asking would only run into their limit.
            boolean isLimited = limit(project).isPresent();
            var api = token.isEmpty() || isLimited ? Optional.<HostApi>empty() : api(connection);
            var seen = new Look(ports, store, connection, api, new Who(by, who.progress())).at(access.origin());
            if (!isLimited) {
                waiting.put(project, waiting(connection, seen));
            }
            seen.untold().filter(e -> e.until().isPresent()).ifPresent(e -> limits.put(project, e));
            succeeded(connection, access.hostKeys());
            return seen.moved();
        } catch (OriginFailed e) {
            throw diagnosis.of(e, address, token, reach(connection));
        }
    }

    /// The wish of a host to be asked nothing more, for a while that is not over.
    private Optional<HostFailed> limit(String project) {
        return Optional.ofNullable(limits.get(project))
                .filter(limit ->
                        limit.until().filter(ports.clock().now()::isBefore).isPresent());
    }

    /// Somebody wants to know all the same.
    void askAgain(String project) {
        limits.remove(project);
    }

    private static List<String> waiting(Connection connection, Look.Seen seen) {
        return Stream.concat(
                        seen.waiting().stream(),
                        seen.untold().stream()
                                .map(e -> connection.home().shown()
                                        + " tells of nothing but branches, so proposals of forks are not seen: "
                                        + e.getMessage()))
                .toList();
    }

    /// Branches here whose commits the host does not have; everything of it is fetched for that.
    List<String> lost(Connection connection) throws HostFailed {
        var address = connection.address();
        var project = connection.project();
        var token = credentials.token(project);
        try (var access = access(connection, address, token)) {
            ports.mirror().fetch(project, access.origin(), List.of(Look.ALL_HEADS));
        } catch (OriginFailed e) {
            throw diagnosis.of(e, address, token, reach(connection));
        }
        var there = ports.mirror().seen(project);
        return ports.mirror().own(project).entrySet().stream()
                .filter(own -> there.values().stream()
                        .noneMatch(commit -> ports.repositories().isAncestor(project, own.getValue(), commit)))
                .map(own -> own.getKey().replaceFirst("^heads/", ""))
                .toList();
    }

    private Reach reach(Connection connection) {
        return new Reach(ports.lookup(), connection.wish().byOwner());
    }

    /// Looks the host up, this once.
    private Access access(Connection connection, Address address, String token) throws HostFailed {
        var at = new Access.Target(address, addresses(connection, address));
        var key = credentials.key(connection.project());
        return address.isSsh() && key.isPresent()
                ? Access.byKey(
                        at, new Access.Key(key.get(), connection.home().hostKeys(), ports.scratch()), ports.machine())
                : Access.byToken(at, token, ports.machine());
    }

    private List<String> addresses(Connection connection, Address address) throws HostFailed {
        try {
            return reach(connection).addresses(address.host());
        } catch (ProblemException e) {
            throw HostFailed.of(e);
        }
    }

    private void succeeded(Connection connection, String hostKeys) {
        var now = ports.clock().now();
        var home = connection.home();
        var times = connection.times();
        var before = connection.standing();
        var limit = limit(connection.project());
        var state = limit.isPresent() ? State.WAITING : State.CONNECTED;
        var words = new Words(connection);
        keep(
                connection,
                new Home(home.url(), home.kind(), home.api(), home.login(), home.publicKey(), hostKeys),
                new Standing(
                        state,
                        limit.map(words::why).orElse(""),
                        limit.map(words::next).orElse(""),
                        before.state() == state ? before.since() : now,
                        limit.flatMap(HostFailed::until),
                        0,
                        before.note()),
                new Times(Optional.of(now), times.heard(), times.lost(), times.created()));
    }

    /// A redirect is followed by us, not by git: the new place is looked at first.
    private Connection moved(Connection connection, HostFailed failed) throws HostFailed {
        var to = place(connection, failed.to());
        if (!to.host().equals(connection.address().host())) {
            throw new HostFailed(Reason.WRONG, "it leads to another server, " + to.shown() + ", which is not followed");
        }
        LOG.info("project={} its origin moved to {}", connection.project(), to);
        var home = connection.home();
        var before = connection.standing();
        var now = ports.clock().now();
        return keep(
                connection,
                new Home(to.url(), home.kind(), home.api(), home.login(), home.publicKey(), home.hostKeys()),
                new Standing(
                        before.state(),
                        before.why(),
                        before.next(),
                        before.since(),
                        before.until(),
                        before.tries(),
                        "was " + home.shown() + " until " + now.toString().substring(0, 10)),
                connection.times());
    }

    /// The address of a redirect is that of a repository, or of what the host knows of one.
    private Address place(Connection connection, String location) throws HostFailed {
        var home = connection.home();
        try {
            if (home.api().isEmpty() || !location.startsWith(home.api())) {
                return Address.parse(location);
            }
            var about = api(connection).orElseThrow().about(location);
            var found = Address.parse(about.url());
            var now = connection.address();
            return new Address(now.scheme(), now.user(), now.host(), now.port(), found.path());
        } catch (ProblemException e) {
            throw new HostFailed(
                    Reason.WRONG, "it leads nowhere: " + e.problem().message());
        }
    }

    private Outcome failed(Connection connection, HostFailed failed) {
        var now = ports.clock().now();
        var before = connection.standing();
        var state = state(failed.reason());
        boolean isSame = before.state() == state;
        var words = new Words(connection);
        var standing = new Standing(
                state,
                words.why(failed),
                words.next(failed),
                isSame ? before.since() : now,
                failed.until(),
                isSame ? before.tries() + 1 : 1,
                before.note());
        keep(connection, connection.home(), standing, connection.times());
        return new Outcome(0, Optional.of(failed));
    }

    private static State state(Reason reason) {
        return switch (reason) {
            case LIMITED, OUT, WRONG -> State.WAITING;
            case REFUSED, FORBIDDEN, STRANGE -> State.REFUSED;
            case MISSING, MOVED -> State.MISSING;
        };
    }

    /// With the fact, where the state is another; nobody else removed it meanwhile.
    private Connection keep(Connection connection, Home home, Standing standing, Times times) {
        var after = new Connection(connection.project(), home, connection.wish(), standing, times, connection.by());
        ports.database().write(handle -> {
            if (store.find(connection.project()).isPresent()) {
                store.put(after);
                if (connection.standing().state() != standing.state()) {
                    ports.facts()
                            .append(
                                    handle,
                                    new ConnectionChanged(
                                            connection.project(),
                                            home.url(),
                                            standing.state().word(),
                                            standing.why(),
                                            standing.next()));
                }
            }
            return 0;
        });
        return after;
    }

    /// What to tell a person of a host that failed.
    private record Words(Connection connection) {
        private String why(HostFailed failed) {
            var place = connection.home().shown();
            var said = String.valueOf(failed.getMessage());
            return switch (failed.reason()) {
                case LIMITED, OUT, WRONG, STRANGE -> place + ": " + said;
                case REFUSED -> place + refused() + said;
                case FORBIDDEN -> place + " does not permit it: " + said;
                case MISSING, MOVED ->
                    "there is no " + place + ", or none that we may see (deleted, made private, renamed): " + said;
            };
        }

        private String refused() {
            if (connection.home().login() == Login.NONE) {
                return " asks who we are: ";
            }
            return connection.times().looked().isEmpty()
                    ? " does not let us in yet: "
                    : " does not let us in any more: ";
        }

        private String next(HostFailed failed) {
            return switch (failed.reason()) {
                case LIMITED, OUT -> "nothing: it is tried again by itself, and what is here works on";
                case WRONG -> "look at the address; `johwa connect sync " + connection.project() + "` tries again";
                case STRANGE -> "where its owners changed it, trust the new one: " + again("--deploy-key");
                case REFUSED, FORBIDDEN, MISSING, MOVED ->
                    connection.home().login() == Login.KEY
                            ? "add the deploy key there: " + connection.home().publicKey()
                            : "give a token that may read it: " + again("--with-token");
            };
        }

        private String again(String option) {
            return "johwa connect " + connection.home().url() + " --name " + connection.project() + " " + option;
        }
    }
}
