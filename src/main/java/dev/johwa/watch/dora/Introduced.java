package dev.johwa.watch.dora;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which deployment brought which commit; found by a full commit id, or by a beginning of it that has 7 digits or more.
final class Introduced {
    private static final int SHORTEST = 7;

    private final Map<String, Link> byBeginning = new HashMap<>();

    private record Link(String commit, Row row, @Nullable Link next) {}

    void add(String commit, Row row) {
        if (commit.length() >= SHORTEST) {
            byBeginning.merge(
                    commit.substring(0, SHORTEST),
                    new Link(commit, row, null),
                    (old, added) -> new Link(commit, row, old));
        }
    }

    boolean contains(String commit) {
        return find(commit).isPresent();
    }

    /// Empty too when several commits begin so: none of them is named.
    Optional<Row> find(String beginning) {
        if (beginning.length() < SHORTEST) {
            return Optional.empty();
        }
        Row found = null;
        for (var link = byBeginning.get(beginning.substring(0, SHORTEST)); link != null; link = link.next) {
            if (link.commit.startsWith(beginning)) {
                if (found != null) {
                    return Optional.empty();
                }
                found = link.row;
            }
        }
        return Optional.ofNullable(found);
    }
}
