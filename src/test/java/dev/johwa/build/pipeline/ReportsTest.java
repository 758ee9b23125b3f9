package dev.johwa.build.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    @TempDir
    Path folder;

    @Test
    void onlyReportsOfAnEarlierRunGo() throws IOException {
        var old = folder.resolve("module/target/surefire-reports/TEST-Gone.xml");
        var other = folder.resolve("module/target/classes/TEST-kept.xml");
        Files.createDirectories(old.getParent());
        Files.createDirectories(other.getParent());
        Files.writeString(old, "");
        Files.writeString(other, "");

        Reports.forget(folder, "**/surefire-reports/*.xml");

        assertThat(old).doesNotExist();
        assertThat(other).exists();
    }
}
