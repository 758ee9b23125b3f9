package dev.johwa.source.detect.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportsTest {
    private static final String BOTTLE = "from bottle import run, get\n\nrun(reloader=True)\n";

    @TempDir
    Path place;

    private Detection detect(String... files) {
        return new Sample(place, files).with("python", "3.11.7").detect();
    }

    @Test
    void whatACodeWithoutAManifestImportsIsBrought() {
        var found = detect("server.py", BOTTLE + "import os, yaml\nimport ownthing\n");

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.install().toString()).contains("bottle", "pyyaml").doesNotContain("ownthing");
        assertThat(found.evidence().toString()).contains("bottle, which the project does not name");
    }

    @Test
    void modulesOfItsOwnAreNotBrought() {
        var found = detect("server.py", BOTTLE + "import markdown\n", "markdown.py", "");

        assertThat(found.install().toString()).contains("bottle").doesNotContain("markdown");
    }

    @Test
    void aManifestSaysAll() {
        var found = detect("server.py", BOTTLE, "requirements.txt", "requests\n");

        assertThat(found.install().toString()).doesNotContain("bottle");
    }
}
