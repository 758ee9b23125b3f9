package dev.johwa.door.web;

import dev.johwa.source.git.Commit;
import dev.johwa.source.git.Repositories;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What commits say in their first line: of the last so many that were asked for, since that never changes and pages
/// that are open ask again and again. Safe for use by many threads.
final class Subjects {
    private static final int KEPT = 2_000;

    private final Repositories repositories;
    private final Map<String, String> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };

    Subjects(Repositories repositories) {
        this.repositories = repositories;
    }

    /// Empty when the commit is not here.
    synchronized String of(String project, String commit) {
        var before = known.get(project + " " + commit);
        if (before != null) {
            return before;
        }
        var found = repositories.exists(project)
                ? repositories.resolve(project, commit).map(Commit::subject)
                : Optional.<String>empty();
        found.ifPresent(subject -> known.put(project + " " + commit, subject));
        return found.orElse("");
    }
}
