package dev.johwa.lib.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Frames are whole or not there, wherever a file was cut.
class FramesTest {
    private static final List<String> SAID = List.of("one", "the second", "3");
    private static final int HEAD = 8;

    @TempDir
    Path folder;

    private Path written() throws IOException {
        var file = folder.resolve("frames");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long end = 0;
            for (var each : SAID) {
                var bytes = Arrays.copyOf(each.getBytes(StandardCharsets.UTF_8), 64);
                end = Frames.append(channel, end, bytes, each.length());
            }
            assertThat(end).isEqualTo(Files.size(file));
        }
        return file;
    }

    private List<String> read(byte[] bytes, long wholeUntil) throws IOException {
        var file = Files.write(folder.resolve("cut"), bytes);
        var found = new ArrayList<String>();
        try (var channel = FileChannel.open(file)) {
            assertThat(Frames.read(channel, frame -> found.add(new String(frame, StandardCharsets.UTF_8))))
                    .isEqualTo(wholeUntil);
        }
        return found;
    }

    @Test
    void whatWasCutAnywhereIsWholeUpToThere() throws IOException {
        var bytes = Files.readAllBytes(written());
        for (int cut = 0; cut <= bytes.length; cut++) {
            int whole = 0;
            int end = 0;
            while (whole < SAID.size() && end + HEAD + SAID.get(whole).length() <= cut) {
                end += HEAD + SAID.get(whole++).length();
            }
            assertThat(read(Arrays.copyOf(bytes, cut), end)).isEqualTo(SAID.subList(0, whole));
        }
    }

    @Test
    void aByteThatTurnedEndsIt() throws IOException {
        var bytes = Files.readAllBytes(written());
        bytes[HEAD + SAID.getFirst().length() + HEAD] ^= 1;

        assertThat(read(bytes, HEAD + SAID.getFirst().length())).containsExactly("one");
    }

    @Test
    void spaceThatWasNeverWrittenIsNoFrame() throws IOException {
        var bytes = Files.readAllBytes(written());

        assertThat(read(Arrays.copyOf(bytes, bytes.length + 4096), bytes.length))
                .isEqualTo(SAID);
    }
}
