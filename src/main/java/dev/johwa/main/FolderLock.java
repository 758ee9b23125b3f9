package dev.johwa.main;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One control plane a data folder. The kernel lets go of it with the process, however that ends.
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path folder) {
        var file = folder.resolve("lock");
        try {
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw taken(folder, file);
            }
            var pid = String.valueOf(ProcessHandle.current().pid());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
            return new FolderLock(channel);
        } catch (OverlappingFileLockException e) {
            throw taken(folder, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuntimeException taken(Path folder, Path file) {
        String holder;
        try {
            holder = Files.readString(file).strip();
        } catch (IOException e) {
            holder = "unknown";
        }
        return Problem.user(
                        "up.locked",
                        "another `johwa up` (pid " + holder + ") works in "
                                + folder.resolve("..").normalize())
                .hint("`johwa down --data " + folder.resolve("..").normalize() + "` ends it; or choose another --data")
                .exception();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
