package dev.johwa.source.config;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/// Environment values and secrets that people set on the server, by project, app and environment. Secrets are
/// encrypted with a key of the data folder; reading them back is for releases only. Safe for use by many threads.
public final class Values {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> RESERVED = Set.of("PORT", "HOST", "HOME");
    private static final String WHERE = " where project = :project and app = :app and environment = :environment";

    private final Database database;
    private final Clock clock;
    private final Sealer sealer;
    private final AtomicLong additions = new AtomicLong();
    private final RecentSecrets recent = new RecentSecrets();

    /// @param keyFile made on first use, readable by the server's user only
    public Values(Database database, Clock clock, Path keyFile) {
        this.database = database;
        this.clock = clock;
        requireKey(keyFile);
        this.sealer = new Sealer(keyFile);
    }

    /// A new key would open none of the secrets that are there; after a restore without keys that would show only when
    /// the apps start.
    private void requireKey(Path keyFile) {
        long sealed = database.read(handle -> handle.createQuery("select count(*) from app_secrets where sealed <> ''")
                .mapTo(Long.class)
                .one());
        if (sealed > 0 && !Files.exists(keyFile)) {
            throw Problem.user(
                            "secrets.key-missing",
                            "the database holds secrets, and their key " + keyFile + " is not there")
                    .hint("put the file back; where it is lost, make a new one with"
                            + " `head -c 32 /dev/urandom`, start, and set every secret again")
                    .exception();
        }
    }

    /// Whose values: an app in an environment (`production`, `staging`, `preview`, `test`).
    public record Scope(String project, String app, String environment) {
        private String of(String name) {
            return project + "/" + app + "/" + environment + "/" + name;
        }
    }

    /// A key of this data folder for another purpose; always the same.
    public byte[] key(String purpose) {
        return sealer.derived(purpose);
    }

    public void set(Scope scope, Map<String, String> values) {
        requireNames(values.keySet());
        database.write(handle -> {
            values.forEach((name, value) -> bind(
                            handle.createUpdate(
                                    "insert into app_values (project, app, environment, name, value)"
                                            + " values (:project, :app, :environment, :name, :value)"
                                            + " on conflict (project, app, environment, name) do update set value = excluded.value"),
                            scope)
                    .bind("name", name)
                    .bind("value", value)
                    .execute());
            return 0;
        });
    }

    private static void requireNames(Collection<String> names) {
        for (var name : names) {
            if (!NAME.matcher(name).matches()) {
                throw Problem.user("values.name", "'" + name + "' is no name of an environment value")
                        .hint("use letters, digits and '_', no digit first")
                        .exception();
            }
            if (RESERVED.contains(name)) {
                throw Problem.user("values.reserved", name + " is set by the platform")
                        .hint("leave it out")
                        .exception();
            }
        }
    }

    public void remove(Scope scope, List<String> names) {
        database.write(handle -> {
            names.forEach(
                    name -> bind(handle.createUpdate("delete from app_values" + WHERE + " and name = :name"), scope)
                            .bind("name", name)
                            .execute());
            return 0;
        });
    }

    public Map<String, String> list(Scope scope) {
        return database.read(handle -> {
            var values = new TreeMap<String, String>();
            bind(handle.createQuery("select name, value from app_values" + WHERE), scope)
                    .map(row -> Map.entry(row.getColumn("name", String.class), row.getColumn("value", String.class)))
                    .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
            return values;
        });
    }

    public void setSecrets(Scope scope, Map<String, String> secrets) {
        requireNames(secrets.keySet());
        secrets.forEach((name, value) -> {
            if (value.isEmpty()) {
                throw Problem.user("secrets.empty", "the secret " + name + " would be empty")
                        .hint("to remove it: `johwa secrets unset`")
                        .exception();
            }
        });
        recent.add(scope.project(), secrets.values());
        database.write(handle -> {
            long version = version(handle, scope) + 1;
            secrets.forEach((name, value) -> add(handle, scope, name, version, sealer.seal(scope.of(name), value)));
            return 0;
        });
        additions.incrementAndGet();
    }

    /// Makes a secret for each of these names that has neither a value nor a secret yet; once made, it stays.
    ///
    /// @return the names for which one was made
    public List<String> makeSecrets(Scope scope, Collection<String> names) {
        requireNames(names);
        var fresh = database.write(handle -> {
            var there = new HashSet<>(sealed(handle, scope, Long.MAX_VALUE).keySet());
            bind(handle.createQuery("select name from app_values" + WHERE), scope)
                    .mapTo(String.class)
                    .forEach(there::add);
            var made = names.stream().filter(name -> !there.contains(name)).toList();
            long version = version(handle, scope) + 1;
            for (var name : made) {
                var value = sealer.fresh();
                recent.add(scope.project(), List.of(value));
                add(handle, scope, name, version, sealer.seal(scope.of(name), value));
            }
            return made;
        });
        additions.incrementAndGet();
        return fresh;
    }

    /// How often secrets were added since we began: who hides them looks for more when it is another number.
    public long additions() {
        return additions.get();
    }

