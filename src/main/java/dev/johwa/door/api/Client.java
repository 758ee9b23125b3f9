package dev.johwa.door.api;

import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Talks to a server's API, one method a verb. Whatever the server refuses is thrown as the problem it told.
public final class Client {
    private static final String V1 = "/api/v1/";

    private final Wire wire;

    /// @param server its address, `http://HOST:PORT`, perhaps with a path
    public Client(HttpCalls calls, URI server, Optional<String> token) {
        this.wire = new Wire(calls, server, token);
    }

    /// Whether a server answers there, and its health.
    public boolean isAlive() {
        wire.get("/healthz", Map.of(), Object.class);
        return true;
    }

    public AppList status(Optional<String> project) {
        return wire.get(V1 + "apps", query("project", project), AppList.class);
    }

    /// @param now whether what it leaves goes at once, not after a week
    public Deployed deleteApp(AppName name, boolean now, Consumer<Event> told) {
        return follow(wire.delete(app(name, now ? "?now=true" : ""), Operation.class), told, Deployed.class);
    }

    public ReleaseList releases(AppName name, String environment, int limit, Optional<String> after) {
        var query = new LinkedHashMap<>(query("after", after));
        query.put("environment", environment);
        query.put("limit", Integer.toString(limit));
        return wire.get(app(name, "/releases"), query, ReleaseList.class);
    }

    public Deployed rollback(AppName name, Orders.Rollback order, Consumer<Event> told) {
        return longWork(app(name, "/rollback"), order, told);
    }

    public Deployed deploy(AppName name, Orders.Deploy order, Consumer<Event> told) {
        return longWork(app(name, "/deploy"), order, told);
    }

    public Deployed scale(AppName name, Orders.Scale order, Consumer<Event> told) {
        return longWork(app(name, "/scale"), order, told);
    }

    /// Takes a canary on.
    public Deployed promote(AppName name, Orders.Promote order, Consumer<Event> told) {
        return longWork(app(name, "/promote"), order, told);
    }

    /// Starts the instances of what is live again, one after the other.
    public Deployed restart(AppName name, Orders.Restart order, Consumer<Event> told) {
        return longWork(app(name, "/restart"), order, told);
    }

    /// Starts an app that sleeps.
    public Deployed wake(AppName name, Orders.Wake order, Consumer<Event> told) {
        return longWork(app(name, "/wake"), order, told);
    }

    public AppClosure pause(AppName name, AppClosure.Pause order) {
        return wire.post(app(name, "/pause"), Map.of(), order, AppClosure.class);
    }

    public AppClosure resume(AppName name, AppClosure.Resume order) {
        return wire.post(app(name, "/resume"), Map.of(), order, AppClosure.class);
    }

    /// Whether people are answered as usual.
    public AppClosure maintenance(AppName name, String environment) {
        return wire.get(app(name, "/maintenance"), Map.of("environment", environment), AppClosure.class);
    }

    public AppClosure maintain(AppName name, AppClosure.Maintenance order) {
        return wire.post(app(name, "/maintenance"), Map.of(), order, AppClosure.class);
    }

    /// Ends long work that can be ended; nothing happens when it is over.
    public void cancel(Operation work) {
        wire.delete(V1 + "operations/" + work.id(), Operation.class);
    }

    /// Commands with hands at them.
    public AttachCalls attached() {
        return new AttachCalls(wire, this);
    }

    /// Artifacts of releases.
    public ArtifactCalls artifacts() {
        return new ArtifactCalls(wire);
    }

    /// Jobs of the schedule.
    public JobCalls jobs() {
        return new JobCalls(wire, this);
    }

    /// What is wrong, by its cause.
    public IncidentCalls incidents() {
        return new IncidentCalls(wire);
    }

    /// Faults on purpose.
    public ChaosCalls chaos() {
        return new ChaosCalls(wire, this);
    }

    /// Issues of projects.
    public IssueCalls issues() {
        return new IssueCalls(wire);
    }

    private Deployed longWork(String path, Object order, Consumer<Event> told) {
        return follow(wire.post(path, Map.of(), order, Operation.class), told, Deployed.class);
    }

    /// Reads what long work tells until it is over; goes on where it was when the connection breaks.
    <T> T follow(Operation operation, Consumer<Event> told, Class<T> result) {
        var last = wire.events(operation.events(), Event.class, Event::isLast, told);
        if (last.event().equals("failed")) {
            throw new ProblemException(last.problems().orElse(List.of()).stream()
                    .map(WireProblem::problem)
                    .toList());
        }
        return Json.convert(last.result().orElse(Map.of()), result);
    }

