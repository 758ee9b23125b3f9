package dev.johwa.serve.backup;

import dev.johwa.source.git.Progress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Lets the oldest backups go, and the pieces that no other needs. Where a manifest cannot be read nobody knows what it
/// needs, so that no piece goes.
final class Thinning {
    private final Place place;
    private final Progress progress;

    Thinning(Place place, Progress progress) {
        this.place = place;
        this.progress = progress;
    }

    void keep(int newest) {
        var manifests = new Manifests(place);
        var names = manifests.names();
        if (names.size() <= newest) {
            return;
        }
        // Manifests first: a backup whose pieces are gone would look whole.
        names.subList(newest, names.size()).forEach(manifests::delete);
        var left = manifests.heads();
        if (left.size() < manifests.names().size()) {
            progress.say("a manifest in " + place + " cannot be read; no piece is deleted until it is gone");
            return;
        }
        new Chunks(place, Seal.NONE, digest -> digest).keepOnly(pieces(left));
    }

    private static Set<String> pieces(List<Manifest.Head> heads) {
        var pieces = new HashSet<String>();
        heads.forEach(head -> pieces.addAll(head.pieces()));
        return pieces;
    }
}
