package dev.johwa.serve.router.proxy;

import dev.johwa.lib.task.Tasks;
import dev.johwa.lib.text.Hmac;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/// Which passwords hold. To compare one with its hash takes a processor for long, and on purpose: it is done beside the
/// event loops, one after another, and remembered under a key of this process. Who guesses has a few turns at a time,
/// and nobody else waits for them for long. Safe for use by many threads.
public final class Passwords {
    private static final int MOST_REMEMBERED = 10_000;
    private static final int MOST_OPEN = 64;
    private static final int MOST_OPEN_OF_ONE = 4;
    /// Compared with where there is no such name, so that nobody learns which names there are.
    private static final String NOBODY = "$2a$10$abcdefghijklmnopqrstuuDYIBNRCgWfBzDrCXyUKu7zXh8yvqO4i";

    private final Tasks tasks;
    private final byte[] key = new byte[32];
    private final ReentrantLock oneAfterAnother = new ReentrantLock(true);
    private final Map<String, Boolean> good = remembered();
    private final Map<String, Boolean> bad = remembered();
    private final Map<String, List<Runnable>> open = new HashMap<>();
    private final Map<String, Integer> openOf = new HashMap<>();

    public Passwords(Tasks tasks) {
        this.tasks = tasks;
        new SecureRandom().nextBytes(key);
    }

    private static Map<String, Boolean> remembered() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }

    /// What somebody showed, and what it is compared with.
    ///
    /// @param hash by bcrypt; empty where there is no such name
    /// @param address of who shows it
    record Shown(String name, String password, String hash, String address) {
        /// A password is nothing to be printed.
        @Override
        public String toString() {
            return "Shown[" + name + "]";
        }
    }

    enum Known {
        GOOD,
        BAD,
        OPEN
    }

    synchronized Known look(Shown shown) {
        var id = id(shown);
        if (good.containsKey(id)) {
            return Known.GOOD;
        }
        return bad.containsKey(id) ? Known.BAD : Known.OPEN;
    }

    /// A hash that changes makes another one of it.
    private String id(Shown shown) {
        var text = String.join("\n", shown.hash(), shown.name(), shown.password());
        return Base64.getEncoder().encodeToString(Hmac.of(key, text));
    }

    /// Compares it beside the caller.
    ///
    /// @param then called once it is known, at once or later
    /// @return false when too many are compared already
    boolean compare(Shown shown, Runnable then) {
        var id = id(shown);
        synchronized (this) {
            var waiting = open.get(id);
            if (waiting != null) {
                waiting.add(then);
                return true;
            }
            int ofThem = openOf.getOrDefault(shown.address(), 0);
            if (open.size() >= MOST_OPEN || ofThem >= MOST_OPEN_OF_ONE) {
                return false;
            }
            openOf.put(shown.address(), ofThem + 1);
            open.put(id, new ArrayList<>(List.of(then)));
        }
        var _ = tasks.run("password", () -> compare(shown, id));
        return true;
    }

    private void compare(Shown shown, String id) {
        boolean holds = false;
        oneAfterAnother.lock();
        try {
            var hash = shown.hash().isEmpty() ? NOBODY : shown.hash();
            holds = OpenBSDBCrypt.checkPassword(hash, shown.password().toCharArray())
                    && !shown.hash().isEmpty();
        } catch (IllegalArgumentException e) {
            // Longer than any password can be.
        } finally {
            oneAfterAnother.unlock();
            tell(shown, id, holds);
        }
    }

    private void tell(Shown shown, String id, boolean holds) {
        List<Runnable> waiting;
        synchronized (this) {
            (holds ? good : bad).put(id, holds);
            openOf.computeIfPresent(shown.address(), (address, count) -> count == 1 ? null : count - 1);
            waiting = open.remove(id);
        }
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }
}
