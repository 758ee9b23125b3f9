package dev.johwa.serve.data;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The servers of this machine: one for each kind and major version. Safe for use by many threads.
final class Servers {
    private final Tools tools;
    private final Path folder;
    private final List<Engine> engines;
    private final Map<String, DataServer> known = new ConcurrentHashMap<>();

    Servers(Tools tools, Path folder) {
        this.tools = tools;
        this.folder = folder;
        this.engines = List.of(new Postgres(tools), new MariaDb(tools), new Redis(tools));
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
    /// @throws dev.johwa.lib.problem.ProblemException when the machine has none
    String forNew(Kind kind, String database) {
        var engine = engine(kind);
        return engine.installed().keySet().stream()
                .findFirst()
                .map(version -> kind.word() + "-" + version + (engine.isShared() ? "" : "-" + database))
                .orElseThrow(() -> Problem.resource("data.programs", "there is no " + kind.word() + " on this machine")
                        .hint("`apt-get install " + engine.packageName(Optional.empty()) + "` on the server brings it")
                        .exception());
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
