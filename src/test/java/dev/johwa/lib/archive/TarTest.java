package dev.johwa.lib.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may do what with the files of an archive.
class TarTest {
    @TempDir
    Path folder;

    @BeforeEach
    void make() throws IOException {
        for (var each : Map.of("tmp", 01777, "root", 0700, "bin", 0755).entrySet()) {
            Files.setAttribute(Files.createDirectory(folder.resolve(each.getKey())), "unix:mode", each.getValue());
        }
        for (var each :
                Map.of("bin/su", 04755, "bin/tool", 0700, "shadow", 0600).entrySet()) {
            Files.setAttribute(Files.writeString(folder.resolve(each.getKey()), "x"), "unix:mode", each.getValue());
        }
    }

    private static Map<String, Integer> modes(Contents contents) throws IOException {
        var out = new ByteArrayOutputStream();
        Tar.write(contents, "", Instant.EPOCH, out);
        var modes = new TreeMap<String, Integer>();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                modes.put(entry.getName(), entry.getMode() & 07777);
            }
        }
        return modes;
    }

    @Test
    void aSystemKeepsWhoMayReadAndWrite() throws IOException {
        assertThat(modes(new Contents().system(folder, name -> !name.equals("root"))))
                .isEqualTo(Map.of("tmp/", 01777, "bin/", 0755, "bin/su", 0755, "bin/tool", 0700, "shadow", 0600));
    }

    @Test
    void aProgramIsReadByAllWhateverItsBuilderMayDo() throws IOException {
        assertThat(modes(new Contents().tree("p", folder)))
                .isEqualTo(Map.of(
                        "p/",
                        0755,
                        "p/tmp/",
                        0755,
                        "p/root/",
                        0755,
                        "p/bin/",
                        0755,
                        "p/bin/su",
                        0755,
                        "p/bin/tool",
                        0755,
                        "p/shadow",
                        0644));
    }
}
