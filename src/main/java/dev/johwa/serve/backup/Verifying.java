package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a backup to its last byte.
final class Verifying {
    private static final int MOST_TOLD = 20;

    private final Place place;
    private final Seal seal;
    private final Progress progress;

    Verifying(Place place, Seal seal, Progress progress) {
        this.place = place;
        this.seal = seal;
        this.progress = progress;
    }

    Manifest.Head verify(Optional<String> name) {
        var manifests = new Manifests(place);
        var written = manifests.require(name);
        var body = manifests.body(written, seal);
        var chunks = new Chunks(place, seal, digest -> digest);
        var problems = new ArrayList<Problem>();
        Set<String> seen = new HashSet<>();
        for (var entry : body.entries()) {
            verify(entry, chunks, seen, problems);
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(List.copyOf(problems.subList(0, Math.min(MOST_TOLD, problems.size()))));
        }
        progress.say(written.head().name() + " is whole: " + seen.size() + " pieces read");
        return written.head();
    }

    private static void verify(Entry entry, Chunks chunks, Set<String> seen, List<Problem> problems) {
        for (var digest : entry.chunks()) {
            if (!seen.add(digest)) {
                continue;
            }
            try {
                chunks.get(digest);
            } catch (ProblemException e) {
                problems.add(Problems.of(entry, e).problem());
                if (e.problem().code().equals(Problems.DAMAGED)) {
                    chunks.discard(digest);
                }
            }
        }
    }
}
