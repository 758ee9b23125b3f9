package dev.johwa.lib.event;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.task.Tasks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/// The append-only log of facts. Safe for use by many threads.
///
/// Facts only gain fields: one that an older program stored lacks some (they are empty, 0 or false then), one that a
/// newer program stored has some that nobody knows (they are passed over). Facts of unknown types are passed over too.
public final class FactLog implements AutoCloseable {
    private final Database database;
    private final Clock clock;
    private final Map<String, Class<? extends Fact>> types;
    private final AtomicBoolean hasNew = new AtomicBoolean();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final Tasks tasks = new Tasks();

    /// @param types every record type that may be stored; its simple name is its name in the store
    public FactLog(Database database, Clock clock, List<Class<? extends Fact>> types) {
        this.database = database;
        this.clock = clock;
        this.types = types.stream().collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
        database.onChange(this::wake);
    }

    private void wake() {
        if (hasNew.getAndSet(false)) {
            deliveries.forEach(Delivery::wake);
        }
    }

    /// Stores facts, all or none; durable when it returns.
    public void append(Fact... facts) {
        // Writing the text is work for the caller's thread, not for the one that writes for all.
        var rows = rows(facts);
        database.write(handle -> insert(handle, rows));
    }

    /// Stores facts in the same transaction as the change of state they tell of.
    public void append(Handle handle, Fact... facts) {
        insert(handle, rows(facts));
    }

    private record Row(String type, String subject, String body) {}

    private List<Row> rows(Fact... facts) {
        return Stream.of(facts).map(this::row).toList();
    }

    private Row row(Fact fact) {
        var type = fact.getClass().getSimpleName();
        if (types.get(type) != fact.getClass()) {
            throw new IllegalArgumentException("the fact " + type + " is not among the types of this log");
        }
        return new Row(type, fact.subject(), Json.write(fact));
    }

    private int insert(Handle handle, List<Row> rows) {
        long now = clock.now().toEpochMilli();
        for (var row : rows) {
            handle.execute(
                    "insert into facts (at, type, subject, body) values (?, ?, ?, ?)",
                    now,
                    row.type(),
                    row.subject(),
                    row.body());
        }
        hasNew.set(true);
        return rows.size();
    }

    /// What was stored after a position, oldest first.
    public List<Entry> read(long after, int limit) {
        return read(List.of(), after, limit);
    }

    /// @param wanted types; empty for all
    List<Entry> read(List<Class<? extends Fact>> wanted, long after, int limit) {
        var names = wanted.isEmpty()
                ? List.copyOf(types.keySet())
                : wanted.stream().map(Class::getSimpleName).toList();
        return database.read(handle -> handle.createQuery("select position, at, type, body from facts"
                        + " where position > :after and type in (<types>) order by position limit :limit")
                .bind("after", after)
                .bindList("types", names)
                .bind("limit", limit)
                .map(this::entry)
                .list());
    }

    private Entry entry(RowView row) {
        var type = requireNonNull(types.get(row.getColumn("type", String.class)), "read only known types");
        return new Entry(
                row.getColumn("position", Long.class),
                row.getColumn("at", Instant.class),
                Json.read(row.getColumn("body", String.class), type));
    }

    /// All facts of one type, oldest first.
    public <F extends Fact> List<F> all(Class<F> type) {
        return database.read(handle -> handle.createQuery("select body from facts where type = :type order by position")
                .bind("type", type.getSimpleName())
                .mapTo(String.class)
                .map(body -> Json.read(body, type))
                .list());
    }

    /// When a fact of one type about a subject was stored last; empty when there is none.
    public Optional<Instant> last(Class<? extends Fact> type, String subject) {
        return database.read(
                handle -> handle.createQuery("select max(at) from facts where type = :type and subject = :subject")
                        .bind("type", type.getSimpleName())
                        .bind("subject", subject)
                        .mapTo(Instant.class)
                        .findOne());
    }

    /// Calls back with each fact of one type after a position, once and oldest first, and with its own position. Memory
    /// does not grow with them.
    public <F extends Fact> void each(Class<F> type, long after, ObjLongConsumer<F> heard) {
        // A read that is repeated goes on behind the last one.
        var heardTo = new AtomicLong(after);
        database.<Integer>read(handle -> {
            try (var rows = handle.createQuery("select position, body from facts"
                            + " where type = :type and position > :after order by position")
                    .bind("type", type.getSimpleName())
                    .bind("after", heardTo.get())
                    .map((row, context) -> new Body(row.getLong(1), row.getString(2)))
                    .iterator()) {
                while (rows.hasNext()) {
                    var row = rows.next();
                    heard.accept(Json.read(row.text(), type), row.position());
                    heardTo.set(row.position());
                }
            }
            return 0;
        });
    }

    /// A number that tells the fact at a position from any other; empty when there is none.
    public Optional<Long> fingerprint(long position) {
        return database.read(handle -> handle.createQuery("select type, at, body from facts where position = :position")
                .bind("position", position)
                .map((row, context) -> fingerprint(row.getString(1) + row.getLong(2) + row.getString(3)))
                .findOne());
    }

    private static long fingerprint(String text) {
        var checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return checksum.getValue();
    }

    private record Body(long position, String text) {}

    /// Calls back with each entry, at least once and in order, from where this subscriber was when it last returned,
    /// and the first time from now on. An entry that a subscriber throws at comes again after a pause, which grows
    /// while it goes on throwing; what follows it waits.
    public void subscribe(Subscription wanted, Subscriber subscriber) {
        long end = end();
        if (wanted.first().isEmpty() && cursor(wanted.name()).isEmpty()) {
            // At once: what is stored from here on is heard, whatever becomes of us before.
            moveCursor(wanted.name(), end);
        }
        var delivery = new Delivery(this, wanted, end, subscriber, tasks);
        deliveries.add(delivery);
        delivery.wake();
    }

    /// The position of the newest fact; 0 when there is none.
    long end() {
        return database.read(handle -> handle.createQuery("select coalesce(max(position), 0) from facts")
                .mapTo(Long.class)
                .one());
    }

    /// Where a subscriber is: the position of the last entry that it heard.
    Optional<Long> cursor(String name) {
        return database.read(handle -> handle.createQuery("select position from fact_cursors where name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne());
    }

    void moveCursor(String name, long position) {
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

    /// Ends the subscriptions; what a subscriber is in the middle of comes again the next time.
    @Override
    public void close() {
        deliveries.forEach(Delivery::close);
        tasks.close();
    }
}
