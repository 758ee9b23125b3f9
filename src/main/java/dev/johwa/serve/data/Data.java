package dev.johwa.serve.data;

import dev.johwa.build.pipeline.Fixtures;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.data.AppDatabase.State;
import dev.johwa.serve.target.Accounts;
import dev.johwa.source.git.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Databases of apps: made, told to whom they belong, watched, removed. Whatever is begun is written down first, so
/// that the next control plane ends it. Safe for use by many threads.
public final class Data {
    private static final Logger LOG = LoggerFactory.getLogger(Data.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration ASKED = Duration.ofMinutes(1);
    private static final Duration DUE = Duration.ofMinutes(10);
    private static final Duration TO_START = Duration.ofSeconds(20);

    private final DataPorts ports;
    private final DataStore store;
    private final Servers servers;
    private final Dumps dumps;
    private final Passwords passwords;
    private final DataStatuses statuses;
    private final Folders folders;
    private final Addresses addresses;
    private final Clients clients;
    private final Cuts cuts;
    private final Contained contained;
    private final Making making;
    private final Upgrades upgrades;

    public Data(DataPorts ports) {
        this.ports = ports;
        this.store = new DataStore(ports.database());
        var tools = new Tools(ports.processes(), ports.accounts(), ports.clock());
        this.servers = new Servers(tools, ports.folder());
        this.passwords = new Passwords(ports.values());
        this.addresses = new Addresses(servers, passwords);
        this.clients = new Clients(servers, tools, ports.folder().resolve("clients"));
        this.cuts = new Cuts(servers, clients, tools);
        this.statuses = new DataStatuses(servers, ports.clock());
        this.folders = new Folders(ports.database(), ports.clock());
        this.contained = new Contained(store, ports.beside(), ports.clock());
        this.dumps = new Dumps(ports, store, servers, passwords, contained);
        this.upgrades = new Upgrades(ports, store, servers, dumps);
        this.making = new Making(ports, store, servers, passwords, statuses);
    }

    /// What databases held at earlier moments.
    public Dumps dumps() {
        return dumps;
    }

    /// How databases get to other major versions.
    public Upgrades upgrades() {
        return upgrades;
    }

    /// Folders that were added to apps.
    public Folders folders() {
        return folders;
    }

    /// Databases in containers.
    public Contained contained() {
        return contained;
    }

    /// Makes a database for an app. Asked for again, what is not there yet is made, and the rest left as it is.
    ///
    /// @param variable under which the app finds its address
    /// @throws ProblemException when it cannot be made; then what is written of it is made later
    public AppDatabase add(Owner owner, Kind kind, String variable, Progress progress) {
        return making.add(owner, kind, variable, Optional.empty(), progress);
    }

    /// As [#add], on a server of that major version.
    ///
    /// @throws ProblemException also when the machine has none, or the database is there with another one
    public AppDatabase add(Owner owner, Kind kind, String variable, Optional<String> version, Progress progress) {
        return making.add(owner, kind, variable, version, progress);
    }

    /// Takes the address of a database elsewhere.
    ///
    /// @throws ProblemException when it is none, or nothing answers there
    public AppDatabase give(Owner owner, Kind kind, String variable, String address) {
        return making.give(owner, kind, variable, address);
    }

    /// The addresses of what an app has, by the names under which it finds them.
    public Map<String, String> addresses(Owner owner) {
        return addresses.of(store.of(owner), Addresses.LOOPBACK);
    }

    /// The same for an app that finds this machine by a name.
    public Map<String, String> addresses(Owner owner, String machine) {
        return addresses.of(store.of(owner), machine);
    }

    /// The ports of this machine at which the databases of an app answer.
    public List<Integer> ports(Owner owner) {
        return addresses.ports(store.of(owner));
    }

    /// Where it answers, with its password.
    public String address(AppDatabase database) {
        return addresses.of(database);
    }

    /// Opens the client of a database for a person, as the app's own role.
    ///
    /// @param arguments further words for the client
    /// @param terminal pipes when there is none
    /// @param kind of the terminal, as `TERM` names it
    /// @throws ProblemException when the machine has no such client
    public Attached open(AppDatabase database, List<String> arguments, Optional<TerminalSize> terminal, String kind) {
        return database.isContained()
                ? contained.open(database, arguments, terminal, kind)
                : clients.open(database, address(database), arguments, terminal, kind);
    }

    /// Ends the connections of an app to a database and lets none in, for so long, or until what is returned ends or
    /// nobody holds its input.
    ///
    /// @throws ProblemException when the database is not on a server of ours, or that does not do it
    public Attached cut(AppDatabase database, Duration time) {
        return cuts.begin(database, time);
    }

    /// Lets an app in again, whoever kept it out; nothing happens where it has no such database any more.
    public void join(Owner owner, String variable) {
        store.find(owner, variable).ifPresent(cuts::end);
    }

    /// What an app that names this under `data` wants beside what another owner has, by the names of the addresses.
    /// What
    /// is elsewhere, and of a kind that this machine has not, it does not want here.
    public Map<String, Kind> wanted(Owner other, List<String> words) {
        var wanted = new LinkedHashMap<String, Kind>();
        words.stream().flatMap(word -> Kind.of(word).stream()).forEach(kind -> wanted.put(kind.variable(), kind));
        store.of(other).stream()
                .filter(each -> each.isServed() || each.isElsewhere() && servers.isInstalled(each.kind()))
                .forEach(each -> wanted.put(each.variable(), each.kind()));
        return wanted;
    }

    /// The databases of an app.
    public List<AppDatabase> of(Owner owner) {
        return store.of(owner);
    }

    /// The client of that database of an app which takes SQL.
    public Optional<Fixtures.Client> client(Owner owner) {
        return store.of(owner).stream()
                .filter(each -> each.isServed() && each.isServing())
                .flatMap(each -> {
                    var server = servers.of(each.server());
                    return server.engine().client(server.site(), each.name(), passwords.of(each)).stream();
                })
                .findFirst();
    }

    /// Runs statements in that database of an app which takes SQL; nothing where it has none.
    public void fill(Owner owner, String statements) {
        store.of(owner).stream()
                .filter(each -> each.isServed() && each.isServing() && each.kind() != Kind.REDIS)
                .findFirst()
                .ifPresent(each -> clients.fill(each, address(each), statements));
    }

    /// Notes that the databases of an app have got what is in `fixtures/`.
    public void markFilled(Owner owner) {
        store.of(owner).forEach(store::markFilled);
    }

    /// How databases are.
    public List<DataStatus> list(Predicate<AppDatabase> wanted) {
        return statuses.now(store.list().stream().filter(wanted).toList());
    }

    /// How all were some seconds ago: who looks often need not ask the servers each time.
    public List<DataStatus> lately() {
        return statuses.lately(store.list());
    }

    /// How all are, with what is known: no server is asked.
    public List<DataStatus> known() {
        return statuses.known(store.list());
    }

    /// A database that an app has.
    ///
    /// @throws ProblemException when it has none of that name
    public AppDatabase require(Owner owner, String variable) {
        return store.find(owner, variable).orElseThrow(() -> {
            var there = store.of(owner).stream().map(AppDatabase::variable).collect(Collectors.joining(", "));
            return Problem.user("data.unknown", owner + " has no database " + variable)
                    .hint(
                            there.isEmpty()
                                    ? "`johwa data add " + owner.name() + " postgres` makes one"
                                    : "it has " + there)
                    .exception();
        });
    }

    /// Removes a database and all that is in it; its dumps stay.
    public void remove(AppDatabase database) {
        store.mark(database, State.REMOVING);
        if (database.isServed()) {
            servers.of(database.server()).drop(database.name());
            upgrades.forget(database);
        }
        passwords.remove(database);
        store.forget(database);
    }

    /// Removes all that an app has in one environment, its dumps too.
    public void discard(Owner owner) {
        store.of(owner).forEach(this::removeNowOrLater);
        folders.of(owner).forEach(folders::forget);
    }

    /// Removes all that an app has.
    public void discard(String project, String app) {
        store.list().stream()
                .filter(each -> each.owner().project().equals(project)
                        && each.owner().app().equals(app))
                .forEach(this::removeNowOrLater);
        folders.list().stream()
                .filter(each -> each.owner().project().equals(project)
                        && each.owner().app().equals(app))
                .forEach(folders::forget);
    }

    private void removeNowOrLater(AppDatabase database) {
        try {
            remove(database);
        } catch (ProblemException e) {
            LOG.warn(
                    "database={} of {} goes later: {}",
                    database.name(),
                    database.owner(),
                    e.problem().text());
        }
    }

    /// Starts the servers that hold data and do not run, and ends what was begun. Called once, before apps start.
    public void recover() {
        clients.recover();
        dumps.recover();
        var _ = bringBack();
        var starts = used().stream()
                .map(server -> ports.tasks().run("start a server", server::watch))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(starts).get(TO_START.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("a server of databases does not answer after {} s; apps start without it", TO_START.toSeconds());
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        store.list().stream().filter(each -> LentDatabases.isLent(each.owner())).forEach(this::removeNowOrLater);
        store.list().stream().filter(each -> each.state() == State.RESTORING).forEach(this::tidy);
        settle();
    }

    /// Makes from their dumps what came from a backup, before anything else begins to work in the folder.
    ///
    /// @return why some are not back; they are tried again later
    public List<Problem> bringBack() {
        return fromBackup().bringBackWhereNoted(ports.folder(), upgrades::clear);
    }

    /// The same of those in containers, which must have been started for it; waits until they answer.
    public void bringBackContained() {
        fromBackup().bringBackContained(ports.folder(), contained);
    }

    private FromBackup fromBackup() {
        return new FromBackup(store, servers, dumps, passwords);
    }

    /// Notes in a folder that came from a backup that its databases are to be made from their dumps.
    public static void comesFromBackup(Path folder) {
        FromBackup.mark(folder, "");
    }

    /// What was begun is ended; what cannot be is tried again later.
    private void settle() {
        upgrades.settle();
        store.list().stream().filter(each -> LentDatabases.isLent(each.owner())).forEach(this::removeNowOrLater);
        for (var database : store.list()) {
            try {
                switch (database.state()) {
                    case MAKING -> making.make(database, line -> {});
                    case REMOVING -> remove(database);
                    case RESTORING, READY -> {}
                }
            } catch (ProblemException e) {
                LOG.warn(
                        "database={} of {}: {}",
                        database.name(),
                        database.owner(),
                        e.problem().text());
            }
        }
    }

    private void tidy(AppDatabase database) {
        try {
            if (database.isContained()) {
                contained.tidy(database);
            } else {
                servers.of(database.server()).tidy(passwords.role(database));
            }
            store.mark(database, State.READY);
        } catch (ProblemException e) {
            LOG.warn("database={} of {}: {}", database.name(), database.owner(), e.getMessage());
        }
    }

    private List<DataServer> used() {
        return store.list().stream()
                .filter(each -> each.state() != State.MAKING && each.isServed())
                .map(AppDatabase::server)
                .distinct()
                .map(servers::of)
                .toList();
    }

    /// Watches the servers from now on.
    public void supervise() {
        Runnable asking = () -> statuses.refresh(store.list());
        var _ = ports.tasks().run("how databases are", asking);
        ports.tasks().every(ASKED, "how databases are", asking);
        ports.tasks().every(LOOK, "databases", () -> used().forEach(DataServer::watch));
        ports.tasks().every(DUE, "dumps", dumps::keep);
        ports.tasks().every(DUE, "unfinished databases", this::settle);
    }

    /// The packages that bring the programs of all servers of a folder.
    public static List<String> packages(Processes processes, Accounts accounts, Clock clock, Path folder) {
        return new Servers(new Tools(processes, accounts, clock), folder)
                .found().stream().map(DataServer::packageName).distinct().toList();
    }

    /// Ends all servers of a folder, each so that nothing is lost.
    public static void end(Processes processes, Accounts accounts, Clock clock, Path folder) {
        try (var tasks = new Tasks()) {
            var ends = new Servers(new Tools(processes, accounts, clock), folder)
                    .found().stream()
                            .map(server -> tasks.run("end a server", server::stop))
                            .toList();
            ends.forEach(end -> end.join());
        }
    }
}
