package dev.johwa.build.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Tells whether a program needs nothing but the kernel (System V ABI, ELF-64: a program header PT_INTERP names what
/// loads it).
public final class StaticProgram {
    private static final int HEADER = 64;
    private static final int LITTLE = 1;
    private static final int INTERPRETER = 3;
    private static final int MOST = 1 << 16;

    private StaticProgram() {}

    /// @return false also for what is no ELF-64 program, such as a script
    public static boolean is(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var head = read(channel, 0, HEADER);
            if (head.remaining() < HEADER
                    || head.getInt(0) != 0x464c457f
                    || head.get(4) != 2
                    || head.get(5) != LITTLE) {
                return false;
            }
            int size = head.getShort(54) & 0xffff;
            int count = head.getShort(56) & 0xffff;
            var table = read(channel, head.getLong(32), Math.min(MOST, size * count));
            for (int at = 0; at + size <= table.remaining() && size > 0; at += size) {
                if (table.getInt(at) == INTERPRETER) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = from; bytes.hasRemaining(); ) {
            int read = channel.read(bytes, at);
            if (read < 0) {
                break;
            }
            at += read;
        }
        return bytes.flip();
    }
}
