package dev.johwa.serve.release;

import dev.johwa.lib.db.Database;
import java.util.List;

/// Where settings have changed and no release with them was tried yet.
final class SettingsOrders {
    private final Database database;

    SettingsOrders(Database database) {
        this.database = database;
    }

    /// @param changes how many there were, to tell whether another one came meanwhile
    record Order(AppEnvironment where, String by, long changes) {}

    /// Stores a change together with what it asks for.
    void add(AppEnvironment where, String by, Runnable change) {
        database.write(handle -> {
            change.run();
            return ReleaseStore.bind(
                            handle.createUpdate("insert into settings_orders (project, app, environment, by_name,"
                                    + " changes) values (:project, :app, :environment, :by, 1)"
                                    + " on conflict (project, app, environment) do update set by_name = :by,"
                                    + " changes = settings_orders.changes + 1"),
                            where)
                    .bind("by", by)
                    .execute();
        });
    }

    List<Order> list() {
        return database.read(handle -> handle.createQuery("select * from settings_orders")
                .map(row -> new Order(
                        AppEnvironments.where(row),
                        row.getColumn("by_name", String.class),
                        row.getColumn("changes", Long.class)))
                .list());
    }

    /// Changes that a release from now on would have.
    long changes(AppEnvironment where) {
        return list().stream()
                .filter(order -> order.where().equals(where))
                .mapToLong(Order::changes)
                .sum();
    }

    /// One of the changes did not come about.
    void withdraw(AppEnvironment where) {
        database.write(handle -> {
            ReleaseStore.bind(
                            handle.createUpdate("update settings_orders set changes = changes - 1 where"
                                    + " project = :project and app = :app and environment = :environment"),
                            where)
                    .execute();
            return handle.execute("delete from settings_orders where changes <= 0");
        });
    }

    /// A release with so many changes was tried.
    void done(AppEnvironment where, long changes) {
        database.write(handle -> ReleaseStore.bind(
                        handle.createUpdate("delete from settings_orders where project = :project and app = :app"
                                + " and environment = :environment and changes <= :changes"),
                        where)
                .bind("changes", changes)
                .execute());
    }
}
