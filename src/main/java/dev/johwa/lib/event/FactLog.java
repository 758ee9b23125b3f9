package dev.johwa.lib.event;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The append-only log of facts. Safe for use by many threads.
public final class FactLog implements AutoCloseable {

    /// @param types every record type that may be stored; its simple name is its name in the store
    public FactLog(Database database, Clock clock, List<Class<? extends Fact>> types) {
        throw new UnsupportedOperationException();
    }

    /// Stores facts; durable when it returns.
    public void append(Fact... facts) {
        throw new UnsupportedOperationException();
    }

    /// Stores facts in the same transaction as the change of state they tell of.
    public void append(Handle handle, Fact... facts) {
        throw new UnsupportedOperationException();
    }

    /// What was stored after a position, oldest first.
    public List<Entry> read(long after, int limit) {
        throw new UnsupportedOperationException();
    }

    /// All facts of one type, oldest first.
    public <F extends Fact> List<F> all(Class<F> type) {
        throw new UnsupportedOperationException();
    }

    /// Calls back with each entry, at least once and in order, from where this subscriber was when it last
    /// returned. The cursor is kept under the name.
    public void subscribe(String name, Subscriber subscriber) {
        throw new UnsupportedOperationException();
    }

    /// Hears of facts; idempotent, since it may hear one twice.
    public interface Subscriber {
        void hear(Entry entry);
    }

    @Override
    public void close() {}
}