    public EnvList envs(AppName name, String environment) {
        return wire.get(app(name, "/envs"), Map.of("environment", environment), EnvList.class);
    }

    /// Changes environment values, and makes a release with them when something is live.
    public Optional<Deployed> changeEnvs(
            AppName name, String environment, EnvList.Change change, Consumer<Event> told) {
        return changed(name, "/envs", environment, change, told);
    }

    public EnvList.Secrets secrets(AppName name, String environment) {
        return wire.get(app(name, "/secrets"), Map.of("environment", environment), EnvList.Secrets.class);
    }

    /// Changes secrets, and makes a release with them when something is live.
    public Optional<Deployed> changeSecrets(
            AppName name, String environment, EnvList.Change change, Consumer<Event> told) {
        return changed(name, "/secrets", environment, change, told);
    }

    private Optional<Deployed> changed(
            AppName name, String what, String environment, Object change, Consumer<Event> told) {
        var operation = wire.post(app(name, what), Map.of("environment", environment), change, Operation.class);
        return released(operation, told);
    }

    Optional<Deployed> released(Operation operation, Consumer<Event> told) {
        return Optional.of(follow(operation, told, Deployed.class)).filter(deployed -> deployed.release() > 0);
    }

    public LogList logs(AppName name, LogQuery query) {
        return wire.get(app(name, "/logs"), query.parameters(), LogList.class);
    }

    /// What the platform itself warned of.
    public LogList platformLogs(LogQuery query) {
        return wire.get(V1 + "logs", query.parameters(), LogList.class);
    }

    /// Tells lines as they come, from now on, until told to stop by an exception or the server ends.
    public void followLogs(AppName name, LogQuery query, Consumer<LogList.Line> told) {
        wire.events(
                app(name, "/logs/events") + Wire.queryText(query.parameters()),
                LogList.Line.class,
                line -> false,
                told);
    }

    /// The same of all apps of a project, or of all that one may see.
    public void followLogs(Optional<String> project, LogQuery query, Consumer<LogList.Line> told) {
        var all = new LinkedHashMap<>(query("project", project));
        all.putAll(query.parameters());
        wire.events(V1 + "logs/events" + Wire.queryText(all), LogList.Line.class, line -> false, told);
    }

    public ImageList images(String project) {
        return wire.get(V1 + "images/" + Wire.encoded(project), Map.of(), ImageList.class);
    }

    /// Images of the registry, pushed and removed.
    public ImageCalls registry() {
        return new ImageCalls(wire);
    }

    public MirrorList mirrors() {
        return wire.get(V1 + "mirrors", Map.of(), MirrorList.class);
    }

    public MirrorList.Item addMirror(MirrorList.Item item) {
        return wire.post(V1 + "mirrors", Map.of(), item, MirrorList.Item.class);
    }

    public void removeMirror(String name) {
        wire.delete(V1 + "mirrors/" + Wire.encoded(name), Void.class);
    }

    public RunList runs(Optional<String> project, int limit) {
        var query = new LinkedHashMap<>(query("project", project));
        query.put("limit", Integer.toString(limit));
        return wire.get(V1 + "runs", query, RunList.class);
    }

    public RunList.Item run(String project, int number) {
        return wire.get(run(project, number, ""), Map.of(), RunList.Item.class);
    }

    /// @param slowest so many of those that took longest, or all
    public TestList tests(String project, int number, boolean failed, OptionalInt slowest) {
        var query = new LinkedHashMap<String, String>();
        if (failed) {
            query.put("failed", "true");
        }
        slowest.ifPresent(most -> query.put("slowest", Integer.toString(most)));
        return wire.get(run(project, number, "/tests"), query, TestList.class);
    }

    public RunLog runLog(String project, int number) {
        return wire.get(run(project, number, "/log"), Map.of(), RunLog.class);
    }

    /// Tells the lines of a run from the first on; returns when it is over.
    public Event watch(String project, int number, Consumer<Event> told) {
        return wire.events(run(project, number, "/events"), Event.class, Event::isLast, told);
    }

    public RunList.Item rerun(String project, int number) {
        return wire.post(run(project, number, "/rerun"), Map.of(), Map.of(), RunList.Item.class);
    }

