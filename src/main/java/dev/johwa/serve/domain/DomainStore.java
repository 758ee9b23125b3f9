package dev.johwa.serve.domain;

import dev.johwa.lib.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowViewMapper;
import org.jspecify.annotations.Nullable;

/// Names and certificates in the database.
final class DomainStore {
    private static final RowViewMapper<Domain> DOMAIN = row -> new Domain(
            row.getColumn("name", String.class),
            row.getColumn("project", String.class),
            row.getColumn("app", String.class),
            row.getColumn("environment", String.class),
            row.getColumn("forced", Boolean.class));
    private static final RowViewMapper<Held> HELD = row -> new Held(
            row.getColumn("name", String.class),
            row.getColumn("given", Boolean.class),
            row.getColumn("chain_file", String.class),
            row.getColumn("key_file", String.class),
            Instant.ofEpochMilli(row.getColumn("valid_from", Long.class)),
            Instant.ofEpochMilli(row.getColumn("valid_until", Long.class)),
            row.getColumn("problem", String.class),
            row.getColumn("tries", Integer.class),
            Instant.ofEpochMilli(row.getColumn("next_try_at", Long.class)),
            new Advice(
                    Instant.ofEpochMilli(row.getColumn("advised_at", Long.class)),
                    Instant.ofEpochMilli(row.getColumn("ask_at", Long.class))));

    private final Database database;
    private @Nullable List<Domain> known;

    DomainStore(Database database) {
        this.database = database;
    }

    /// All that were added, kept at hand: every table of the edge asks for each app, and nobody else writes them.
    synchronized List<Domain> domains() {
        if (known == null) {
            known = database.read(handle -> handle.createQuery("select * from domains order by name")
                    .map(DOMAIN)
                    .list());
        }
        return known;
    }

    Optional<Domain> domain(String name) {
        return domains().stream().filter(domain -> domain.name().equals(name)).findFirst();
    }

    synchronized void add(Domain domain, Instant now) {
        known = null;
        database.write(handle -> handle.createUpdate(
                        "insert into domains (name, project, app, environment, forced, created_at)"
                                + " values (:name, :project, :app, :environment, :forced, :now)"
                                + " on conflict (name) do update set project = :project, app = :app,"
                                + " environment = :environment, forced = :forced")
                .bind("name", domain.name())
                .bind("project", domain.project())
                .bind("app", domain.app())
                .bind("environment", domain.environment())
                .bind("forced", domain.forced())
                .bind("now", now.toEpochMilli())
                .execute());
    }

    synchronized void remove(String name) {
        known = null;
        database.write(handle -> {
            handle.createUpdate("delete from domains where name = :name")
                    .bind("name", name)
                    .execute();
            return handle.createUpdate("delete from certificates where name = :name")
                    .bind("name", name)
                    .execute();
        });
    }

    List<Held> held() {
        return database.read(handle -> handle.createQuery("select * from certificates order by name")
                .map(HELD)
                .list());
    }

    Held held(String name) {
        return database.read(handle -> handle.createQuery("select * from certificates where name = :name")
                        .bind("name", name)
                        .map(HELD)
                        .findOne())
                .orElseGet(() -> Held.nothing(name));
    }

    void keep(Held held) {
        database.write(handle -> handle.createUpdate(
                        "insert into certificates (name, given, chain_file, key_file, valid_from, valid_until, problem,"
                                + " tries, next_try_at, advised_at, ask_at) values (:name, :given, :chain, :key, :from,"
                                + " :until, :problem, :tries, :next, :advised, :ask) on conflict (name) do update set given = :given, chain_file = :chain,"
                                + " key_file = :key, valid_from = :from, valid_until = :until, problem = :problem,"
                                + " tries = :tries, next_try_at = :next, advised_at = :advised, ask_at = :ask")
                .bind("name", held.name())
                .bind("given", held.given())
                .bind("chain", held.chain())
                .bind("key", held.key())
                .bind("from", held.from().toEpochMilli())
                .bind("until", held.until().toEpochMilli())
                .bind("problem", held.problem())
                .bind("tries", held.tries())
                .bind("next", held.nextTry().toEpochMilli())
                .bind("advised", held.advice().at().toEpochMilli())
                .bind("ask", held.advice().askAt().toEpochMilli())
                .execute());
    }
}
