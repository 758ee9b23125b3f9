package dev.johwa.build.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.DockerDaemon;
import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootWriterTest {
    @TempDir
    Path scratch;

    private Path root;
    private RootWriter writer;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectory(scratch.resolve("root"));
        writer = new RootWriter(root);
    }

    /// @param entries `NAME=TEXT`, `NAME->TARGET` for a symbolic, `NAME=>TARGET` for a hard link, `NAME/`
    private static InputStream layer(String... entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var each : entries) {
                write(tar, each);
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void write(TarArchiveOutputStream tar, String each) throws IOException {
        var text = each.contains("=") ? each.substring(each.indexOf('=') + 1) : "";
        TarArchiveEntry entry;
        if (each.contains("->")) {
            entry = new TarArchiveEntry(each.replaceFirst("->.*", ""), TarConstants.LF_SYMLINK, true);
            entry.setLinkName(each.replaceFirst(".*->", ""));
            text = "";
        } else if (each.contains("=>")) {
            entry = new TarArchiveEntry(each.replaceFirst("=>.*", ""), TarConstants.LF_LINK, true);
            entry.setLinkName(each.replaceFirst(".*=>", ""));
            text = "";
        } else {
            entry = new TarArchiveEntry(each.replaceFirst("=.*", ""), true);
            entry.setMode(each.contains("program") ? 04755 : 0644);
        }
        if (entry.isDirectory()) {
            entry.setMode(0755);
        }
        var content = text.getBytes(StandardCharsets.UTF_8);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private void read(String... entries) throws IOException {
        writer.read(layer(entries), false);
    }

    @Test
    void laterLayersReplaceAndTakeAway() throws IOException {
        read("usr/lib/", "lib->usr/lib", "lib/one=1", "etc/a=a", "etc/b=b", "opt/x/old=1", "usr/program=p");
        read("lib/one=2", "usr/lib/two=>lib/one", "etc/.wh.a", "opt/x/new=2", "opt/x/.wh..wh..opq");

        assertThat(root.resolve("usr/lib/one")).hasContent("2");
        assertThat(root.resolve("usr/lib/two")).hasContent("2");
        assertThat(root.resolve("etc/a")).doesNotExist();
        assertThat(root.resolve("etc/b")).hasContent("b");
        assertThat(root.resolve("opt/x/old")).doesNotExist();
        assertThat(root.resolve("opt/x/new")).hasContent("2");
        // Nobody becomes root by it.
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("usr/program"))))
                .isEqualTo("rwxr-xr-x");
        assertThat((int) Files.getAttribute(root.resolve("usr/program"), "unix:mode") & 07000)
                .isZero();
    }

    @Test
    void nothingIsWrittenOutsideOfIt() throws IOException {
        var outside = Files.createDirectory(scratch.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "kept");

        read("../outside/one=1", "/outside/two=2", "up->../outside", "up/three=3", "abs->" + outside, "abs/four=4");
        read("up/.wh.kept", "abs/.wh..wh..opq", "kept->" + outside.resolve("kept"), "kept=changed");

        assertThat(outside.toFile().list()).containsExactly("kept");
        assertThat(outside.resolve("kept")).hasContent("kept");
        assertThat(root.resolve("outside/three")).hasContent("3");
        assertThat(root.resolve("kept")).hasContent("changed");
        assertThatThrownBy(() -> read("a->b", "b->a", "a/x=1"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("links without end");
        assertThatThrownBy(() -> read("file=1", "file/x=1")).isInstanceOf(ProblemException.class);
    }

    @Test
    void staticProgramsAreTold() throws IOException {
        assertThat(StaticProgram.is(Path.of("/bin/sh").toRealPath())).isFalse();
        assertThat(StaticProgram.is(Files.writeString(scratch.resolve("script"), "#!/bin/sh\n")))
                .isFalse();
        assertThat(StaticProgram.is(DockerDaemon.busyboxFile())).isTrue();
    }
}
