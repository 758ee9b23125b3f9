package dev.johwa.watch.dora;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Folded rows in a file, so that a start need not read every fact again. It holds nothing that the facts do not: one
/// that is damaged, of another version, or of other facts is passed over.
final class FoldFile {
    private static final Logger LOG = LoggerFactory.getLogger(FoldFile.class);
    private static final int VERSION = 1;
    private static final int CHECKSUM_BYTES = Long.BYTES;

    private final Path path;

    FoldFile(Path path) {
        this.path = path;
    }

    /// @param position of the last fact in it
    /// @param fingerprint of that fact, by which the log is known again
    record Kept(long position, long fingerprint, List<PlaceFold> places) {}

    Optional<Kept> read() {
        // Mapped: a file of 100,000 deployments need not lie in the heap beside what is read of it.
        try (var file = FileChannel.open(path, StandardOpenOption.READ);
                var mapped = Arena.ofConfined()) {
            return Optional.of(
                    decode(file.map(MapMode.READ_ONLY, 0, file.size(), mapped).asByteBuffer()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.info("file={} is passed over, the facts are read again: {}", path, e.toString());
            return Optional.empty();
        }
    }

    private static Kept decode(ByteBuffer file) throws IOException {
        int length = file.limit() - CHECKSUM_BYTES;
        if (length < Integer.BYTES || file.getInt(0) != VERSION) {
            throw new IOException("another version");
        }
        var checksum = new CRC32();
        checksum.update(file.slice(0, length));
        if (checksum.getValue() != file.getLong(length)) {
            throw new IOException("damaged");
        }
        var in = file.slice(Integer.BYTES, length - Integer.BYTES);
        return new Kept(in.getLong(), in.getLong(), new RowReader(in).places());
    }

    /// Replaces the file at once; the old one stays when that fails.
    void write(long position, long fingerprint, Collection<PlaceFold> places) {
        var fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            var checksum = new CRC32();
            try (var file = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16);
                    var checked = new CheckedOutputStream(file, checksum);
                    var out = new DataOutputStream(new BufferedOutputStream(checked, 1 << 16))) {
                out.writeInt(VERSION);
                out.writeLong(position);
                out.writeLong(fingerprint);
                new RowWriter(out).write(places);
                out.flush();
                long sum = checksum.getValue();
                out.writeLong(sum);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("file={} is not written, the next start reads more facts: {}", path, e.toString());
        }
    }
}
