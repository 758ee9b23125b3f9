package dev.johwa.source.detect.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EraTest {
    @TempDir
    Path place;

    private Detection detect(String... files) {
        return new Sample(place, files)
                .with("python", "3.6.15")
                .with("python", "3.9.18")
                .with("python", "3.10.13")
                .with("python", "3.12.1")
                .detect();
    }

    /// What pip would compile from its source for minutes, and mostly in vain, was compiled for an older Python.
    @ParameterizedTest
    @CsvSource({
        "tornado==4.0.2, 3.9.18",
        "pydantic==1.9.0, 3.10.13",
        "django==1.10.8, 3.6.15",
        "Django==3.2.1, 3.10.13",
        "numpy==1.21.0, 3.9.18",
        "numpy==1.26.1, 3.12.1",
        "psycopg2_binary==2.9.3, 3.10.13",
        "tornado==6.4, 3.12.1",
        "numpy>=1.21.0, 3.12.1"
    })
    void anOldPackageRunsOnAPythonThatItKnows(String requirement, String python) {
        assertThat(detect("requirements.txt", requirement, "job.py", "print(1)").version())
                .contains(python);
    }

    @Test
    void theOldestOfSeveralDecides() {
        var found = detect("requirements.txt", "grpcio==1.48.0\npandas==1.1.5\nPillow==8.4.0\n", "job.py", "print(1)");

        assertThat(found.version()).contains("3.9.18");
        assertThat(found.evidence().toString()).contains("pandas 1.1.5 is of the time of a Python <3.10");
    }

    @Test
    void whatTheProjectAsksForWeighsMore() {
        var found = detect("requirements.txt", "numpy==1.21.0", "runtime.txt", "python-3.12.1", "job.py", "print(1)");

        assertThat(found.version()).contains("3.12.1");
        assertThat(Sample.warnings(found)).contains("detect.versions-differ");
    }
}
