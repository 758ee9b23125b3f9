package dev.johwa.build.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Layers that no tool of good will writes: nothing is written outside of the folder, and no device or pipe is made.
class HostileLayersTest {
    @TempDir
    Path folder;

    private Path outside;

    @BeforeEach
    void makeOutside() throws IOException {
        outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("theirs"), "theirs");
    }

    private static TarArchiveEntry entry(String name, byte kind, String goal) {
        var entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(goal);
        return entry;
    }

    private static TarArchiveEntry file(String name) {
        return entry(name, TarConstants.LF_NORMAL, "");
    }

    private TarArchiveEntry link(String name) {
        return entry(name, TarConstants.LF_SYMLINK, outside.toString());
    }

    private static byte[] layer(TarArchiveEntry... entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var entry : entries) {
                var text = entry.getLinkFlag() == TarConstants.LF_NORMAL ? "ours" : "";
                entry.setSize(text.length());
                tar.putArchiveEntry(entry);
                tar.write(text.getBytes(StandardCharsets.UTF_8));
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private void requireRefused(TarArchiveEntry... entries) throws IOException {
        var goal = Files.createTempDirectory(folder, "goal");
        var bytes = layer(entries);
        assertThatThrownBy(() -> new LayerReader(goal).read(new ByteArrayInputStream(bytes)))
                .as(() -> Stream.of(entries)
                        .map(TarArchiveEntry::getName)
                        .toList()
                        .toString())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the artifact is refused");
        try (var all = Files.list(outside)) {
            assertThat(all).containsExactly(outside.resolve("theirs"));
        }
        assertThat(outside.resolve("theirs")).hasContent("theirs");
    }

    @Test
    void namesThatLeadOutAreRefused() throws IOException {
        for (var name : List.of(
                "../x",
                "app/../../outside/x",
                "app/./x",
                "app//x",
                "/app/x",
                outside + "/x",
                "x",
                "application/x",
                "app")) {
            requireRefused(file(name));
            requireRefused(link(name));
        }
    }

    @Test
    void nothingIsWrittenThroughALink() throws IOException {
        requireRefused(link("app/a"), file("app/a/x"));
        requireRefused(link("app/a"), file("app/a"));
        requireRefused(link("app/a"), entry("app/a/", TarConstants.LF_DIR, ""));
        requireRefused(entry("app/a/", TarConstants.LF_DIR, ""), link("app/a"));
        requireRefused(file("app/a/y"), link("app/a"), file("app/a/x"));
    }

    @Test
    void hardLinksNameOnlyFilesOfTheLayer() throws IOException {
        requireRefused(
                entry("app/x", TarConstants.LF_LINK, outside.resolve("theirs").toString()));
        requireRefused(entry("app/x", TarConstants.LF_LINK, "app/../../outside/theirs"));
        requireRefused(link("app/a"), entry("app/x", TarConstants.LF_LINK, "app/a"));
        requireRefused(link("app/a"), entry("app/x", TarConstants.LF_LINK, "app/a/theirs"));
    }

    @Test
    void devicesAndPipesAreRefused() throws IOException {
        for (byte kind : new byte[] {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO}) {
            requireRefused(entry("app/x", kind, ""));
        }
    }
}
