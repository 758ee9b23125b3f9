package dev.johwa.serve.backup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Bytes made smaller, quickly.
final class Gzip {
    static final String ENDING = ".gz";

    private static final int PROBE = 64 << 10;
    private static final double PAYS = 0.9;

    private Gzip() {}

    /// Compressed where that pays: packs and layers are compressed already, and to do it again costs time only.
    static Optional<byte[]> tried(byte[] bytes) {
        var probe = make(bytes.length > PROBE ? Arrays.copyOf(bytes, PROBE) : bytes);
        if (probe.length > Math.min(PROBE, bytes.length) * PAYS) {
            return Optional.empty();
        }
        return Optional.of(bytes.length > PROBE ? make(bytes) : probe);
    }

    static byte[] make(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (var gzip = new Fast(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class Fast extends GZIPOutputStream {
        private Fast(ByteArrayOutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /// Empty when the bytes are damaged.
    static Optional<byte[]> open(byte[] bytes) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
