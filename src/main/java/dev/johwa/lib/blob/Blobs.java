package dev.johwa.lib.blob;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of blobs, `sha256/ab/abcdef…`. Writing is atomic (a temporary file, fsync, rename) and a blob that is
/// there already is not written again. Safe for use by many threads and processes.
///
/// A blob that proves to be damaged when it is read is moved aside to `damaged/`, so that the next one to bring its
/// bytes stores it anew.
public final class Blobs {
    /// Of what is handed over at once; what is small needs no memory outside the heap.
    private static final long PIECE = 1 << 20;

    private static final long SMALL = 64 << 10;
    private final Path folder;
    private final Path incoming;
    private final Path damaged;
    /// Storing is a reader, deleting the writer: so nobody is told that a blob is there while it goes.
    private final ReadWriteLock keeping = new ReentrantReadWriteLock();

    public Blobs(Path folder) {
        this.folder = folder.resolve("sha256");
        this.incoming = folder.resolve("incoming");
        this.damaged = folder.resolve("damaged");
        try {
            Files.createDirectories(this.folder);
            Files.createDirectories(incoming);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /// What came of storing.
    ///
    /// @param size in bytes
    /// @param isNew whether its bytes were not there before
    public record Stored(Digest digest, long size, boolean isNew) {}

    public Digest put(byte[] bytes) {
        return put(out -> out.write(bytes));
    }

    /// Keeps what is read from the stream, in constant memory.
    public Digest put(InputStream bytes) {
        return put(bytes::transferTo);
    }

    /// Keeps what the writer writes, in constant memory.
    public Digest put(Writer writer) {
        return store(writer).digest();
    }

    /// Keeps what the writer writes, in constant memory. When the writer fails or the disk is full, nothing is left.
    /// A blob that was there counts as stored now.
    public Stored store(Writer writer) {
        Path temporary = null;
        try {
            temporary = Files.createTempFile(incoming, "blob", "");
            var hash = Digest.sha256();
            try (var file = Files.newOutputStream(temporary);
                    var out = new DigestOutputStream(new BufferedOutputStream(file, 1 << 16), hash)) {
                writer.write(out);
            }
            return keep(temporary, Digest.of(hash));
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            delete(temporary);
        }
    }

    /// Keeps a file that is whole, by moving it: it lies on the same disk, and whoever wrote it has its digest. When
    /// the
    /// blob was there already, the file is deleted. In any case the blob counts as stored at that time.
    public Stored take(Path file, Digest digest, Instant at) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(at));
            return keep(file, digest);
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            delete(file);
        }
    }

    private Stored keep(Path temporary, Digest digest) throws IOException {
        var place = path(digest);
        var shelf = requireNonNull(place.getParent());
        long size = Files.size(temporary);
        keeping.readLock().lock();
        try {
            if (Files.exists(place) && Files.size(place) == size) {
                Files.setLastModifiedTime(place, Files.getLastModifiedTime(temporary));
                return new Stored(digest, size, false);
            }
            sync(temporary);
            Files.createDirectories(shelf);
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(shelf);
            return new Stored(digest, size, true);
        } finally {
            keeping.readLock().unlock();
        }
    }

    /// To the disk itself; of a folder, the names in it.
    private static void sync(Path fileOrFolder) throws IOException {
        try (var channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Reads a blob; reading past its last byte throws a problem when the bytes are not those of the digest.
    public InputStream open(Digest digest) {
        try {
            return new CheckedInput(Files.newInputStream(path(digest)), digest, () -> setAside(digest));
        } catch (NoSuchFileException e) {
            throw new ProblemException(missing(digest), e);
        } catch (IOException e) {
            throw unreadable(digest, e);
        }
    }

    /// Hands over a part of a blob, piece by piece, without a copy of ours. It is for those who check by themselves
    /// what
    /// they get: the digest is of all of it, so nothing is checked here.
    ///
    /// @throws IOException what the taker throws
    public void hand(Digest digest, long start, long length, Taker taker) throws IOException {
        try (var channel = open(digest, start);
                var arena = Arena.ofShared()) {
            var piece = length <= SMALL
                    ? ByteBuffer.allocate((int) length)
                    : arena.allocate(Math.min(PIECE, length)).asByteBuffer();
            for (long left = length; left > 0; left -= piece.limit()) {
                piece.clear().limit((int) Math.min(piece.capacity(), left));
                while (piece.hasRemaining()) {
                    if (channel.read(piece) < 0) {
                        throw unreadable(digest, new EOFException("it ends " + left + " bytes early"));
                    }
                }
                taker.take(piece.flip());
            }
        }
    }

    private FileChannel open(Digest digest, long start) {
        try {
            return FileChannel.open(path(digest), StandardOpenOption.READ).position(start);
        } catch (NoSuchFileException e) {
            throw new ProblemException(missing(digest), e);
        } catch (IOException e) {
            throw unreadable(digest, e);
        }
    }

    private void setAside(Digest digest) {
        try {
            Files.createDirectories(damaged);
            Files.move(path(digest), damaged.resolve(digest.hex()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    public byte[] read(Digest digest) {
        try (var input = open(digest)) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw unreadable(digest, e);
        }
    }

    /// Reads a blob to its last byte.
    ///
    /// @throws ProblemException when it is missing, or its bytes are not those of the digest
    public void prove(Digest digest) {
        try (var input = open(digest)) {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw unreadable(digest, e);
        }
    }

    public boolean has(Digest digest) {
        return Files.exists(path(digest));
    }

    /// Whether the blob is there; from now on it counts as stored at that time, so it is not collected as old.
    public boolean renew(Digest digest, Instant at) {
        keeping.readLock().lock();
        try {
            Files.setLastModifiedTime(path(digest), FileTime.from(at));
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            keeping.readLock().unlock();
        }
    }

    /// In bytes.
    public long size(Digest digest) {
        try {
            return Files.size(path(digest));
        } catch (IOException e) {
            throw new ProblemException(missing(digest), e);
        }
    }

    /// When it was stored, in milliseconds.
    public long storedAt(Digest digest) {
        try {
            return Files.getLastModifiedTime(path(digest)).toMillis();
        } catch (IOException e) {
            throw new ProblemException(missing(digest), e);
        }
    }

    /// When its bytes came into the store first, whatever was stored again since; where the file system does not tell,
    /// when it was stored.
    public Instant bornAt(Digest digest) {
        try {
            return Files.readAttributes(path(digest), BasicFileAttributes.class)
                    .creationTime()
                    .toInstant();
        } catch (IOException e) {
            throw new ProblemException(missing(digest), e);
        }
    }

    /// Those that were here at the moment; what comes and goes meanwhile may be among them or not.
    public List<Digest> list() {
        try (var folders = Files.list(folder)) {
            return folders.flatMap(Blobs::children)
                    .map(file -> "sha256:" + file.getFileName())
                    .filter(Digest::isDigest)
                    .map(Digest::new)
                    .toList();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static Stream<Path> children(Path folder) {
        try (var files = Files.list(folder)) {
            return files.toList().stream();
        } catch (NoSuchFileException e) {
            return Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(Digest digest) {
        delete(path(digest));
    }

    /// Deletes a blob unless it was stored (or stored again) since.
    ///
    /// @return freed bytes, 0 when it stays
    public long deleteOlder(Digest digest, Instant than) {
        keeping.writeLock().lock();
        try {
            var place = path(digest);
            if (!Files.getLastModifiedTime(place).toInstant().isBefore(than)) {
                return 0;
            }
            long size = Files.size(place);
            Files.delete(place);
            return size;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            keeping.writeLock().unlock();
        }
    }

    /// Deletes temporary files that writers left when their process was killed, and damaged blobs, if older.
    public void sweep(Instant than) {
        for (var place : List.of(incoming, damaged)) {
            children(place).filter(file -> isOlder(file, than)).forEach(Blobs::delete);
        }
    }

    private static boolean isOlder(Path file, Instant than) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(than);
        } catch (IOException e) {
            return false;
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Path path(Digest digest) {
        return folder.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    private static Problem missing(Digest digest) {
        return Problem.system("blob.missing", "blob " + digest.shortened() + " is not in the store")
                .hint("push again to build it anew, or restore a backup of the data folder");
    }

    private static ProblemException unreadable(Digest digest, IOException e) {
        return new ProblemException(
                Problem.resource("blob.unreadable", "blob " + digest.shortened() + " cannot be read: " + e.getMessage())
                        .hint("look at the disk of the data folder"),
                e);
    }

    private static ProblemException unwritable(IOException e) {
        return new ProblemException(
                Problem.resource("blob.unwritable", "the artifact store cannot be written: " + e.getMessage())
                        .hint("look at the free space of the data folder's disk; `johwa doctor` shows it"),
                e);
    }

    /// Writes the bytes of a blob.
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /// Gets bytes of a blob, and is done with them when it returns.
    @FunctionalInterface
    public interface Taker {
        void take(ByteBuffer piece) throws IOException;
    }
}
