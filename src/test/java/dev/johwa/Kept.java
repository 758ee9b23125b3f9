package dev.johwa;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.db.Database.Access;
import dev.johwa.lib.db.PostgresAddress;
import dev.johwa.lib.db.StateChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where a test keeps state: tests of stores run on each.
public enum Kept {
    SQLITE {
        @Override
        public Database open(Path folder) {
            return Database.open(folder.resolve("johwa.db"), MIGRATIONS);
        }
    },
    POSTGRES {
        private final Map<Path, String> addresses = new ConcurrentHashMap<>();

        @Override
        public Database open(Path folder) {
            return Database.open(address(folder), MIGRATIONS, Access.SERVER);
        }

        @Override
        public Optional<StateChoice> choice(Path folder) {
            return Optional.of(new StateChoice(address(folder), Optional.empty()));
        }

        private PostgresAddress address(Path folder) {
            return PostgresAddress.parse(addresses.computeIfAbsent(
                    folder, key -> RealPostgres.shared().address()));
        }
    };

    public static final List<String> MIGRATIONS = List.of("db/migration");

    /// Where tests keep state that are not about it: `-Djohwa.state=postgres` takes the other.
    public static Kept ofTests() {
        return System.getProperty("johwa.state", "").equals("postgres") ? POSTGRES : SQLITE;
    }

    /// The same folder has the same state when it is opened again.
    public abstract Database open(Path folder);

    /// What a platform in that folder is told.
    public Optional<StateChoice> choice(Path folder) {
        return Optional.empty();
    }
}
