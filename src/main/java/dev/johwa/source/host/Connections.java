package dev.johwa.source.host;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import dev.johwa.source.git.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Projects whose home is elsewhere: connected, followed, told of. Safe for use by many threads.
public final class Connections implements Reports, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    /// So long no delivery of a webhook counts twice; hosts send again for three days.
    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final Duration LATER = Duration.ofMinutes(1);

    private final HostPorts ports;
    private final ConnectionStore store;
    private final Credentials credentials;
    private final Watch watch;
    private final Rounds rounds;
    /// Why a host could not be told, by project.
    private final Map<String, String> untold = new ConcurrentHashMap<>();

    public Connections(HostPorts ports) {
        this.ports = ports;
        this.store = new ConnectionStore(ports.database());
        this.credentials = new Credentials(ports.values());
        this.watch = new Watch(ports, store, credentials);
        this.rounds = new Rounds(ports, store, watch);
    }

    /// Follows them from now on.
    public void start() {
        Trees.delete(ports.scratch());
        rounds.start();
    }

    /// Begins nothing from now on; what is cut off goes on with the next start.
    @Override
    public void close() {
        rounds.stop();
    }

    public List<Connection> list() {
        return store.list();
    }

    public Optional<Connection> find(String project) {
        return store.find(project);
    }

    /// @throws ProblemException `connection.unknown`
    public Connection require(String project) {
        return store.find(project).orElseThrow(() -> {
            var names = store.list().stream().map(Connection::project).toList();
            return Problem.user("connection.unknown", "'" + project + "' is not connected to another host")
                    .hint(Near.question(project, names)
                            .orElse("`johwa connect` lists what is; `johwa connect URL` adds"))
                    .exception();
        });
    }

    /// What waits there, for a person, a line each: checks, proposals that nobody approved.
    public List<String> waiting(String project) {
        return Stream.concat(watch.waiting(project).stream(), Optional.ofNullable(untold.get(project)).stream())
                .toList();
    }

    /// Proposals of forks.
    public List<Pull> pulls(String project) {
        return store.pulls(project);
    }

    /// Connects a project, or gives one that is connected other credentials; returns when it was looked at.
    ///
    /// @throws ProblemException when it cannot be, and then nothing is left of it
    public Connected connect(Order order, Progress progress) {
        return new Connecting(ports, store, credentials, watch, order)
                .connect(work -> rounds.alone(order.project(), work), progress);
    }

    /// @param project as it is called here; empty for what the address says
    /// @param token empty for none
    /// @param wantsKey whether a deploy key is made
    /// @param hook where webhooks arrive here: `https://johwa.example.com`; empty where none can
    /// @param isOwner whether an owner of the platform asks
    public record Order(
            String url,
            String name,
            String token,
            boolean wantsKey,
            boolean afterChecks,
            String hook,
            String by,
            boolean isOwner) {
        /// As it is called here.
        public String project() {
            return name.isEmpty() ? Address.parse(url).name() : name;
        }
    }

    /// How it went.
    ///
    /// @param hook what a person gives the host so that it sends webhooks; empty when it does by itself, or cannot
    public record Connected(Connection connection, Optional<Hook> hook) {}

    /// @param secret with which the host signs
    public record Hook(String url, String secret) {}

    /// What a person gives the host so that it sends webhooks.
    ///
    /// @throws ProblemException `hook.nothing` when none can arrive
    public Hook hook(String project) {
        var connection = require(project);
        if (connection.wish().hookAt().isEmpty()) {
            throw Problem.user("hook.nothing", "no webhook can arrive at this server, as far as it knows")
                    .hint("connect again and name an address that reaches it: johwa connect "
                            + connection.home().url() + " --name " + project + " --webhook https://johwa.example.com")
                    .exception();
        }
        var secret = credentials.nextHook(project).orElseGet(() -> credentials.hook(project));
        return new Hook(Connecting.url(connection), secret);
    }

    /// A webhook with another secret.
    ///
    /// @param why a person has to give it to the host; empty when the host has it
    public record Rotated(Hook hook, Optional<String> why) {}

    /// Makes another secret. The one before holds beside it until a webhook is signed with the new one, so that none
    /// is refused in between.
    ///
    /// @throws ProblemException `hook.nothing` when none can arrive
    public Rotated rotate(String project) {
        var connection = require(project);
        var _ = hook(project);
        credentials.rotateHook(project);
        var hook = hook(project);
        var id = connection.wish().hook();
        var api = id.isEmpty() ? Optional.<HostApi>empty() : watch.api(connection);
        if (api.isEmpty()) {
            return new Rotated(hook, Optional.of("it was made there by hand"));
        }
        try {
            api.get().changeHook(id, hook.url(), hook.secret(), Connecting.events(connection));
            return new Rotated(hook, Optional.empty());
        } catch (HostFailed e) {
            return new Rotated(hook, Optional.of(connection.home().shown() + ": " + e.getMessage()));
        }
    }

    /// Looks at its host now.
    public Connection sync(String project, Progress progress) {
        return rounds.alone(project, () -> {
            watch.askAgain(project);
            var _ = watch.look(require(project), new Look.Who("", progress));
            return require(project);
        });
    }

    /// Ends it; the project stays with all that was fetched, and is pushed to from now on.
    public void remove(String project, Progress progress) {
        var connection = require(project);
        rounds.alone(project, () -> {
            if (!connection.wish().hook().isEmpty()) {
                removeHook(connection, progress);
            }
            watch.drop(project);
            untold.remove(project);
            return 0;
        });
    }

    private void removeHook(Connection connection, Progress progress) {
        try {
            var api = watch.api(connection);
            if (api.isPresent()) {
                api.get().removeHook(connection.wish().hook());
            }
        } catch (HostFailed e) {
            progress.say("The webhook at " + connection.home().shown() + " could not be removed (" + e.getMessage()
                    + "); remove it there, what it sends is refused from now on");
        }
    }

    /// A webhook came.
    ///
    /// @param fields of the request, by their names in lower case
    /// @return what follows
    /// @throws ProblemException when it is not signed with the secret of that project, or about another repository
    public Heard heard(String project, Map<String, String> fields, byte[] body) {
        credentials
                .nextHook(project)
                .filter(next -> Doorbell.isSigned(fields, body, next))
                .ifPresent(next -> credentials.confirmHook(project, next));
        var bell = Doorbell.read(fields, body, credentials.knownHook(project));
        var connection = store.find(project).orElseThrow(Doorbell::unknown);
        requireSame(connection, bell);
        var now = ports.clock().now();
        if (!store.take(project, bell.ids(), now, now.minus(REMEMBERED))) {
            return new Heard(bell.event(), "nothing: it came before");
        }
        store.heard(project, now);
        if (bell.event().equals("ping")) {
            return new Heard(bell.event(), "nothing: it was a greeting");
        }
        rounds.ring(project, bell.sender(), true);
        return new Heard(bell.event(), "fetches what moved");
    }

    /// @param does what follows
    public record Heard(String event, String does) {}

    /// One that was renamed a moment ago has its new name already; the next look finds it.
    private static void requireSame(Connection connection, Doorbell bell) {
        var own = connection.address().repository();
        boolean isRename = bell.event().equals("repository");
        if (!bell.repository().isEmpty() && !bell.repository().equalsIgnoreCase(own) && !isRename) {
            throw Problem.user(
                            "hook.repository",
                            "the webhook is about " + bell.repository() + ", and " + connection.project()
                                    + " is connected to " + own)
                    .hint("remove the webhook there, or connect that repository under a name of its own")
                    .exception();
        }
    }

    /// Lets the commit run that is proposed now; another one asks again.
    public Pull approve(String project, int number, String by) {
        require(project);
        var open = store.pulls(project);
        var pull = open.stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> Problem.user("pull.unknown", "there is no open proposal #" + number + " of a fork")
                        .hint(
                                open.isEmpty()
                                        ? "none is open; `johwa connect sync " + project + "` looks again"
                                        : "open are "
                                                + open.stream()
                                                        .map(each -> "#" + each.number())
                                                        .toList() + "; `johwa connect sync " + project
                                                + "` looks again")
                        .exception());
        if (!store.approve(project, pull, by)) {
            throw Problem.user("pull.conflict", "#" + number + " moved just now")
                    .hint("look at what it proposes, and approve it again")
                    .exception();
        }
        rounds.ring(project, "", true);
        return pull;
    }

    /// Opens issues where projects have their home.
    public Tracker tracker() {
        return new HostTracker(store, new IssueStore(ports.database()), this::spoken);
    }

    /// What is spoken with a host to which there is a token.
    private Optional<HostApi> spoken(Connection connection) {
        return credentials.token(connection.project()).isEmpty() ? Optional.empty() : watch.api(connection);
    }

    @Override
    public boolean wants(String project) {
        return store.find(project).flatMap(this::spoken).isPresent();
    }

    @Override
    public Told tell(String project, Status status) {
        return told(project, api -> {
            api.tell(status);
            return "";
        });
    }

    @Override
    public Told tell(String project, Deployed deployed) {
        return told(project, api -> api.tell(deployed));
    }

    /// Tells a host.
    private interface Telling {
        String to(HostApi api) throws HostFailed;
    }

    private Told told(String project, Telling telling) {
        var api = store.find(project).flatMap(watch::api);
        if (api.isEmpty()) {
            return Told.DONE;
        }
        try {
            var id = telling.to(api.get());
            untold.remove(project);
            return new Told(Optional.empty(), id);
        } catch (HostFailed e) {
            LOG.info("project={} its origin was not told: {}", project, e.getMessage());
            untold.put(
                    project, "the host does not hear of runs and releases: " + e.getMessage() + permission(e.reason()));
            return switch (e.reason()) {
                case LIMITED, OUT -> again(e);
                // The next look follows it there, and then this does.
                case MOVED -> {
                    rounds.ring(project, "", true);
                    yield again(e);
                }
                case REFUSED, FORBIDDEN, MISSING, WRONG, STRANGE -> Told.DONE;
            };
        }
    }

    private static String permission(HostFailed.Reason reason) {
        return switch (reason) {
            case FORBIDDEN, MISSING -> "; the token may need to write commit statuses and deployments";
            case LIMITED, OUT, MOVED, REFUSED, WRONG, STRANGE -> "";
        };
    }

    private Told again(HostFailed e) {
        Instant soon = ports.clock().now().plus(LATER);
        return new Told(Optional.of(e.until().orElse(soon)), "");
    }
}
