package dev.johwa.serve.backup;

import dev.johwa.source.git.Progress;

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
        if (manifests.heads().size() < manifests.names().size()) {
            progress.say("a manifest in " + place + " cannot be read; no piece is deleted until it is gone");
            return;
        }
        var needed = manifests.sums();
        new Chunks(place, Seal.NONE, digest -> digest, needed).keepOnly(needed.keySet());
    }
}