    public RunList.Item cancel(String project, int number) {
        return wire.post(run(project, number, "/cancel"), Map.of(), Map.of(), RunList.Item.class);
    }

    /// The figures as the server tells them.
    public Map<?, ?> dora(Optional<String> name, String since) {
        var query = new LinkedHashMap<>(query("name", name));
        query.put("since", since);
        return wire.get(V1 + "dora", query, Map.class);
    }

    public Protection protection(String project) {
        return wire.get(protectionOf(project), Map.of(), Protection.class);
    }

    public Protection protect(String project, Protection.Change change) {
        return wire.post(protectionOf(project), Map.of(), change, Protection.class);
    }

    private static String protectionOf(String project) {
        return V1 + "projects/" + Wire.encoded(project) + "/protection";
    }

    /// Frees what nobody needs.
    public Collected gc() {
        var collecting = wire.post(V1 + "gc", Map.of(), Map.of(), Operation.class);
        return follow(collecting, told -> {}, Collected.class);
    }

    /// Looks through all that the server keeps.
    public Examination examine(Consumer<Event> told) {
        var looking = wire.post(V1 + "doctor", Map.of(), Map.of(), Operation.class);
        return follow(looking, told, Examination.class);
    }

    public BackupList.Item backup(BackupList.Order order, Consumer<Event> told) {
        var copying = wire.post(V1 + "backups", Map.of(), order, Operation.class);
        return follow(copying, told, BackupList.Item.class);
    }

    /// @param where the server's own place when absent
    public BackupList backups(Optional<String> where) {
        return wire.get(V1 + "backups", query("where", where), BackupList.class);
    }

    public BackupList.Item verifyBackup(BackupList.Check check, Consumer<Event> told) {
        var reading = wire.post(V1 + "backups/verify", Map.of(), check, Operation.class);
        return follow(reading, told, BackupList.Item.class);
    }

    /// Databases and folders that outlive releases.
    public DataCalls data() {
        return new DataCalls(wire, this);
    }

    public DomainList domains() {
        return wire.get(V1 + "domains", Map.of(), DomainList.class);
    }

    public DomainList.Item addDomain(DomainList.Order order) {
        return wire.post(V1 + "domains", Map.of(), order, DomainList.Item.class);
    }

    public void removeDomain(String name) {
        wire.delete(V1 + "domains/" + Wire.encoded(name), Void.class);
    }

    /// Of projects whose home is elsewhere.
    public ConnectionCalls connections() {
        return new ConnectionCalls(wire, this);
    }

    /// What is known of how apps do.
    public FigureCalls figures() {
        return new FigureCalls(wire);
    }

    /// Who is told when something goes wrong.
    public ReceiverCalls receivers() {
        return new ReceiverCalls(wire, this);
    }

    public TokenList tokens() {
        return wire.get(V1 + "tokens", Map.of(), TokenList.class);
    }

    public String createToken(TokenList.Order order) {
        return wire.post(V1 + "tokens", Map.of(), order, TokenList.Made.class).token();
    }

    public void revokeToken(String id) {
        wire.delete(V1 + "tokens/" + Wire.encoded(id), Void.class);
    }

    public LinkList links(AppName name, String environment) {
        return wire.get(app(name, "/links"), Map.of("environment", environment), LinkList.class);
    }

    /// The way into the pages for one browser.
    public Admission admit() {
        return wire.post("/api/v1/admissions", Map.of(), Map.of(), Admission.class);
    }

    public LinkList.Made share(AppName name, LinkList.Order order) {
        return wire.post(app(name, "/links"), Map.of(), order, LinkList.Made.class);
    }

    public void withdrawLink(AppName name, String environment, String id) {
        var query = Wire.queryText(Map.of("environment", environment));
        wire.delete(app(name, "/links/") + Wire.encoded(id) + query, Void.class);
    }

    /// People and their ways in.
    public PeopleCalls people() {
        return new PeopleCalls(wire);
    }

    static String app(AppName name, String rest) {
        return V1 + "apps/" + Wire.encoded(name.project()) + "/" + Wire.encoded(name.app()) + rest;
    }

    private static String run(String project, int number, String rest) {
        return V1 + "runs/" + Wire.encoded(project) + "/" + number + rest;
    }

    static Map<String, String> query(String name, Optional<String> value) {
        return value.map(text -> Map.of(name, text)).orElse(Map.of());
    }
}
