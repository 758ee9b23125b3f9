package dev.johwa.source.host;

import dev.johwa.lib.db.Database;
import dev.johwa.source.host.Connection.Home;
import dev.johwa.source.host.Connection.Kind;
import dev.johwa.source.host.Connection.Login;
import dev.johwa.source.host.Connection.Standing;
import dev.johwa.source.host.Connection.State;
import dev.johwa.source.host.Connection.Times;
import dev.johwa.source.host.Connection.Wish;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.result.RowView;

/// Connections in the database.
final class ConnectionStore {
    private static final List<String> TABLES =
            List.of("host_connections", "host_asides", "host_pulls", "host_deliveries", "host_issues");

    /// When webhooks came is written apart: they come while a host is looked at.
    private static final String PUT = "insert into host_connections (project, url, kind, api, credential,"
            + " public_key, host_keys, by_owner, after_checks, hook, hook_at, state, why, next_step, since, until,"
            + " tries, note, looked_at, heard_at, lost_at, by_name, created_at) values (:project, :url, :kind,"
            + " :api, :login, :publicKey, :hostKeys, :byOwner, :afterChecks, :hook, :hookAt, :state, :why, :next,"
            + " :since, :until, :tries, :note, :looked, :heard, :lost, :by, :created)"
            + " on conflict (project) do update set url = excluded.url, kind = excluded.kind,"
            + " api = excluded.api, credential = excluded.credential, public_key = excluded.public_key,"
            + " host_keys = excluded.host_keys, by_owner = excluded.by_owner,"
            + " after_checks = excluded.after_checks, hook = excluded.hook, hook_at = excluded.hook_at, state = excluded.state,"
            + " why = excluded.why, next_step = excluded.next_step, since = excluded.since,"
            + " until = excluded.until, tries = excluded.tries, note = excluded.note,"
            + " looked_at = excluded.looked_at, by_name = excluded.by_name";

    private final Database database;

    ConnectionStore(Database database) {
        this.database = database;
    }

    Optional<Connection> find(String project) {
        return database.read(handle -> handle.createQuery("select * from host_connections where project = :project")
                .bind("project", project)
                .map(ConnectionStore::connection)
                .findOne());
    }

    List<Connection> list() {
        return database.read(handle -> handle.createQuery("select * from host_connections order by project")
                .map(ConnectionStore::connection)
                .list());
    }

    void put(Connection connection) {
        var home = connection.home();
        var wish = connection.wish();
        var standing = connection.standing();
        var times = connection.times();
        database.write(handle -> handle.createUpdate(PUT)
                .bind("project", connection.project())
                .bind("url", home.url())
                .bind("kind", home.kind().name())
                .bind("api", home.api())
                .bind("login", home.login().name())
                .bind("publicKey", home.publicKey())
                .bind("hostKeys", home.hostKeys())
                .bind("byOwner", wish.byOwner())
                .bind("afterChecks", wish.afterChecks())
                .bind("hook", wish.hook())
                .bind("hookAt", wish.hookAt())
                .bind("state", standing.state().name())
                .bind("why", standing.why())
                .bind("next", standing.next())
                .bind("since", standing.since())
                .bind("until", standing.until().orElse(null))
                .bind("tries", standing.tries())
                .bind("note", standing.note())
                .bind("looked", times.looked().orElse(null))
                .bind("heard", times.heard().orElse(null))
                .bind("lost", times.lost().orElse(null))
                .bind("by", connection.by())
                .bind("created", times.created())
                .execute());
    }

    private static Connection connection(RowView row) {
        return new Connection(
                text(row, "project"),
                new Home(
                        text(row, "url"),
                        Kind.valueOf(text(row, "kind")),
                        text(row, "api"),
                        Login.valueOf(text(row, "credential")),
                        text(row, "public_key"),
                        text(row, "host_keys")),
                new Wish(
                        row.getColumn("by_owner", Boolean.class),
                        row.getColumn("after_checks", Boolean.class),
                        text(row, "hook"),
                        text(row, "hook_at")),
                new Standing(
                        State.valueOf(text(row, "state")),
                        text(row, "why"),
                        text(row, "next_step"),
                        row.getColumn("since", Instant.class),
                        time(row, "until"),
                        row.getColumn("tries", Integer.class),
                        text(row, "note")),
                new Times(
                        time(row, "looked_at"),
                        time(row, "heard_at"),
                        time(row, "lost_at"),
                        row.getColumn("created_at", Instant.class)),
                text(row, "by_name"));
    }

