package dev.johwa.source.detect.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenTest {
    @TempDir
    Path place;

    private Detection python(String... files) {
        return new Sample(place, files).with("python", "3.13.2").detect();
    }

    private static List<String> told(Detection found) {
        return found.warnings().stream()
                .filter(problem -> problem.code().equals("detect.frozen"))
                .map(problem -> problem.text())
                .toList();
    }

    private static List<String> copying(Detection found) {
        return found.install().stream()
                .filter(words -> words.contains(".venv/asked"))
                .findFirst()
                .orElse(List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pywin32==306 | requirements.txt:2: pywin32 is for Windows only | ''",
                "twisted_iocpsupport==1.0.4 | twisted_iocpsupport is for Windows only | ''",
                "pyobjc-framework-Cocoa==10.1 | pyobjc-framework-Cocoa is for macOS only | ''",
                "pkg-resources==0.0.0 | pkg-resources is no package | ''",
                "pkg_resources==0.0.0 | requirements.txt:2: pkg_resources is no package | ''",
                "attrs @ file:///tmp/build/80754af9/attrs_1/work | attrs is asked for where conda built it | attrs",
                "certifi @ file:///opt/conda/conda-bld/certifi_1655968806487/work/certifi | certifi is asked | certifi",
                "x[a] @ file:///C:/ci/x_12/work ; python_version > '3' # y | x is asked | x[a] ; python_version > '3'",
            })
    void aLineThatHoldsElsewhereIsToldAndKeptFromPip(String line, String told, String instead) {
        var found = python("requirements.txt", "flask\n" + line + "\n", "app.py", "app = Flask(__name__)\n");

        assertThat(told(found)).singleElement().asString().contains(told);
        assertThat(copying(found)).endsWith("requirements.txt", "0", "", "requirements.txt", "2", instead);
        assertThat(found.install().toString()).contains("-r, .venv/asked/requirements.txt]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-e git+https://github.com/ours/shop.git@1f3c#egg=shop",
                "pywin32==306 ; sys_platform == 'win32'",
                "win32-setctime==1.1.0",
                "shop @ file:./vendor/shop",
                "shop @ file://${PROJECT_ROOT}/vendor/shop",
                "shop @ https://ours.example/shop_1/work",
            })
    void whatHoldsHereTooStaysAsItIs(String line) {
        var found = python("requirements.txt", "flask\n" + line + "\n", "app.py", "app = Flask(__name__)\n");

        assertThat(told(found)).isEmpty();
        assertThat(found.install().toString()).contains("-r, requirements.txt]").doesNotContain("asked");
    }

    /// A registry may have something else under the name of what somebody keeps at home.
    @Test
    void whatLiesInAFolderOfTheAuthorsOwnIsToldAndNotTakenFromARegistry() {
        var found = python("requirements.txt", "ours @ file:///home/me/work/ours\n", "app.py", "print(1)\n");

        assertThat(told(found))
                .containsExactly(
                        "requirements.txt:1: ours is asked for in a folder of its author's machine, which is not"
                                + " here — write ours==VERSION where a registry has it, else commit it and write ./FOLDER");
        assertThat(copying(found)).isEmpty();
    }

    @Test
    void linesOfCondaAreToldTogetherInEachFileThatHasThem() {
        var found = python(
                "requirements.txt",
                "a @ file:///croot/a_1/work\nflask==3.1\nb @ file:///croot/b_2/work\n-r more/web.txt\n",
                "more/web.txt",
                "c @ file:///croot/c_3/work\n",
                "app.py",
                "app = Flask(__name__)\n");

        assertThat(told(found))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("requirements.txt:1: a and 1 more, to line 3, are asked"),
                        second -> assertThat(second).startsWith("more/web.txt:1: c is asked for"));
        assertThat(copying(found)).containsSubsequence("more/web.txt", "0", "requirements.txt", "3", "b");
    }
}
