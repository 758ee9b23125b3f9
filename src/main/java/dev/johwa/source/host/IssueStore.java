package dev.johwa.source.host;

import dev.johwa.lib.db.Database;
import java.util.Optional;

/// Issues that we opened, in the database.
final class IssueStore {
    private final Database database;

    IssueStore(Database database) {
        this.database = database;
    }

    /// @param closed whether we closed it, or were about to
    record Known(int number, boolean closed) {}

    Optional<Known> find(String project, String about) {
        return database.read(handle -> handle.createQuery(
                        "select number, closed from host_issues where project = :project and about = :about")
                .bind("project", project)
                .bind("about", about)
                .map(row -> new Known(row.getColumn("number", Integer.class), row.getColumn("closed", Boolean.class)))
                .findOne());
    }

    void put(String project, String about, Known issue) {
        database.write(handle -> handle.createUpdate("insert into host_issues (project, about, number, closed)"
                        + " values (:project, :about, :number, :closed) on conflict (project, about)"
                        + " do update set number = excluded.number, closed = excluded.closed")
                .bind("project", project)
                .bind("about", about)
                .bind("number", issue.number())
                .bind("closed", issue.closed())
                .execute());
    }
}
