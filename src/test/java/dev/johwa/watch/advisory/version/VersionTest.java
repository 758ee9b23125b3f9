package dev.johwa.watch.advisory.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Orders as each ecosystem has them; Python's and Debian's held to the programs that decide there.
class VersionTest {
    private static Version version(Scheme scheme, String text) {
        return scheme.parse(text).orElseThrow(() -> new AssertionError(text + " is no version"));
    }

    private static int compared(Scheme scheme, String one, String other) {
        return Integer.signum(version(scheme, one).compareTo(version(scheme, other)));
    }

    private static void ordered(Scheme scheme, String... versions) {
        for (int i = 0; i < versions.length; i++) {
            for (int j = 0; j < versions.length; j++) {
                assertThat(compared(scheme, versions[i], versions[j]))
                        .as(versions[i] + " and " + versions[j])
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    private static void equal(Scheme scheme, String... versions) {
        for (var version : versions) {
            assertThat(compared(scheme, versions[0], version))
                    .as(versions[0] + " and " + version)
                    .isZero();
        }
    }

    @Test
    void semanticVersions() {
        ordered(
                Scheme.SEMANTIC,
                "0.0.0-20200101000000-abcdef123456",
                "v0.1.0",
                "1.0.0-0.3.7",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.2.0",
                "v1.10.0",
                "2.0.0",
                "20240101000000000000000.0.0");
        equal(Scheme.SEMANTIC, "1.2", "v1.2.0", "1.2.0+build.5", "1.2.0.0");
    }

    @Test
    void mavenVersionsAsItsReferenceOrdersThem() {
        ordered(
                Scheme.MAVEN,
                "1.0-alpha-1",
                "1.0-alpha2",
                "1.0-beta-1",
                "1.0-M1",
                "1.0-RC1",
                "1.0-cr2",
                "1.0-SNAPSHOT",
                "1.0",
                "1.0-sp",
                "1.0-foo",
                "1.0-1",
                "1.0.1-android",
                "1.0.1-jre",
                "1.2",
                "1.10",
                "2.0");
        ordered(Scheme.MAVEN, "1-foo2", "1-foo10", "1-1", "1.1");
        equal(Scheme.MAVEN, "1", "1.0", "1.0.0", "1.ga", "1.0.Final", "1-0.0", "1.0.RELEASE");
        equal(Scheme.MAVEN, "1.0a1", "1.0-alpha-1", "1-ALPHA1");
        equal(Scheme.MAVEN, "1.0.0-foo.0.0", "1-foo");
    }

    @Test
    void whatIsNoVersionIsNone() {
        for (var text : List.of("", "latest", "1.x", "git+https://example.com/a.git", "devel go1.23", "^1.0.0")) {
            assertThat(Scheme.SEMANTIC.parse(text)).as(text).isEmpty();
            assertThat(Scheme.PYTHON.parse(text)).as(text).isEmpty();
        }
        assertThat(Scheme.PYTHON.parse("2004d")).isEmpty();
        assertThat(Scheme.MAVEN.parse("")).isEmpty();
        assertThat(Scheme.MAVEN.parse("--")).isEmpty();
        assertThat(Scheme.DEBIAN.parse("<none>")).isEmpty();
        assertThat(Scheme.DEBIAN.parse("1".repeat(300))).isEmpty();
        assertThatThrownBy(() -> version(Scheme.MAVEN, "1").compareTo(version(Scheme.DEBIAN, "1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pythonVersionsAsPipOrdersThem() throws Exception {
        ordered(
                Scheme.PYTHON,
                "1.dev0",
                "1.0a1.dev2",
                "1.0a1",
                "1.0a1.post1",
                "1.0b2",
                "1.0rc1",
                "1.0",
                "1.0+abc",
                "1.0+abc.5",
                "1.0+5",
                "1.0.post1.dev1",
                "1.0-1",
                "1.0.1",
                "1.1",
                "1.10",
                "1!0.1");
        equal(Scheme.PYTHON, "1.0", "v1.0.0", "1.00");
        equal(Scheme.PYTHON, "1.0rc1", "1.0-c1", "1.0.pre.1", "1.0_RC1");
        var tails =
                List.of("", "a1", "b2", ".rc3", ".post1", "-2", ".dev4", "a1.dev1", ".post2.dev3", "+l.1", "+2", "0");
        var pairs = pairs(List.of("1", "1.0", "1.1", "2!1", "1.0.0"), tails);
        var program = "import sys\nfrom pip._vendor.packaging.version import Version as V\n"
                + "for line in sys.stdin:\n  a, b = map(V, line.split())\n  print((a > b) - (a < b), flush=True)\n";
        held(Scheme.PYTHON, pairs, answers(pairs, "python3", "-c", program));
    }

    @Test
    void debianVersionsAsDpkgOrdersThem() throws Exception {
        ordered(
                Scheme.DEBIAN,
                "1.0~rc1-1",
                "1.0-1~deb12u1",
                "1.0-1",
                "1.0-1+b1",
                "1.0-2",
                "1.0a-1",
                "1.0+dfsg-1",
                "1.10-1",
                "1:0.1-1");
        equal(Scheme.DEBIAN, "1.0", "0:1.0", "1.0-0", "1.00");
        var tails = List.of("", "~", "~~a", "-0", "-1", "a", "+b1", ".0", "-1~bpo1", "-1.1", "00");
        var pairs = pairs(List.of("1", "1.0", "2:1", "1.0+dfsg", "1-1"), tails);
        var program = "while read -r a b; do dpkg --compare-versions \"$a\" lt \"$b\" && echo -1 && continue;"
                + " dpkg --compare-versions \"$a\" gt \"$b\" && echo 1 || echo 0; done";
        held(Scheme.DEBIAN, pairs, answers(pairs, "sh", "-c", program));
    }

    private static void held(Scheme scheme, List<String> pairs, List<String> answers) {
        assertThat(answers).hasSameSizeAs(pairs);
        for (int i = 0; i < pairs.size(); i++) {
            var pair = pairs.get(i).split(" ");
            assertThat(compared(scheme, pair[0], pair[1])).as(pairs.get(i)).isEqualTo(Integer.parseInt(answers.get(i)));
        }
    }

    private static List<String> pairs(List<String> heads, List<String> tails) {
        var random = new Random(7);
        var pairs = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            pairs.add(any(heads, random) + any(tails, random) + " " + any(heads, random) + any(tails, random));
        }
        return pairs;
    }

    private static String any(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<String> answers(List<String> pairs, String... command)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = process.outputWriter()) {
            for (var pair : pairs) {
                out.write(pair + "\n");
            }
        }
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            var answers = in.lines().toList();
            assertThat(process.waitFor()).isZero();
            return answers;
        }
    }
}
