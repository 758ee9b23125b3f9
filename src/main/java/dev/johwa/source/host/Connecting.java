package dev.johwa.source.host;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.Progress;
import dev.johwa.source.host.Connection.Home;
import dev.johwa.source.host.Connection.Kind;
import dev.johwa.source.host.Connection.Login;
import dev.johwa.source.host.Connection.Standing;
import dev.johwa.source.host.Connection.State;
import dev.johwa.source.host.Connection.Times;
import dev.johwa.source.host.Connection.Wish;
import dev.johwa.source.host.Connections.Connected;
import dev.johwa.source.host.Connections.Hook;
import dev.johwa.source.host.Connections.Order;
import dev.johwa.source.host.HostFailed.Reason;
import dev.johwa.source.host.Look.Who;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Connects one project. What is to be is written down before it is done: ended in between, the next process goes on.
final class Connecting {
    private final HostPorts ports;
    private final ConnectionStore store;
    private final Credentials credentials;
    private final Watch watch;
    private final Order order;
    private final Address address;
    private final String project;

    Connecting(HostPorts ports, ConnectionStore store, Credentials credentials, Watch watch, Order order) {
        this.ports = ports;
        this.store = store;
        this.credentials = credentials;
        this.watch = watch;
        this.order = order;
        this.address = wanted(order);
        this.project = order.project();
    }

    /// A deploy key is a matter of ssh.
    private static Address wanted(Order order) {
        var given = Address.parse(order.url());
        return order.wantsKey() && !given.isSsh()
                ? new Address("ssh", Optional.empty(), given.host(), -1, given.path())
                : given;
    }

    /// @param alone keeps others from looking meanwhile
    Connected connect(Function<Supplier<Connected>, Connected> alone, Progress progress) {
        ports.repositories().requireName(project);
        var _ = reach().addresses(address.host());
        requireClosed();
        var before = store.find(project);
        before.ifPresent(this::requireSame);
        return alone.apply(() -> before.isPresent() ? again(before.get(), progress) : anew(progress));
    }

    private Reach reach() {
        return new Reach(ports.lookup(), order.isOwner());
    }

    private void requireAnswers(Connection fresh) {
        if (order.afterChecks() && (fresh.home().kind() == Kind.GIT || token().isEmpty())) {
            throw Problem.user("connect.checks", "there is nobody who tells of checks at " + address.shown())
                    .hint("--after-checks needs a token of GitHub, GitLab or Gitea (--with-token)")
                    .exception();
        }
    }

    /// A token that travels in the open is everybody's.
    private void requireClosed() {
        if (address.isSsh() && !order.token().isEmpty()) {
            throw Problem.user("connect.token", "ssh takes no token")
                    .hint("name the address with https://")
                    .exception();
        }
        if (address.isOpen() && !order.token().isEmpty() && !reach().staysHere(address.host())) {
            throw Problem.user("connect.unencrypted", "the token would go to " + address.host() + " unencrypted")
                    .hint("name the address with https://")
                    .exception();
        }
    }

    private void requireSame(Connection before) {
        if (!before.address().repository().equals(address.repository())
                || !before.address().host().equals(address.host())) {
            throw Problem.user(
                            "connection.exists",
                            "'" + project + "' is connected to " + before.home().shown() + " already")
                    .hint("give this one another name with --name, or end that: johwa connect remove " + project)
                    .exception();
        }
    }

    private Connected anew(Progress progress) {
        var fresh = connection(Optional.empty());
        requireAnswers(fresh);
        progress.say("Fetches " + address.shown());
        boolean isNew = !ports.repositories().exists(project);
        store.put(fresh);
        keepLogin();
        try {
            if (!isNew) {
                requireNothingLost(fresh);
            }
            ports.mirror().open(project, address.url());
            return looked(store.find(project).orElseThrow(), progress);
        } catch (ProblemException e) {
            watch.drop(project);
            throw e;
        }
    }

    private Connected again(Connection before, Progress progress) {
        progress.say("Is connected already; looks at " + address.shown());
        var fresh = connection(Optional.of(before));
        requireAnswers(fresh);
        keepLogin();
        store.put(fresh);
        ports.mirror().open(project, address.url());
        return looked(store.find(project).orElseThrow(), progress);
    }

    private Connection connection(Optional<Connection> before) {
        var now = ports.clock().now();
        var found = watch.hosts().find(address, token(), order.isOwner());
        var key = before.map(each -> each.home().publicKey()).orElse("");
        // Who asks for a key once more trusts the key that the host shows now.
        var keys = order.wantsKey()
                ? ""
                : before.map(each -> each.home().hostKeys()).orElse("");
        var login = order.wantsKey() ? Login.KEY : token().isEmpty() ? login(before) : Login.TOKEN;
        return new Connection(
                project,
                new Home(address.url(), found.kind(), found.api(), login, key, keys),
                new Wish(
                        order.isOwner()
                                || before.filter(each -> each.wish().byOwner()).isPresent(),
                        order.afterChecks(),
                        before.map(each -> each.wish().hook()).orElse(""),
                        order.hook().isEmpty()
                                ? before.map(each -> each.wish().hookAt()).orElse("")
                                : order.hook()),
                before.map(Connection::standing)
                        .orElseGet(() -> new Standing(State.NEW, "", "", now, Optional.empty(), 0, "")),
                before.map(Connection::times)
                        .orElseGet(() -> new Times(Optional.empty(), Optional.empty(), Optional.empty(), now)),
                order.by());
    }

