package dev.johwa.build.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.johwa.build.bill.Component.Use;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// What one file tells.
class LockFileTest {
    private static List<Component> read(String name, String text) throws IOException {
        var finding = new Finding();
        LockFile.of(name).orElseThrow().read(text, finding);
        return finding.components();
    }

    @Test
    void whatIsForMoreThanDevelopmentWithOtherPeersIsThereWhenTheAppRuns() throws Exception {
        assertThat(read("pnpm-lock.yaml", """
                lockfileVersion: '6.0'
                packages:
                  /both@1.0.0(peer@1.0.0):
                    dev: true
                  /both@1.0.0(peer@2.0.0):
                    dev: false
                  /never@1.0.0(peer@1.0.0):
                    dev: true
                  /never@1.0.0(peer@2.0.0):
                    dev: true
                """))
                .extracting(Component::name, Component::use)
                .containsExactly(tuple("both", Use.REQUIRED), tuple("never", Use.EXCLUDED));
    }

    @Test
    void aPackageWithAnExtraIsOneWithItself() throws Exception {
        assertThat(read("pdm.lock", """
                [[package]]
                name = "uvicorn"
                version = "0.30"
                dependencies = ["h11>=0.8"]

                [[package]]
                name = "uvicorn"
                version = "0.30"
                extras = ["standard"]
                dependencies = ["httptools>=0.5", "uvicorn==0.30"]

                [[package]]
                name = "h11"
                version = "0.14"

                [[package]]
                name = "httptools"
                version = "0.6"
                """))
                .extracting(Component::name, Component::through)
                .containsExactly(
                        tuple("uvicorn", Optional.of(List.of())),
                        tuple("uvicorn", Optional.of(List.of())),
                        tuple("h11", Optional.of(List.of("uvicorn"))),
                        tuple("httptools", Optional.of(List.of("uvicorn"))));
    }

    @Test
    void anArchiveIsNotKeptHoweverMuchItUnpacksTo() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 40; i++) {
                zip.putNextEntry(new ZipEntry("META-INF/maven/org.a/a" + i + "/pom.xml"));
                zip.write(new byte[1 << 20]);
            }
        }
        assertThat(bytes.size()).isLessThan(100_000);
        assertThatThrownBy(() -> new Jars(new Finding()).read("a.jar", new ByteArrayInputStream(bytes.toByteArray())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 32 MiB");
    }
}
