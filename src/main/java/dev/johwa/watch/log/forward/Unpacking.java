package dev.johwa.watch.log.forward;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// Decompresses records that came packed; several compressed parts may follow each other.
final class Unpacking {
    private static final int BUFFER = 64 << 10;
    /// 32 MiB: what a stream may ask to look back.
    private static final int WINDOW = 25;

    private Unpacking() {}

    /// @param kind what the message says: `gzip`, `zstd`, or `text` for none
    static InputStream of(String kind, byte[] packed) throws IOException {
        var input = new ByteArrayInputStream(packed);
        return switch (kind) {
            case "", "text" -> input;
            case "gzip" -> new Counted(new GZIPInputStream(input, BUFFER), Allowance.MOST);
            case "zstd" -> new Counted(new ZstdInputStream(input).setLongMax(WINDOW), Allowance.MOST);
            default -> throw new IOException("records are compressed by '" + kind + "', not by gzip or zstd");
        };
    }
}
