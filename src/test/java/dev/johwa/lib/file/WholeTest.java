package dev.johwa.lib.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeTest {
    @TempDir
    Path folder;

    @Test
    void takesThePlaceOfWhatWasThereAndOfWhatAnEarlierWriterLeft() throws IOException {
        var file = folder.resolve("state");
        Whole.write(file, "one".getBytes());
        Files.writeString(folder.resolve("state.part"), "half of it");
        Whole.write(file, "two".getBytes());
        assertThat(file).hasContent("two");
        assertThat(Trees.children(folder)).containsExactly(file);
    }

    @Test
    void givesTheRightsThatWereAskedFor() throws IOException {
        var file = Whole.write(folder.resolve("key"), new byte[] {1}, "r--------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("r--------");
    }

    @Test
    void leavesWhatWasThereWhenItCannotWrite() throws IOException {
        var file = Files.writeString(folder.resolve("state"), "one");
        Files.createDirectories(folder.resolve("state.part/in-the-way"));
        assertThatThrownBy(() -> Whole.write(file, "two".getBytes())).isInstanceOf(IOException.class);
        assertThat(file).hasContent("one");
    }
}
