package dev.johwa.build.registry;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// How far bytes that come filled the room for them.
///
/// @param count of bytes that came; fewer than there is room for at the end
/// @param cut why no more came, when that was not the end
record Filled(int count, @Nullable IOException cut) {
    /// What came before a cut is not lost.
    static Filled of(InputStream bytes, byte[] piece) {
        int count = 0;
        try {
            for (int read = 0; read >= 0 && count < piece.length; count += Math.max(0, read)) {
                read = bytes.read(piece, count, piece.length - count);
            }
            return new Filled(count, null);
        } catch (IOException e) {
            return new Filled(count, e);
        }
    }
}
