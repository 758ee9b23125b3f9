package dev.johwa.build.registry;

import dev.johwa.build.registry.Uploads.Bytes;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A blob on its way in: a file that grows, and the hash of what is in it so far. The file alone is enough to go on
/// after a restart. One writes at a time, who comes meanwhile is refused.
final class Upload {
    private static final int PIECE = 256 << 10;
    private static final long LOOK_EACH = 64L << 20;

    private final Path file;
    private final ReentrantLock one = new ReentrantLock();
    /// Of all bytes of the file; null when it must be read for that.
    private @Nullable MessageDigest hash;
    private volatile long size;
    private volatile boolean isOver;

    /// @param file that is there
    Upload(Path file) throws IOException {
        this.file = file;
        this.size = Files.size(file);
        this.hash = size == 0 ? Digest.sha256() : null;
    }

    /// What stands in the way of more bytes.
    ///
    /// @param most that the upload may have
    /// @param tooMuch is thrown when there are more
    /// @param room throws when the disk should take nothing more in
    record Bounds(long most, Problem tooMuch, Runnable room) {}

    /// Bytes that are here.
    long size() {
        return size;
    }

    private void take() {
        if (!one.tryLock()) {
            throw Refusal.BLOB_UPLOAD_INVALID
                    .problem("another request writes to this upload")
                    .hint("send one chunk after the other")
                    .exception();
        }
        if (isOver) {
            one.unlock();
            throw Refusal.BLOB_UPLOAD_UNKNOWN.problem("this upload is finished").exception();
        }
    }

    /// Nothing more comes: its file is what it is.
    void end() {
        take();
        isOver = true;
        one.unlock();
    }

    /// Adds a chunk. When the client goes in the middle of it, what came of it stays, and it can go on from there.
    ///
    /// @return bytes that are here now
    long append(Bytes chunk, Bounds bounds) throws IOException {
        take();
        try {
            if (chunk.start().isPresent() && chunk.start().getAsLong() != size) {
                throw Refusal.RANGE_INVALID
                        .problem("the chunk begins at byte " + chunk.start().getAsLong() + ", and " + size
                                + " bytes are here")
                        .hint("ask for the upload by GET and go on from there")
                        .exception();
            }
            long before = size;
            write(chunk.input(), bounds);
            if (chunk.length().isPresent() && chunk.length().getAsLong() != size - before) {
                long came = size - before;
                cutTo(before);
                throw Refusal.SIZE_INVALID
                        .problem("the chunk has " + came + " bytes and says "
                                + chunk.length().getAsLong())
                        .exception();
            }
            return size;
        } finally {
            one.unlock();
        }
    }

    private void write(InputStream bytes, Bounds bounds) throws IOException {
        var piece = new byte[PIECE];
        long looked = size;
        try (var out = open()) {
            Filled filled;
            do {
                filled = Filled.of(bytes, piece);
                if (size + filled.count() > bounds.most()) {
                    throw bounds.tooMuch().exception();
                }
                add(out, piece, filled.count());
                if (filled.cut() != null) {
                    throw filled.cut();
                }
                if (size - looked > LOOK_EACH) {
                    looked = size;
                    bounds.room().run();
                }
            } while (filled.count() == PIECE);
        }
    }

    private OutputStream open() {
        try {
            return Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void add(OutputStream out, byte[] piece, int count) throws IOException {
        try {
            out.write(piece, 0, count);
        } catch (IOException e) {
            // Some of it may have been written.
            hash = null;
            size = Files.size(file);
            throw unwritable(e);
        }
        size += count;
        if (hash != null) {
            hash.update(piece, 0, count);
        }
    }

    private void cutTo(long length) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        size = length;
        hash = length == 0 ? Digest.sha256() : null;
    }

    /// The SHA-256 of all of it, when its bytes are those of the digest. It is over.
    ///
    /// @throws ProblemException DIGEST_INVALID
    Digest prove(ContentDigest expected) throws IOException {
        var sha256 = Digest.of(hash == null ? read(Digest.sha256()) : hash);
        var found =
                expected.isSha512() ? ContentDigest.of(read(ContentDigest.sha512()), true) : ContentDigest.of(sha256);
        if (!found.equals(expected)) {
            throw Refusal.DIGEST_INVALID
                    .problem("the " + size + " bytes that came have the digest " + found + ", not " + expected)
                    .hint("push again; nothing was kept")
                    .exception();
        }
        return sha256;
    }

    private MessageDigest read(MessageDigest into) throws IOException {
        var piece = new byte[PIECE];
        try (var input = Files.newInputStream(file)) {
            for (int read = input.read(piece); read >= 0; read = input.read(piece)) {
                into.update(piece, 0, read);
            }
        }
        return into;
    }

    Path file() {
        return file;
    }

    static ProblemException unwritable(IOException e) {
        return new ProblemException(
                Problem.resource("upload.unwritable", "the upload cannot be written: " + e.getMessage())
                        .hint("look at the free space of the data folder's disk; `johwa doctor` shows it"),
                e);
    }
}
