package dev.johwa.build.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lends the tests of a run databases of their own, empty ones. Implemented by a later room.
@FunctionalInterface
public interface TestDatabases {
    /// None are lent: the tests get no database.
    TestDatabases NONE = wanted -> new Lent(Map.of(), Optional.empty(), () -> {});

    Lent lend(Wanted wanted);

    /// Whose tests they are.
    ///
    /// @param name of the tests, never used again: `shop-12-1`
    /// @param data what the settings name under `data`
    /// @param given names of values that somebody gives: no database is made for them
    record Wanted(String project, String app, String name, List<String> data, Set<String> given) {}

    /// Databases until they are closed, then nothing of them is left.
    ///
    /// @param values their addresses, by the names under which the app finds them
    /// @param client of the one that takes SQL
    record Lent(Map<String, String> values, Optional<Fixtures.Client> client, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }
}
