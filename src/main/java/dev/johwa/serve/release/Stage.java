package dev.johwa.serve.release;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.InstanceStore.Kept;
import dev.johwa.serve.router.Trouble;
import dev.johwa.serve.target.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Where an experiment plays: the instances of one release, the way to them through the edge, and what may be done to
/// both. Safe for use by many threads.
public final class Stage {
    private static final String EDGE_URL = "EDGE_URL";
    private static final String APP_URL = "APP_URL";

    private final Ports ports;
    private final Fleet fleet;
    private final Release release;
    private final Supplier<List<Kept>> instances;
    private final Door door;
    private final long secretsVersion;
    private final Set<String> killed = ConcurrentHashMap.newKeySet();

    /// The way through the edge.
    ///
    /// @param host under which the release answers there
    /// @param wrong lets things go wrong there; none: nothing does
    /// @param isOfUsers whether they come by it
    record Door(String host, Consumer<List<Trouble>> wrong, boolean isOfUsers) {}

    /// Who plays.
    ///
    /// @param instances those of now: one that was killed is another when it was started again
    /// @param secretsVersion which secrets commands get
    record Cast(Release release, Supplier<List<Kept>> instances, long secretsVersion) {}

    Stage(Ports ports, Fleet fleet, Cast cast, Door door) {
        this.ports = ports;
        this.fleet = fleet;
        this.release = cast.release();
        this.instances = cast.instances();
        this.door = door;
        this.secretsVersion = cast.secretsVersion();
    }

    public AppEnvironment where() {
        return release.where();
    }

    public Release release() {
        return release;
    }

    /// Those that answer requests, or all where none does.
    public List<Instance> instances() {
        var all = instances.get();
        var web = all.stream().filter(Kept::isWeb).map(Kept::instance).toList();
        return web.isEmpty() ? all.stream().map(Kept::instance).toList() : web;
    }

    /// `host:port` of an instance that answers requests; empty where none does.
    public Optional<String> address() {
        return instances.get().stream()
                .filter(kept -> kept.isWeb() && !kept.address().isEmpty())
                .map(Kept::address)
                .findFirst();
    }

    /// The name under which it answers through the edge.
    public String host() {
        return door.host();
    }

    /// `host:port` of the edge.
    public String edge() {
        return ports.edge().address();
    }

    /// The same through TLS; empty where it has none.
    public String secureEdge() {
        return ports.edge().tlsAddress();
    }

    /// What goes wrong at the edge from now on; none: nothing does.
    public void trouble(List<Trouble> all) {
        door.wrong().accept(all);
    }

    /// Whether its release serves users, who are counted.
    public boolean serves() {
        return door.isOfUsers();
    }

    public void kill(Instance instance) {
        ports.target().kill(instance);
        killed.add(instance.id());
    }

    /// Ids of those that were killed here.
    Set<String> killed() {
        return Set.copyOf(killed);
    }

    public void suspend(Instance instance, Duration atMost) {
        ports.target().suspend(instance, atMost);
    }

    public void resume(Instance instance) {
        ports.target().resume(instance);
    }

    /// Starts a command within an instance, which ends by itself when nobody holds its input any more.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the instance has ended
    public Attached enter(Instance instance, List<String> command) {
        var kept = instances.get().stream()
                .filter(each -> each.instance().id().equals(instance.id()))
                .findFirst()
                .orElseThrow(() -> Problem.user("instance.unknown", "the instance " + instance.id() + " has ended")
                        .exception());
        var step = new Fleet.Step(instance.process(), command, Map.of(), kept.secretsVersion());
        return fleet.enter(release, kept, step, Optional.empty());
    }

    /// Ends the connections of the app to a database, and lets none in for so long, or until what is returned has
    /// ended.
    ///
    /// @param variable under which the app finds its address
    /// @throws dev.johwa.lib.problem.ProblemException when it has no such database, or that cannot be cut
    public Attached cut(String variable, Duration time) {
        var data = ports.data();
        return data.cut(data.require(Databases.owner(where()), variable), time);
    }

    /// The first folder of data of the app: its path below the app, as instances see it, and where it lies.
    public Optional<Map.Entry<String, Path>> data() {
        var where = release.where();
        return release.settings().data().stream()
                .filter(name -> name.endsWith("/"))
                .flatMap(name -> ports.target().data(where.name(), where.environment(), name).stream()
                        .map(path -> Map.entry(name, path)))
                .findFirst();
    }

    /// Environment values that an experiment may name: those of the app that are no secrets, and of the platform.
    public Map<String, String> values() {
        var values = new HashMap<>(release.settings().values());
        values.put("JOHWA_PROJECT", where().project());
        values.put("JOHWA_APP", where().app());
        values.put("JOHWA_ENVIRONMENT", where().environment());
        values.put("JOHWA_RELEASE", String.valueOf(release.number()));
        values.put("JOHWA_COMMIT", release.commit());
        var port = edge().substring(edge().lastIndexOf(':'));
        values.put(EDGE_URL, "http://" + host() + port);
        address().ifPresent(at -> values.put(APP_URL, "http://" + at));
        return values;
    }

    /// Runs a command with the files, settings and secrets of the release to its end, as its own checks are.
    public Exit run(List<String> command, Duration limit, Output output, Cancel cancel) {
        // Its settings and secrets it has already, and of the same name the secret counts.
        var given = new HashMap<>(values());
        given.keySet().retainAll(Set.of(EDGE_URL, APP_URL));
        return fleet.run(release, new Fleet.Step("verify", command, given, secretsVersion), limit, output, cancel);
    }
}
