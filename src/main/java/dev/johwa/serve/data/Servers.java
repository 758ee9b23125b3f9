package dev.johwa.serve.data;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The servers of this machine: one for each kind and major version. Safe for use by many threads.
final class Servers {
    /// Where people put or link programs that no package of the machine brings: `postgres/17/bin`.
    private static final String GIVEN = "programs";

    private final Tools tools;
    private final Path folder;
    private final List<Engine> engines;
    private final Map<String, DataServer> known = new ConcurrentHashMap<>();

    Servers(Tools tools, Path folder) {
        this.tools = tools;
        this.folder = folder;
        this.engines = List.of(new Postgres(tools, folder.resolve(GIVEN)), new MariaDb(tools), new Redis(tools));
    }

    /// @param name kind and version, `postgres-15`; of one that has a single database that too, `redis-7-shop_1`
    DataServer of(String name) {
        return known.computeIfAbsent(name, each -> new DataServer(tools, engine(each), each, folder.resolve(each)));
    }

    private Engine engine(String name) {
        return engine(Kind.require(name.substring(0, name.indexOf('-'))));
    }

    private Engine engine(Kind kind) {
        return engines.stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
    }

    /// Whether this machine has programs of that kind.
    boolean isInstalled(Kind kind) {
        return !engine(kind).installed().isEmpty();
    }

    /// The folder of the newest programs of that kind.
    Optional<Path> programs(Kind kind) {
        return engine(kind).installed().values().stream().findFirst();
    }

    /// The server that a new database gets.
    ///
    /// @param wanted a major version; the newest on this machine when empty
    /// @throws dev.johwa.lib.problem.ProblemException when the machine has none, or not that one
    String forNew(Kind kind, String database, Optional<String> wanted) {
        var engine = engine(kind);
        wanted.ifPresent(version -> requireInstalled(engine, version));
        return wanted.or(() -> engine.installed().keySet().stream().findFirst())
                .map(version -> kind.word() + "-" + version + (engine.isShared() ? "" : "-" + database))
                .orElseThrow(() -> Problem.resource("data.programs", "there is no " + kind.word() + " on this machine")
                        .hint("`apt-get install " + engine.packageName(Optional.empty()) + "` on the server brings it")
                        .exception());
    }

    private static void requireInstalled(Engine engine, String version) {
        var there = engine.installed().keySet();
        if (!there.contains(version)) {
            var word = engine.kind().word();
            throw Problem.user("data.version", "there is no " + word + " " + version + " on this machine")
                    .hint((there.isEmpty() ? "there is none" : "there is " + word + " " + String.join(", ", there))
                            + "; `apt-get install " + engine.packageName(Optional.of(version)) + "` may bring it")
                    .exception();
        }
    }

    /// The newest major version here, when it is newer than that of a server whose databases could go there.
    Optional<String> newer(DataServer server) {
        if (!server.engine().isMovable()) {
            return Optional.empty();
        }
        return server.engine().installed().keySet().stream()
                .findFirst()
                .filter(newest -> isNewer(newest, server.version()));
    }

    /// The server that a database from another machine gets, where this one lacks the programs of its version and has
    /// those of a newer one.
    Optional<String> newerWhereMissing(AppDatabase database) {
        var server = of(database.server());
        var engine = server.engine();
        return engine.programs(server.version()).isPresent()
                ? Optional.empty()
                : engine.installed().keySet().stream()
                        .findFirst()
                        .filter(newest -> isNewer(newest, server.version()))
                        .map(newest -> forNew(database.kind(), database.name(), Optional.of(newest)));
    }

    private static boolean isNewer(String one, String other) {
        return Arrays.compare(parts(one), parts(other)) > 0;
    }

    private static int[] parts(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    /// To which major version the databases of a server go.
    ///
    /// @param wanted the newest on this machine when empty
    /// @throws dev.johwa.lib.problem.ProblemException when there is no such version here, or it is none to go to
    String goal(DataServer server, Optional<String> wanted) {
        var engine = server.engine();
        var _ = engine.movable();
        wanted.ifPresent(version -> requireInstalled(engine, version));
        var goal = wanted.or(() -> newer(server)).orElse(server.version());
        if (isNewer(goal, server.version())) {
            return goal;
        }
        var word = engine.kind().word();
        var is = word + " " + server.version();
        throw Problem.user(
                        "data.version",
                        goal.equals(server.version())
                                ? wanted.isPresent()
                                        ? "it is on " + is + " already"
                                        : is + " is the newest on this machine"
                                : "it is on " + is + ", and data does not go back to " + goal)
                .hint("`apt-get install " + engine.packageName(Optional.of("N")) + "` brings version N")
                .exception();
    }

    /// Those that were ever made here.
    List<DataServer> found() {
        return Trees.children(folder).stream()
                .map(each -> each.getFileName().toString())
                .filter(name -> name.matches("[a-z]+-\\d[\\d.]*(-[a-z0-9_]+)?"))
                .map(this::of)
                .toList();
    }
}
