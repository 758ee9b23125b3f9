package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class DeploymentFailedTest {
    @Test
    void whatTheMachineRefusedIsToldWithoutNamesOfClasses() {
        var full = DeploymentFailed.by(new UncheckedIOException(new IOException("No space left on device")));
        assertThat(full.reason()).isEqualTo("the disk of the server is full");
        assertThat(full.details()).containsExactly("No space left on device");
        var closed = new FileSystemException("/data/apps/shop", null, "Read-only file system");
        assertThat(DeploymentFailed.by(new UncheckedIOException(closed)).reason())
                .isEqualTo("/data/apps/shop: Read-only file system");
    }
}
