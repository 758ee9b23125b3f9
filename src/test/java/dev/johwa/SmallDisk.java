package dev.johwa;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A disk in memory at a folder, so that a test can fill it. The test is skipped where nobody may make one.
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /// @param mebibytes how large it is
    public static SmallDisk at(Path folder, int mebibytes) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                runs(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "mode=0755,size=" + mebibytes + "m",
                        "johwa-test",
                        folder.toString()),
                "only root makes a disk");
        return new SmallDisk(folder);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        runs("umount", "-l", folder.toString());
    }

    private static boolean runs(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
