package dev.johwa.serve.backup;

import dev.johwa.lib.file.Whole;
import dev.johwa.lib.text.Hmac;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Names of pieces: their digests, or, where they are encrypted, what tells nothing of them to those who have no key.
///
/// @param key in hex; empty for the digests themselves
record PieceNames(String key) implements Chunks.Names {
    private static final int SIZE = 32;

    /// Others for each seal, so that nothing is taken for there that this seal does not open.
    ///
    /// @param file of a secret of this platform; lost, all pieces are written again
    static PieceNames of(Seal seal, Path file) {
        if (seal.identity().isEmpty()) {
            return new PieceNames("");
        }
        try {
            if (!Files.exists(file)) {
                var fresh = new byte[SIZE];
                new SecureRandom().nextBytes(fresh);
                Whole.writeDurably(file, fresh, "rw-------");
            }
            return new PieceNames(keyed(Files.readAllBytes(file), seal.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String of(String digest) {
        return key.isEmpty() ? digest : keyed(HexFormat.of().parseHex(key), digest);
    }

    private static String keyed(byte[] key, String text) {
        return HexFormat.of().formatHex(Hmac.of(key, text));
    }
}
