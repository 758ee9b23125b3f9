package dev.johwa.serve.data;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How databases are: each server is asked once for all that it has. Safe for use by many threads.
final class DataStatuses {
    private static final Duration LATELY = Duration.ofSeconds(10);

    private final Servers servers;
    private final Clock clock;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    DataStatuses(Servers servers, Clock clock) {
        this.servers = servers;
        this.clock = clock;
    }

    /// What a server said.
    ///
    /// @param problem empty when it answered
    private record Answer(Map<String, Engine.Usage> usage, String problem, long ticks) {}

    private static final Answer NOTHING = new Answer(Map.of(), "", 0);

    List<DataStatus> now(List<AppDatabase> databases) {
        databases.stream().map(AppDatabase::server).distinct().forEach(answers::remove);
        return lately(databases);
    }

    List<DataStatus> lately(List<AppDatabase> databases) {
        return statuses(
                databases,
                server -> answers.compute(
                        server.name(), (name, known) -> known == null || isOld(known) ? ask(server) : known));
    }

    /// With what the servers said last: none is asked.
    List<DataStatus> known(List<AppDatabase> databases) {
        return statuses(databases, server -> answers.getOrDefault(server.name(), NOTHING));
    }

    /// Asks all servers that were not asked lately, and forgets those that are gone.
    void refresh(List<AppDatabase> databases) {
        answers.keySet().retainAll(databases.stream().map(AppDatabase::server).collect(Collectors.toSet()));
        var _ = lately(databases);
    }

    private List<DataStatus> statuses(List<AppDatabase> databases, Function<DataServer, Answer> answer) {
        return databases.stream().collect(Collectors.groupingBy(AppDatabase::server)).entrySet().stream()
                .flatMap(each -> statuses(each.getKey(), each.getValue(), answer).stream())
                .toList();
    }

    private List<DataStatus> statuses(
            String name, List<AppDatabase> databases, Function<DataServer, Answer> answering) {
        if (name.isEmpty() || name.equals(AppDatabase.CONTAINER)) {
            var version = name.isEmpty() ? "" : "in a container";
            return databases.stream()
                    .map(each -> new DataStatus(
                            each, version, OptionalLong.empty(), OptionalInt.empty(), Optional.empty(), ""))
                    .toList();
        }
        var server = servers.of(name);
        var answer = answering.apply(server);
        var problem = server.problem().isEmpty() ? answer.problem() : server.problem();
        return databases.stream()
                .map(each ->
                        status(each, server, Optional.ofNullable(answer.usage().get(each.name())), problem))
                .toList();
    }

    private boolean isOld(Answer answer) {
        return clock.ticks() - answer.ticks() > LATELY.toNanos();
    }

    private Answer ask(DataServer server) {
        try {
            return new Answer(server.engine().usage(server.site()), "", clock.ticks());
        } catch (ProblemException e) {
            return new Answer(Map.of(), e.problem().text(), clock.ticks());
        }
    }

    private static DataStatus status(
            AppDatabase database, DataServer server, Optional<Engine.Usage> usage, String problem) {
        var state = database.state() == AppDatabase.State.READY
                ? ""
                : "it is not ready: " + database.state().name();
        return new DataStatus(
                database,
                server.version(),
                usage.map(each -> OptionalLong.of(each.bytes())).orElse(OptionalLong.empty()),
                usage.map(each -> OptionalInt.of(each.connections())).orElse(OptionalInt.empty()),
                Optional.of(server.engine().limits()),
                problem.isEmpty() ? state : problem);
    }
}
