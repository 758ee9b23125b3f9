package dev.johwa.lib.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ShortageTest {
    @Test
    void isFoundBelowWhatWasThrown() {
        var files = new FileSystemException("/data/git", null, "Too many open files");
        assertThat(Shortage.of(new IllegalStateException("asked", new UncheckedIOException(files))))
                .contains(Shortage.FILES);
        assertThat(Shortage.of(new SocketException("Too many open files"))).contains(Shortage.FILES);
        assertThat(Shortage.of(new UncheckedIOException(new NoSuchFileException("/data/git"))))
                .isEmpty();
        assertThat(Shortage.of(new IllegalStateException())).isEmpty();
    }

    @Test
    void tellsWhatToDoNext() {
        assertThat(Shortage.FILES.problem().text())
                .startsWith("the server can open no more files for now")
                .contains("LimitNOFILE");
        assertThat(Shortage.DISK.problem().code()).isEqualTo("server.disk");
    }
}