    private static String text(RowView row, String column) {
        return row.getColumn(column, String.class);
    }

    private static Optional<Instant> time(RowView row, String column) {
        return Optional.ofNullable(row.getColumn(column, Instant.class));
    }

    /// Takes a delivery, once.
    ///
    /// @param ids under which it must not come again
    /// @return whether it was new
    boolean take(String project, List<String> ids, Instant at, Instant forget) {
        return database.write(handle -> {
            handle.createUpdate("delete from host_deliveries where at < :forget")
                    .bind("forget", forget)
                    .execute();
            int known = handle.createQuery(
                            "select count(*) from host_deliveries where project = :project and id in (<ids>)")
                    .bind("project", project)
                    .bindList("ids", ids)
                    .mapTo(Integer.class)
                    .one();
            if (known > 0) {
                return false;
            }
            ids.forEach(id -> handle.createUpdate(
                            "insert into host_deliveries (project, id, at) values (:project, :id, :at)")
                    .bind("project", project)
                    .bind("id", id)
                    .bind("at", at)
                    .execute());
            return true;
        });
    }

    void heard(String project, Instant at) {
        mark(project, "heard_at", at);
    }

    void lost(String project, Instant at) {
        mark(project, "lost_at", at);
    }

    private void mark(String project, String column, Instant at) {
        database.write(handle -> handle.createUpdate(
                        "update host_connections set " + column + " = :at where project = :project")
                .bind("at", at)
                .bind("project", project)
                .execute());
    }

    /// Branches that run when they move, and where they were.
    Map<String, String> asides(String project) {
        return database.read(handle -> {
            var found = new HashMap<String, String>();
            handle.createQuery("select branch, commit_id from host_asides where project = :project")
                    .bind("project", project)
                    .map(row -> Map.entry(text(row, "branch"), text(row, "commit_id")))
                    .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
            return found;
        });
    }

    void putAsides(String project, Map<String, String> branches) {
        database.write(handle -> {
            handle.createUpdate("delete from host_asides where project = :project")
                    .bind("project", project)
                    .execute();
            branches.forEach((branch, commit) -> handle.createUpdate(
                            "insert into host_asides (project, branch, commit_id) values (:project, :branch, :commit)")
                    .bind("project", project)
                    .bind("branch", branch)
                    .bind("commit", commit)
                    .execute());
            return 0;
        });
    }

    List<Pull> pulls(String project) {
        return database.read(handle -> handle.createQuery(
                        "select * from host_pulls where project = :project order by number")
                .bind("project", project)
                .map(row -> new Pull(
                        row.getColumn("number", Integer.class),
                        text(row, "title"),
                        text(row, "author"),
                        text(row, "head"),
                        text(row, "approved"),
                        text(row, "approved_by")))
                .list());
    }

    /// The open ones are these; what was approved stays so.
    void putPulls(String project, List<Pull> pulls) {
        var approved = new HashMap<Integer, Pull>();
        pulls(project).forEach(pull -> approved.put(pull.number(), pull));
        database.write(handle -> {
            handle.createUpdate("delete from host_pulls where project = :project")
                    .bind("project", project)
                    .execute();
            for (var pull : pulls) {
                var before = approved.getOrDefault(pull.number(), pull);
                handle.createUpdate(
                                "insert into host_pulls (project, number, title, author, head, approved, approved_by)"
                                        + " values (:project, :number, :title, :author, :head, :approved, :by)")
                        .bind("project", project)
                        .bind("number", pull.number())
                        .bind("title", pull.title())
                        .bind("author", pull.author())
                        .bind("head", pull.head())
                        .bind("approved", before.approved())
                        .bind("by", before.approvedBy())
                        .execute();
            }
            return 0;
        });
    }

    /// @return whether that is still what is proposed
    boolean approve(String project, Pull pull, String by) {
        return database.write(handle -> handle.createUpdate("update host_pulls set approved = :head, approved_by = :by"
                                + " where project = :project and number = :number and head = :head")
                        .bind("head", pull.head())
                        .bind("by", by)
                        .bind("project", project)
                        .bind("number", pull.number())
                        .execute())
                == 1;
    }

    void remove(String project) {
        database.write(handle -> {
            TABLES.forEach(table -> handle.createUpdate("delete from " + table + " where project = :project")
                    .bind("project", project)
                    .execute());
            return 0;
        });
    }
}
