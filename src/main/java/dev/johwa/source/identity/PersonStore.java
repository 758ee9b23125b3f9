package dev.johwa.source.identity;

import dev.johwa.lib.db.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowViewMapper;

/// Persons, their roles and their passwords in the database.
final class PersonStore {
    private final Database database;

    PersonStore(Database database) {
        this.database = database;
    }

    Optional<Person> find(String id) {
        return list("id = :value", id).stream().findFirst();
    }

    Optional<Person> named(String name) {
        return list("name_key = :value", PersonNames.key(name)).stream().findFirst();
    }

    List<Person> list() {
        return list("id <> :value", "");
    }

    private List<Person> list(String condition, String value) {
        return database.read(handle -> {
            RowViewMapper<Person> mapper = row -> {
                var id = row.getColumn("id", String.class);
                return new Person(
                        id,
                        row.getColumn("name", String.class),
                        roles(handle, id),
                        Instant.ofEpochMilli(row.getColumn("created_at", Long.class)));
            };
            return handle.createQuery("select * from people where " + condition + " order by name_key")
                    .bind("value", value)
                    .map(mapper)
                    .list();
        });
    }

    private static Map<String, Role> roles(Handle handle, String id) {
        var roles = new HashMap<String, Role>();
        handle.createQuery("select project, role from person_roles where person = :id")
                .bind("id", id)
                .map(row -> Map.entry(row.getColumn("project", String.class), row.getColumn("role", String.class)))
                .forEach(entry -> roles.put(entry.getKey(), Role.valueOf(entry.getValue())));
        return roles;
    }

    Optional<String> password(String id) {
        return database.read(handle -> handle.createQuery("select password from people where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne());
    }

    void add(Handle handle, Person person, String password) {
        handle.createUpdate("insert into people (id, name, name_key, password, created_at)"
                        + " values (:id, :name, :key, :password, :now)")
                .bind("id", person.id())
                .bind("name", person.name())
                .bind("key", PersonNames.key(person.name()))
                .bind("password", password)
                .bind("now", person.since().toEpochMilli())
                .execute();
        person.roles().forEach((project, role) -> setRole(handle, person.id(), project, Optional.of(role)));
    }

    /// Sessions that the old one opened are over.
    void setPassword(Handle handle, String id, String password) {
        handle.createUpdate("delete from sessions where person = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("update people set password = :password where id = :id")
                .bind("id", id)
                .bind("password", password)
                .execute();
    }

    /// @param role empty: none any more
    void setRole(Handle handle, String id, String project, Optional<Role> role) {
        handle.createUpdate("delete from person_roles where person = :id and project = :project")
                .bind("id", id)
                .bind("project", project)
                .execute();
        role.ifPresent(given -> handle.createUpdate(
                        "insert into person_roles (person, project, role) values (:id, :project, :role)")
                .bind("id", id)
                .bind("project", project)
                .bind("role", given.name())
                .execute());
    }

    /// With all that lets the person in.
    void remove(Handle handle, String id) {
        for (var table : List.of("person_roles", "invitations", "sessions")) {
            handle.createUpdate("delete from " + table + " where person = :id")
                    .bind("id", id)
                    .execute();
        }
        handle.createUpdate("delete from people where id = :id").bind("id", id).execute();
    }
}
