package dev.johwa.serve.backup;

import dev.johwa.source.git.Progress;

/// Lets the oldest backups go, and the pieces that no backup needs. Where a manifest cannot be read nobody knows what
/// it
/// needs, and where another machine makes a backup nobody knows which it counts on: then no piece goes.
final class Thinning {
    private final Place place;
    private final Begun begun;
    private final Progress progress;

    Thinning(Place place, Begun begun, Progress progress) {
        this.place = place;
        this.begun = begun;
        this.progress = progress;
    }

    void keep(int newest) {
        var manifests = new Manifests(place);
        var names = manifests.names();
        if (names.size() > newest) {
            // Manifests first: a backup whose pieces are gone would look whole.
            names.subList(newest, names.size()).forEach(manifests::delete);
            sweep(new Chunks(place, Seal.NONE, digest -> digest, manifests.sums()), "");
        }
    }

    /// Deletes the pieces that no whole backup needs.
    ///
    /// @param own name of the backup that we make ourselves
    /// @return whether that could be told
    boolean sweep(Chunks chunks, String own) {
        var manifests = new Manifests(place);
        if (manifests.heads().size() < manifests.names().size()) {
            progress.say("a manifest in " + place + " cannot be read; no piece is deleted until it is gone");
            return false;
        }
        var elsewhere = begun.elsewhere(own);
        if (elsewhere.isPresent()) {
            progress.say("the backup " + elsewhere.get() + " was begun in " + place
                    + " by another machine and is not whole; no piece is deleted meanwhile");
            return false;
        }
        int deleted = chunks.keepOnly(manifests.sums().keySet());
        if (deleted > 0) {
            progress.say("taken away that no backup needs: " + deleted + (deleted == 1 ? " piece" : " pieces"));
        }
        return true;
    }
}
