package dev.johwa.watch.advisory;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// A folder with advisories as OSV publishes them: `ECOSYSTEM/all.zip`, or files of JSON, or both. They are read one
/// after the other, each into memory as a whole; nothing is unpacked to the disk.
record Export(Path folder) {
    /// Of one advisory; the largest of today has some megabytes.
    static final int LARGEST = 16 << 20;
    static final int MOST_FILES = 2_000_000;
    /// What all of them may unfold to.
    static final long MOST_BYTES = 64L << 30;
    /// What an archive may unfold to behind what was read of a file that is too large.
    private static final long MOST_PASSED = 256L << 20;
    private static final int DEEPEST = 6;
    private static final int BUFFER = 1 << 16;

    /// Gets what is read.
    interface Reader {
        void advisory(String name, byte[] bytes) throws IOException;

        /// A file, or one in an archive, that cannot be read.
        void unreadable(String name, String why);
    }

    boolean isThere() {
        return Files.isDirectory(folder);
    }

    private Stream<Path> files() throws IOException {
        return Files.walk(folder.toRealPath(), DEEPEST)
                .filter(file ->
                        file.toString().endsWith(".json") || file.toString().endsWith(".zip"))
                .filter(Files::isRegularFile);
    }

    /// Changes with each change of the folder. Of names, sizes and times, in whatever order files are listed.
    String fingerprint() throws IOException {
        var sum = new long[2];
        var sha256 = Digest.sha256();
        var start = folder.toRealPath();
        try (var files = files()) {
            files.forEach(file -> add(sum, sha256, start.relativize(file).toString(), file));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return "%016x%016x".formatted(sum[0], sum[1]);
    }

    private static void add(long[] sum, MessageDigest sha256, String name, Path file) {
        try {
            var text = name + "\0" + Files.size(file) + "\0" + Files.getLastModifiedTime(file);
            var hash = ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
            sum[0] += hash.getLong();
            sum[1] += hash.getLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void read(Reader reader) throws IOException {
        var walk = new Walk(reader, folder.toRealPath());
        try (var files = files()) {
            for (var file : (Iterable<Path>) files::iterator) {
                walk.file(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// One reading.
    private static final class Walk {
        private final Reader reader;
        private final Path start;
        private long bytes;
        private int files;

        Walk(Reader reader, Path start) {
            this.reader = reader;
            this.start = start;
        }

        void file(Path file) throws IOException {
            var name = start.relativize(file).toString();
            try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
                if (name.endsWith(".zip")) {
                    archive(name, in);
                } else {
                    one(name, in);
                }
            } catch (ZipException | IllegalArgumentException e) {
                reader.unreadable(name, "it is no whole archive: " + e.getMessage());
            }
        }

        private void archive(String name, InputStream in) throws IOException {
            var zip = new ZipInputStream(in, StandardCharsets.UTF_8);
            boolean isEmpty = true;
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                isEmpty = false;
                if (entry.getName().endsWith(".json")) {
                    one(name + "!" + entry.getName(), zip);
                }
                if (!passed(zip)) {
                    reader.unreadable(
                            name,
                            "a file in it unfolds to more than " + (MOST_PASSED >> 20) + " MiB: "
                                    + "what is behind it was not read");
                    return;
                }
            }
            if (isEmpty) {
                reader.unreadable(name, "it is no archive, or an empty one");
            }
        }

        /// Leaves what is left of an entry, as long as that has an end.
        private boolean passed(InputStream entry) throws IOException {
            long left = MOST_PASSED;
            while (left > 0) {
                long skipped = entry.skip(Math.min(left, BUFFER));
                if (skipped == 0 && entry.read() < 0) {
                    return true;
                }
                left -= Math.max(1, skipped);
            }
            return false;
        }

        private void one(String name, InputStream in) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("interrupted");
            }
            var read = in.readNBytes(LARGEST + 1);
            bytes += read.length;
            if (++files > MOST_FILES || bytes > MOST_BYTES) {
                throw Problem.user(
                                "osv.too-much",
                                "the export in " + start + " has more than " + MOST_FILES + " advisories or "
                                        + (MOST_BYTES >> 30) + " GiB")
                        .hint("leave out ecosystems that no app uses")
                        .exception();
            }
            if (read.length > LARGEST) {
                reader.unreadable(name, "it has more than " + (LARGEST >> 20) + " MiB");
            } else {
                reader.advisory(name, read);
            }
        }
    }
}
