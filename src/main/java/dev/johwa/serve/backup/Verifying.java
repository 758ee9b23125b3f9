package dev.johwa.serve.backup;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.backup.Manifests.Written;
import dev.johwa.source.git.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a backup to its last byte; that takes no key.
final class Verifying {
    private static final int MOST_TOLD = 20;

    private final Place place;
    private final Progress progress;

    Verifying(Place place, Progress progress) {
        this.place = place;
        this.progress = progress;
    }

    Manifest.Head verify(Optional<String> name) {
        var manifests = new Manifests(place);
        var written = manifests.require(name);
        var head = written.head();
        var entries = entries(manifests, written);
        var chunks = new Chunks(place, Seal.NONE, digest -> digest, head.pieces());
        var problems = new ArrayList<Problem>();
        for (var piece : head.pieces().keySet()) {
            try {
                chunks.check(piece);
            } catch (ProblemException e) {
                var entry = Optional.ofNullable(entries.get(piece));
                problems.add(entry.map(known -> Problems.of(known, e)).orElse(e).problem());
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(List.copyOf(problems.subList(0, Math.min(MOST_TOLD, problems.size()))));
        }
        progress.say(head.name() + " is whole: " + head.pieces().size() + " pieces read");
        return head;
    }

    /// To which file a piece belongs; of an encrypted backup nobody can tell.
    private static Map<String, Entry> entries(Manifests manifests, Written written) {
        var entries = new HashMap<String, Entry>();
        if (written.head().sealed().isEmpty()) {
            for (var entry : manifests.body(written, Seal.NONE).entries()) {
                entry.chunks().forEach(digest -> entries.put(digest, entry));
            }
        }
        return entries;
    }
}
