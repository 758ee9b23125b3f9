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
        this.engines = List.of(new Postgres(tools));
    }

    /// @param name kind and version: `postgres-15`
    DataServer of(String name) {
        return known.computeIfAbsent(name, each -> new DataServer(tools, engine(each), each, folder.resolve(each)));
    }

    private Engine engine(String name) {
        return engine(Kind.require(name.substring(0, name.lastIndexOf('-'))));
    }

    private Engine engine(Kind kind) {
        return engines.stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
    }

    /// The server that new databases of a kind get.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the machine has none
    String newest(Kind kind) {
        var engine = engine(kind);
        return engine.installed().keySet().stream()
                .findFirst()
                .map(version -> kind.word() + "-" + version)
                .orElseThrow(() -> Problem.resource("data.programs", "there is no " + kind.word() + " on this machine")
                        .hint("`apt-get install " + engine.packageName(Optional.empty()) + "` on the server brings it")
                        .exception());
    }

    /// Those that were ever made here.
    List<DataServer> found() {
        return Trees.children(folder).stream()
                .map(each -> each.getFileName().toString())
                .filter(name -> name.matches("[a-z]+-\\d[\\d.]*"))
                .map(this::of)
                .toList();
    }
}
