package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;

/// That one server works on the state and no other: a lock of its connection, and a row that tells whose turn it is.
/// Used by one thread.
final class Ownership {
    /// Ours alone: others never see it.
    static final String TABLE = "johwa_server";

    static final String LOST_TO_ANOTHER = "db.lost";
    static final String BEHIND = "db.behind";

    /// A tenth of a second each, for who is about to end.
    private static final int MOST_TRIES = 30;
    private static final String LOCK = "hashtext('johwa server'), hashtext(current_schema())";

    private final String id;
    private final String where;
    private long turn;
    private long confirmed;

    /// @param id which nobody else has
    /// @param where this server is, for a person
    Ownership(String id, String where) {
        this.id = id;
        this.where = where;
    }

    /// Where this is, for somebody who finds the state taken.
    static String thisProcess() {
        String machine;
        try {
            machine = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            machine = "this machine";
        }
        return "process " + ProcessHandle.current().pid() + " on " + machine;
    }

    /// By which connections of ours are known.
    String name() {
        return "johwa " + id;
    }

    static void make(Handle handle) {
        handle.execute("create table if not exists " + TABLE + " (id integer primary key, owner text not null,"
                + " turn bigint not null, place text not null, since bigint not null, use text not null)");
    }

    /// Keeps others off as long as the connection lasts; waits a moment for who is about to end.
    ///
    /// @throws ProblemException when somebody else works on it
    void lock(Handle handle) {
        make(handle);
        for (int i = 1; !tryLock(handle); i++) {
            if (i > MOST_TRIES) {
                throw Problem.user("db.taken", "another server works on this state" + other(handle))
                        .hint(
                                "two must not: end that one (`johwa down`), or give this one another database or ?schema=")
                        .exception();
            }
            pause(handle);
        }
    }

    /// The server of the database does the waiting.
    private static void pause(Handle handle) {
        handle.execute("select pg_sleep(0.1)");
    }

    private static boolean tryLock(Handle handle) {
        return handle.createQuery("select pg_try_advisory_lock(" + LOCK + ")")
                .mapTo(Boolean.class)
                .one();
    }

    private static String other(Handle handle) {
        return handle.createQuery("select place from " + TABLE + " where id = 1")
                .mapTo(String.class)
                .findOne()
                .map(place -> ": " + place)
                .orElse("");
    }

    /// From now on it is ours; whoever had it before finds out before they write.
    void take(Handle handle) {
        handle.execute(
                "insert into " + TABLE + " (id, owner, turn, place, since, use) values (1, ?, 0, ?,"
                        + " cast(extract(epoch from now()) * 1000 as bigint), 'here')"
                        + " on conflict (id) do update set owner = excluded.owner, turn = 0, place = excluded.place,"
                        + " since = excluded.since, use = 'here'",
                id,
                where);
    }

    /// The state is no longer the truth here: it was moved away, or is on its way here.
    static void leave(Handle handle) {
        handle.execute("insert into " + TABLE + " (id, owner, turn, place, since, use) values (1, '', 0, '', 0, 'left')"
                + " on conflict (id) do update set owner = '', use = 'left'");
    }

    /// Whether what is here is nobody's truth.
    static boolean isLeft(Handle handle) {
        make(handle);
        return handle.createQuery("select count(*) from " + TABLE + " where use = 'left'")
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    /// Begins the next turn, in its transaction.
    ///
    /// @throws ProblemException when it is not ours any more
    void mark(Handle handle) {
        turn++;
        if (handle.execute("update " + TABLE + " set turn = ? where owner = ?", turn, id) != 1) {
            throw taken(handle);
        }
    }

    /// The turn that was begun last is durable, as far as the server of the database says.
    void confirm() {
        confirmed = turn;
    }

    private static ProblemException taken(Handle handle) {
        return Problem.resource(
                        LOST_TO_ANOTHER,
                        "another server has taken the state over" + other(handle) + "; nothing was written")
                .hint("this one ends: two must not work on the same state")
                .exception();
    }

    /// Takes the lock again after a connection was lost, from a dead connection of ours where it has it still.
    ///
    /// @return whether the last turn landed
    /// @throws ProblemException when another server has the state, or what was confirmed is not there any more
    boolean again(Handle handle) {
        for (int i = 1; !tryLock(handle); i++) {
            requireMine(handle);
            handle.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name = ? and usename = current_user and pid <> pg_backend_pid()",
                    name());
            if (i > MOST_TRIES) {
                throw taken(handle);
            }
            pause(handle);
        }
        long found = requireMine(handle);
        if (found < confirmed) {
            throw behind(confirmed - found);
        }
        return found == turn;
    }

    /// A copy that took over from the server of the database had not heard of all. What we know may not be so there.
    private static ProblemException behind(long turns) {
        return Problem.resource(
                        BEHIND, "the database came back without the last " + turns + " writes that it had confirmed")
                .hint("this one ends; started again, it goes on from what is there. Where the copy is told of each"
                        + " write before it is confirmed (synchronous_standby_names), none is lost")
                .exception();
    }

    private long requireMine(Handle handle) {
        return handle.createQuery("select turn from " + TABLE + " where owner = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> taken(handle));
    }
}