    private static Login login(Optional<Connection> before) {
        return before.map(each -> each.home().login()).orElse(Login.NONE);
    }

    private String token() {
        return order.token().isEmpty() ? credentials.token(project) : order.token();
    }

    private void keepLogin() {
        if (!order.token().isEmpty()) {
            credentials.keepToken(project, order.token());
        }
        if (order.wantsKey() && credentials.key(project).isEmpty()) {
            var key = DeployKey.fresh("johwa-" + project);
            credentials.keepKey(project, key);
            store.put(withKey(store.find(project).orElseThrow(), key.open()));
        }
    }

    private static Connection withKey(Connection known, String open) {
        var home = known.home();
        return new Connection(
                known.project(),
                new Home(home.url(), home.kind(), home.api(), Login.KEY, open, home.hostKeys()),
                known.wish(),
                known.standing(),
                known.times(),
                known.by());
    }

    /// A project that was pushed to before may hold what its new home does not.
    private void requireNothingLost(Connection fresh) {
        List<String> lost;
        try {
            lost = watch.lost(fresh);
        } catch (HostFailed e) {
            throw told(e, fresh);
        }
        if (!lost.isEmpty()) {
            throw Problem.user(
                            "project.conflict",
                            "'" + project + "' is here already, with commits that " + address.shown()
                                    + " does not have, on: " + String.join(", ", lost))
                    .hint("push them there first, or connect under another name with --name")
                    .exception();
        }
    }

    private Connected looked(Connection connection, Progress progress) {
        var outcome = watch.look(connection, new Who(order.by(), progress));
        var after = store.find(project).orElseThrow();
        var failed = outcome.failed();
        boolean waitsForKey = after.home().login() == Login.KEY
                && failed.filter(e -> e.reason() == Reason.REFUSED || e.reason() == Reason.MISSING)
                        .isPresent();
        if (failed.isPresent() && !waitsForKey) {
            throw told(failed.get(), after);
        }
        var believed = Access.fingerprint(address, after.home().hostKeys());
        if (order.wantsKey() && !believed.isEmpty()) {
            progress.say(address.host() + " shows the host key " + believed + ", which is trusted from now on");
        }
        var hook = failed.isPresent() ? Optional.<Hook>empty() : hook(after, progress);
        return new Connected(store.find(project).orElseThrow(), hook);
    }

    private ProblemException told(HostFailed failed, Connection after) {
        var why = after.home().shown() + ": " + failed.getMessage();
        return switch (failed.reason()) {
            case LIMITED, OUT, WRONG, MOVED, STRANGE ->
                Problem.external("connect.host", why)
                        .hint("try again when it answers; nothing was connected")
                        .exception();
            case REFUSED, FORBIDDEN ->
                Problem.user("connect.login", why).hint(login()).exception();
            case MISSING ->
                Problem.user(
                                "connect.repository",
                                "there is no repository " + after.home().shown() + ", or none that we may see ("
                                        + failed.getMessage() + ")")
                        .hint("look at the address (some hosts want .git at its end); " + login())
                        .exception();
        };
    }

    private String login() {
        return order.token().isEmpty()
                ? "a private one wants a token (--with-token) or a deploy key (--deploy-key)"
                : "the token must be permitted to read its contents";
    }

    /// Of what the host tells, beside what moves.
    static Set<String> events(Connection connection) {
        return connection.wish().afterChecks() ? Set.of("check_run", "status") : Set.of();
    }

    static String url(Connection connection) {
        return connection.wish().hookAt() + "/api/v1/hooks/" + connection.project();
    }

    /// The host sends webhooks by itself from now on, or a person is told how it does, or there is nothing to send to.
    private Optional<Hook> hook(Connection connection, Progress progress) {
        if (connection.wish().hookAt().isEmpty()) {
            progress.say("Looks there each minute: no webhook can arrive at this server (name an address that "
                    + address.host() + " reaches with --webhook URL)");
            return Optional.empty();
        }
        var hook = new Hook(url(connection), credentials.hook(project));
        try {
            var api = watch.api(connection);
            if (api.isEmpty() || credentials.token(project).isEmpty()) {
                return Optional.of(hook);
            }
            var id = api.get().makeHook(hook.url(), hook.secret(), events(connection));
            var wish = connection.wish();
            store.put(new Connection(
                    project,
                    connection.home(),
                    new Wish(wish.byOwner(), wish.afterChecks(), id, wish.hookAt()),
                    connection.standing(),
                    connection.times(),
                    connection.by()));
            progress.say("A webhook tells of pushes");
            return Optional.empty();
        } catch (HostFailed e) {
            progress.say("The webhook could not be made there (" + e.getMessage() + "); until it is, looks there each"
                    + " minute");
            return Optional.of(hook);
        }
    }
}
