package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir
    Path folder;

    /// Says most where the tests do not run as root, to whom nothing is closed.
    @Test
    void whatAToolClosedToItselfIsDeletedToo() throws IOException {
        for (var rights : new String[] {"r-xr-xr-x", "---------"}) {
            var closed = Files.createDirectories(folder.resolve("gone/" + rights));
            Files.writeString(closed.resolve("file"), "x");
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(rights));
        }

        Trees.delete(folder.resolve("gone"));

        assertThat(folder.resolve("gone")).doesNotExist();
    }
}
