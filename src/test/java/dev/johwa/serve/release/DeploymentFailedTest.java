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
        var told = DeploymentFailed.by(new UncheckedIOException(closed));
        assertThat(told.reason()).isEqualTo("the server may not write where it keeps its data");
        assertThat(told.details()).containsExactly("/data/apps/shop: Read-only file system");
    }

    @Test
    void whatTheMachineHasNotGotIsNoBug() {
        var files = new FileSystemException("/data/git/shop.git", null, "Too many open files");
        assertThat(DeploymentFailed.unexpected(new IllegalStateException("asked", files))
                        .reason())
                .isEqualTo("the server can open no more files for now");
        assertThat(DeploymentFailed.unexpected(new IllegalStateException("odd")).reason())
                .startsWith("a bug in Johwa: ");
    }
}
