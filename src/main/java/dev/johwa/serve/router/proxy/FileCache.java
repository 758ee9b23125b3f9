package dev.johwa.serve.router.proxy;

import dev.johwa.lib.http.AcceptedCodings;
import dev.johwa.serve.router.RoutingTable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Remembers answers that were asked for lately, within a budget. A file is looked at again after a second, since sites
/// may lie in folders that change. Used by one event loop.
final class FileCache {
    private static final int MOST_SPELLINGS = 64;

    private final long budget;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, AcceptedCodings> spellings = new HashMap<>();
    private long weight;

    FileCache(long budget) {
        this.budget = budget;
    }

    /// What decides on the answer.
    record Key(RoutingTable.Files site, String path, AcceptedCodings accepted, boolean isNavigation, Visit visit) {
        /// Strangers choose how long a path is, and what is missing has an answer too.
        private long weight() {
            return 2L * (path.length() + visit.asked().path().length());
        }

        /// Another path under the address that was asked for.
        Key at(String other, Visit how) {
            return new Key(site, other, accepted, isNavigation, how);
        }
    }

    private record Entry(SiteAnswer answer, long checkedAt) {}

    /// The same few spellings come again and again.
    AcceptedCodings encodings(String accepted) {
        var known = spellings.get(accepted);
        if (known != null) {
            return known;
        }
        if (spellings.size() >= MOST_SPELLINGS) {
            spellings.clear();
        }
        var read = AcceptedCodings.of(accepted);
        spellings.put(accepted, read);
        return read;
    }

    @Nullable
    SiteAnswer get(Key key, long second) {
        var entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        if (entry.checkedAt() == second) {
            return entry.answer();
        }
        if (entry.answer().isUnchanged()) {
            entries.put(key, new Entry(entry.answer(), second));
            return entry.answer();
        }
        entries.remove(key);
        weight -= weight(key, entry.answer());
        return null;
    }

    void put(Key key, SiteAnswer answer, long second) {
        var before = entries.put(key, new Entry(answer, second));
        weight += weight(key, answer) - (before == null ? 0 : weight(key, before.answer()));
        var oldest = entries.entrySet().iterator();
        while (weight > budget && oldest.hasNext()) {
            var gone = oldest.next();
            weight -= weight(gone.getKey(), gone.getValue().answer());
            oldest.remove();
        }
    }

    private static long weight(Key key, SiteAnswer answer) {
        return key.weight() + answer.weight();
    }
}