    public void removeSecrets(Scope scope, List<String> names) {
        database.write(handle -> {
            long version = version(handle, scope) + 1;
            var present = sealed(handle, scope, version).keySet();
            names.stream().filter(present::contains).forEach(name -> add(handle, scope, name, version, ""));
            return 0;
        });
    }

    private void add(Handle handle, Scope scope, String name, long version, String sealed) {
        bind(
                        handle.createUpdate("insert into app_secrets (project, app, environment, name, version, sealed,"
                                + " created_at) values (:project, :app, :environment, :name, :version, :sealed, :now)"),
                        scope)
                .bind("name", name)
                .bind("version", version)
                .bind("sealed", sealed)
                .bind("now", clock.now().toEpochMilli())
                .execute();
    }

    public List<String> secretNames(Scope scope) {
        return secretNames(scope, Long.MAX_VALUE);
    }

    /// As they were at a version.
    public List<String> secretNames(Scope scope, long version) {
        return database.read(handle -> sealed(handle, scope, version)).keySet().stream()
                .sorted()
                .toList();
    }

    /// The secrets in clear, as they are now or as they were at a version.
    public Map<String, String> revealSecrets(Scope scope, long version) {
        var sealed = database.read(handle -> sealed(handle, scope, version));
        var clear = new TreeMap<String, String>();
        sealed.forEach((name, text) -> clear.put(name, sealer.open(scope.of(name), text)));
        return clear;
    }

    /// Every secret of a project, of every app and environment, for hiding them.
    public List<String> allSecrets(String project) {
        return with(
                recent.of(project),
                database.read(handle ->
                        opened(handle.createQuery("select * from app_secrets where project = :project and sealed <> ''")
                                .bind("project", project))));
    }

    /// Every secret there is, for hiding them.
    public List<String> allSecrets() {
        return with(
                recent.all(),
                database.read(handle -> opened(handle.createQuery("select * from app_secrets where sealed <> ''"))));
    }

    private static List<String> with(List<String> recent, List<String> stored) {
        return Stream.concat(recent.stream(), stored.stream()).distinct().toList();
    }

    /// Those that the key opens; others nobody can read, so there is nothing to hide.
    private List<String> opened(Query query) {
        return query
                .map(row -> opened(
                        new Scope(
                                        row.getColumn("project", String.class),
                                        row.getColumn("app", String.class),
                                        row.getColumn("environment", String.class))
                                .of(row.getColumn("name", String.class)),
                        row.getColumn("sealed", String.class)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// What became of opening every secret.
    ///
    /// @param looked how many sealed values there are, those of earlier versions with them
    public record Opened(int looked, List<Sealed> unreadable) {}

    /// A secret that the key does not open, in one version or several.
    public record Sealed(Scope scope, String name) {}

    /// Tries the key on every secret.
    public Opened unreadable() {
        return database.read(handle -> {
            var all = handle.createQuery("select * from app_secrets where sealed <> ''")
                    .map(row -> Map.entry(
                            new Sealed(
                                    new Scope(
                                            row.getColumn("project", String.class),
                                            row.getColumn("app", String.class),
                                            row.getColumn("environment", String.class)),
                                    row.getColumn("name", String.class)),
                            row.getColumn("sealed", String.class)))
                    .list();
            var closed = all.stream()
                    .filter(each -> opened(
                                    each.getKey().scope().of(each.getKey().name()), each.getValue())
                            .isEmpty())
                    .map(Map.Entry::getKey)
                    .distinct()
                    .toList();
            return new Opened(all.size(), closed);
        });
    }

    private Optional<String> opened(String whose, String sealed) {
        try {
            return Optional.of(sealer.open(whose, sealed));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /// Grows with every change of a secret of that scope; stored with a release.
    public long secretsVersion(Scope scope) {
        return database.read(handle -> version(handle, scope));
    }

    private static long version(Handle handle, Scope scope) {
        return bind(handle.createQuery("select coalesce(max(version), 0) from app_secrets" + WHERE), scope)
                .mapTo(Long.class)
                .one();
    }

    private static Map<String, String> sealed(Handle handle, Scope scope, long version) {
        var sealed = new LinkedHashMap<String, String>();
        bind(
                        handle.createQuery("select name, sealed from app_secrets" + WHERE
                                + " and version <= :version order by version"),
                        scope)
                .bind("version", version)
                .map(row -> Map.entry(row.getColumn("name", String.class), row.getColumn("sealed", String.class)))
                .forEach(entry -> sealed.put(entry.getKey(), entry.getValue()));
        sealed.values().removeIf(String::isEmpty);
        return sealed;
    }

    /// Deletes every value and every version of every secret of an app, in all environments.
    public void forget(String project, String app) {
        database.write(handle -> {
            for (var table : List.of("app_values", "app_secrets")) {
                handle.createUpdate("delete from " + table + " where project = :project and app = :app")
                        .bind("project", project)
                        .bind("app", app)
                        .execute();
            }
            return 0;
        });
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Scope scope) {
        return statement
                .bind("project", scope.project())
                .bind("app", scope.app())
                .bind("environment", scope.environment());
    }
}
