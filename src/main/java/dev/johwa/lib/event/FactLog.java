package dev.johwa.lib.event;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/// The append-only log of facts. Safe for use by many threads.
public final class FactLog implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int BATCH = 500;

    private final Database database;
    private final Clock clock;
    private final Map<String, Class<? extends Fact>> types;
    private final Tasks tasks = new Tasks();

    /// @param types every record type that may be stored; its simple name is its name in the store
    public FactLog(Database database, Clock clock, List<Class<? extends Fact>> types) {
        this.database = database;
        this.clock = clock;
        this.types = types.stream().collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
    }

    /// Stores facts; durable when it returns.
    public void append(Fact... facts) {
        database.write(handle -> {
            append(handle, facts);
            return 0;
        });
    }

    /// Stores facts in the same transaction as the change of state they tell of.
    public void append(Handle handle, Fact... facts) {
        long now = clock.now().toEpochMilli();
        for (var fact : facts) {
            var type = fact.getClass().getSimpleName();
            if (!types.containsKey(type)) {
                throw new IllegalArgumentException("the fact " + type + " is not among the types of this log");
            }
            handle.createUpdate("insert into facts (at, type, subject, body) values (:at, :type, :subject, :body)")
                    .bind("at", now)
                    .bind("type", type)
                    .bind("subject", fact.subject())
                    .bind("body", Json.write(fact))
                    .execute();
        }
    }

    /// What was stored after a position, oldest first.
    public List<Entry> read(long after, int limit) {
        return database.read(handle -> handle.createQuery(
                        "select position, at, type, body from facts where position > :after order by position limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map(this::entry)
                .list());
    }

    /// All facts of one type, oldest first.
    public <F extends Fact> List<F> all(Class<F> type) {
        return database.read(handle -> handle.createQuery("select body from facts where type = :type order by position")
                .bind("type", type.getSimpleName())
                .mapTo(String.class)
                .map(body -> Json.read(body, type))
                .list());
    }

    /// Calls back with each fact of one type after a position, oldest first, and with its own position. All of them are
    /// of one consistent view; memory does not grow with them.
    public <F extends Fact> void each(Class<F> type, long after, ObjLongConsumer<F> heard) {
        database.<Integer>read(handle -> {
            try (var rows = handle.createQuery("select position, body from facts"
                            + " where type = :type and position > :after order by position")
                    .bind("type", type.getSimpleName())
                    .bind("after", after)
                    .map(row -> new Body(row.getColumn("position", Long.class), row.getColumn("body", String.class)))
                    .iterator()) {
                while (rows.hasNext()) {
                    var row = rows.next();
                    heard.accept(Json.read(row.text(), type), row.position());
                }
            }
            return 0;
        });
    }

    private record Body(long position, String text) {}

    private Entry entry(RowView row) {
        var name = row.getColumn("type", String.class);
        var type = types.get(name);
        if (type == null) {
            throw new IllegalStateException("the store holds a fact of the unknown type " + name);
        }
        return new Entry(
                row.getColumn("position", Long.class),
                Instant.ofEpochMilli(row.getColumn("at", Long.class)),
                Json.read(row.getColumn("body", String.class), type));
    }

    /// Calls back with each entry, at least once and in order, from where this subscriber was when it last
    /// returned. The cursor is kept under the name. An entry that a subscriber throws at comes again after a pause.
    public void subscribe(String name, Subscriber subscriber) {
        tasks.every(PAUSE, "facts for " + name, () -> deliver(name, subscriber));
    }

    private void deliver(String name, Subscriber subscriber) {
        for (var entries = read(cursor(name), BATCH); !entries.isEmpty(); entries = read(cursor(name), BATCH)) {
            for (var entry : entries) {
                subscriber.hear(entry);
            }
            move(name, entries.getLast().position());
        }
    }

    private long cursor(String name) {
        return database.read(handle -> handle.createQuery("select position from fact_cursors where name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    private void move(String name, long position) {
        database.write(
                handle -> handle.createUpdate("insert into fact_cursors (name, position) values (:name, :position)"
                                + " on conflict (name) do update set position = excluded.position")
                        .bind("name", name)
                        .bind("position", position)
                        .execute());
    }

    /// Hears of facts; idempotent, since it may hear one twice.
    public interface Subscriber {
        void hear(Entry entry);
    }

    @Override
    public void close() {
        tasks.close();
    }
}
