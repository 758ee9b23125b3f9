package dev.johwa.serve.backup;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.ProblemException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Pieces of files at a place, each once, named by the digest of its bytes; compressed where that pays, and closed by a
/// seal. The ending of a name says how to read it by hand. Safe for use by many threads.
final class Chunks {
    /// Of all pieces of a file but the last.
    static final int SIZE = 4 << 20;

    private static final String FOLDER = "objects/";

    private final Place place;
    private final Seal seal;
    private final Names names;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final Map<String, String> sums;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong writtenBytes = new AtomicLong();

    /// Looks what is there.
    ///
    /// @param sums of what lies there, by pieces that whole backups need
    Chunks(Place place, Seal seal, Names names, Map<String, String> sums) {
        this.sums = new ConcurrentHashMap<>(sums);
        this.place = place;
        this.seal = seal;
        this.names = names;
        place.list("objects").keySet().forEach(path -> known.put(pieceAt(path), path));
    }

    private static String pieceAt(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\..*", "");
    }

    static String digest(byte[] bytes) {
        var hash = Digest.sha256();
        hash.update(bytes);
        return Digest.of(hash).hex();
    }

    boolean has(String digest) {
        return isWhole(names.of(digest));
    }

    private boolean isWhole(String piece) {
        return known.containsKey(piece) && sums.containsKey(piece);
    }

    /// Keeps a piece unless it is there, and reads back what was written.
    void put(String digest, byte[] bytes) {
        var piece = names.of(digest);
        if (isWhole(piece) || wasLeft(piece, digest)) {
            return;
        }
        var smaller = Gzip.tried(bytes);
        var closed = seal.close(smaller.orElse(bytes));
        var path = path(piece) + (smaller.isPresent() ? Gzip.ENDING : "") + seal.ending();
        place.write(path, closed);
        if (!Arrays.equals(place.read(path), closed)) {
            place.delete(path);
            throw Problems.damaged(path, place);
        }
        known.put(piece, path);
        sums.put(piece, digest(closed));
        written.incrementAndGet();
        writtenBytes.addAndGet(closed.length);
    }

    /// Whether a backup that was cut off left it, and it is as it should be.
    private boolean wasLeft(String piece, String digest) {
        var path = known.get(piece);
        if (path == null || !seal.opens()) {
            return false;
        }
        try {
            var _ = get(digest);
            sums.put(piece, digest(place.read(path)));
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static String path(String piece) {
        return FOLDER + piece.substring(0, 2) + "/" + piece;
    }

    /// @throws ProblemException when it is not there, or no longer what was written
    byte[] get(String digest) {
        var piece = names.of(digest);
        var path = known.getOrDefault(piece, path(piece));
        return seal.open(place.read(path))
                .flatMap(bytes -> path.contains(Gzip.ENDING) ? Gzip.open(bytes) : Optional.of(bytes))
                .filter(bytes -> digest(bytes).equals(digest))
                .orElseThrow(() -> Problems.damaged(path, place));
    }

    /// Reads a piece, which takes no key. One that is damaged is taken away: the next backup writes it anew.
    ///
    /// @throws ProblemException when it is not there, or no longer what was written
    void check(String piece) {
        var path = known.getOrDefault(piece, path(piece));
        if (!digest(place.read(path)).equals(sums.get(piece))) {
            place.delete(path);
            known.remove(piece);
            throw Problems.damaged(path, place);
        }
    }

    /// The sum of a piece as it lies there.
    String sum(String piece) {
        return sums.getOrDefault(piece, "");
    }

    /// Deletes all others.
    ///
    /// @return how many
    int keepOnly(Set<String> pieces) {
        int deleted = 0;
        for (var each : Map.copyOf(known).entrySet()) {
            if (!pieces.contains(each.getKey())) {
                place.delete(each.getValue());
                known.remove(each.getKey());
                deleted++;
            }
        }
        return deleted;
    }

    String piece(String digest) {
        return names.of(digest);
    }

    /// How many were not there before.
    long written() {
        return written.get();
    }

    long writtenBytes() {
        return writtenBytes.get();
    }

    /// The name of a piece: its digest; where it is encrypted one that tells nothing to those who have no key.
    @FunctionalInterface
    interface Names {
        String of(String digest);
    }
}
