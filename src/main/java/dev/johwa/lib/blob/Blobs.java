package dev.johwa.lib.blob;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A folder of blobs, `sha256/ab/abcdef…`. Writing is atomic (a temporary file, fsync, rename) and a blob that is
/// there already costs nothing. Safe for use by many threads and processes.
public final class Blobs {
    private final Path folder;
    private final Path incoming;

    public Blobs(Path folder) {
        this.folder = folder.resolve("sha256");
        this.incoming = folder.resolve("incoming");
        try {
            Files.createDirectories(this.folder);
            Files.createDirectories(incoming);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    public Digest put(byte[] bytes) {
        return put(out -> out.write(bytes));
    }

    /// Keeps what is read from the stream, in constant memory.
    public Digest put(InputStream bytes) {
        return put(bytes::transferTo);
    }

    /// Keeps what the writer writes, in constant memory.
    public Digest put(Writer writer) {
        Path temporary = null;
        try {
            temporary = Files.createTempFile(incoming, "blob", "");
            var hash = sha256();
            try (var file = Files.newOutputStream(temporary);
                    var out = new DigestOutputStream(new BufferedOutputStream(file, 1 << 16), hash)) {
                writer.write(out);
            }
            var digest = new Digest("sha256:" + HexFormat.of().formatHex(hash.digest()));
            keep(temporary, digest);
            return digest;
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            delete(temporary);
        }
    }

    private void keep(Path temporary, Digest digest) throws IOException {
        var place = path(digest);
        if (Files.exists(place)) {
            return;
        }
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.createDirectories(place.getParent());
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Reads a blob; reading past its last byte throws a problem when the bytes are not those of the digest.
    public InputStream open(Digest digest) {
        try {
            return new CheckedInput(Files.newInputStream(path(digest)), digest, sha256());
        } catch (NoSuchFileException e) {
            throw new ProblemException(missing(digest), e);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.resource(
                            "blob.unreadable", "blob " + digest.shortened() + " cannot be read: " + e.getMessage()),
                    e);
        }
    }

    public byte[] read(Digest digest) {
        try (var input = open(digest)) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.resource(
                            "blob.unreadable", "blob " + digest.shortened() + " cannot be read: " + e.getMessage()),
                    e);
        }
    }

    public boolean has(Digest digest) {
        return Files.exists(path(digest));
    }

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

    public List<Digest> list() {
        try (var files = Files.walk(folder, 2)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> new Digest("sha256:" + file.getFileName()))
                    .toList();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    public void delete(Digest digest) {
        delete(path(digest));
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
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
                .hint("`johwa doctor` checks the data folder; push again to build it anew");
    }

    private static ProblemException unwritable(IOException e) {
        return new ProblemException(
                Problem.resource("blob.unwritable", "the artifact store cannot be written: " + e.getMessage())
                        .hint("look at the free space of the data folder's disk"),
                e);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Writes the bytes of a blob.
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;
    }
}
