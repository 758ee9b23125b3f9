package dev.johwa.source.detect.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// By the machine's own Python.
final class VirtualEnvironmentTest {
    @TempDir
    Path project;

    @Test
    void holdsAPipOfItsOwnThatMayBeMoved() throws Exception {
        make();
        Files.move(project.resolve(".venv"), project.resolve("moved to"));
        var moved = project.resolve("moved to/bin").toString();
        assertThat(run(List.of(moved + "/pip", "--version"))).contains(project + "/moved to/lib/python");
        assertThat(run(List.of(moved + "/python", "-m", "pip", "list"))).contains("pip");
    }

    @Test
    void leavesOneThatIsThereAndFillsOneThatIsHalfMade() throws Exception {
        make();
        var pip = project.resolve(".venv/bin/pip");
        Files.writeString(pip, "#!/bin/sh\necho newer\n");
        make();
        assertThat(run(List.of(pip.toString()))).isEqualTo("newer\n");
        Files.delete(pip);
        make();
        assertThat(run(List.of(pip.toString(), "--version"))).startsWith("pip ");
    }

    private void make() throws Exception {
        assertThat(run(VirtualEnvironment.make(".venv"))).isEmpty();
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
