package dev.johwa.watch.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.build.bill.Bill;
import dev.johwa.build.bill.Component;
import dev.johwa.build.bill.Component.Source;
import dev.johwa.build.bill.Ecosystem;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoriesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Tasks tasks = new Tasks();

    @AfterEach
    void close() {
        tasks.close();
    }

    private Path export() {
        return folder.resolve("osv");
    }

    private Advisories advisories() {
        return new Advisories(export(), folder.resolve("run/advisories/index"), tasks);
    }

    private void put(String name, String text) throws IOException {
        Samples.put(export(), name, text);
    }

    private static Component component(Ecosystem ecosystem, String name, String version) {
        return Component.of(ecosystem, name, version);
    }

    private static Component debian(String name, String version, String distribution, String release) {
        var source = new Source(name, version, "amd64", distribution, release);
        return Component.of(Ecosystem.DEBIAN, "lib" + name, "1").madeOf(Optional.of(source));
    }

    private Judgement judged(Component... components) {
        return advisories().judge(new Bill(Digest.of("x"), List.of(components), List.of(), List.of()), PATIENCE);
    }

    @Test
    void anExportIsJoinedWithABill() throws Exception {
        var high = "\"aliases\": [\"CVE-2024-1\"], \"database_specific\": {\"severity\": \"HIGH\"},";
        Samples.zip(
                export().resolve("npm/all.zip"),
                "GHSA-aaaa-bbbb-cccc.json",
                Samples.advisory("GHSA-aaaa-bbbb-cccc", high, "npm", "left", "1.3.0"),
                "GHSA-gone-gone-gone.json",
                Samples.advisory(
                        "GHSA-gone-gone-gone", "\"withdrawn\": \"2024-01-01T00:00:00Z\",", "npm", "left", "9.0.0"));
        put("npm/OSV-1.json", Samples.advisory("OSV-1", "\"aliases\": [\"CVE-2024-1\"],", "npm", "left", "1.4.0"));
        put("PyPI/PYSEC-1.json", Samples.advisory("PYSEC-1", "", "PyPI", "Flask_Login", "0.6.1"));
        put("Debian/DSA-1.json", Samples.advisory("DSA-1", "", "Debian:12", "openssl", "3.0.12-1"));
        put("Debian/DSA-2.json", Samples.advisory("DSA-2", "", "Debian:11", "openssl", "9.0"));
        put("Ubuntu/USN-1.json", Samples.advisory("USN-1", "", "Ubuntu:24.04:LTS", "curl", "8.5.0-2ubuntu10.6"));
        put("Ubuntu/USN-2.json", Samples.advisory("USN-2", "", "Ubuntu:Pro:24.04:LTS", "curl", "9"));
        put("Go/GO-1.json", Samples.advisory("GO-1", "", "Go", "stdlib", "1.21.8"));
        put("Maven/GHSA-m.json", Samples.advisory("GHSA-m", "", "Maven", "org.x:y", "1.0.0.Final"));
        put("crates.io/RUSTSEC-1.json", Samples.advisory("RUSTSEC-1", "", "crates.io", "smallvec", "1.6.1"));
        put("Packagist/PKSA.json", Samples.advisory("PKSA-1", "", "Packagist", "left", "9"));
        var judged = judged(
                component(Ecosystem.NPM, "left", "1.2.0"),
                component(Ecosystem.NPM, "right", "1.2.0"),
                component(Ecosystem.PYPI, "flask-login", "0.6"),
                component(Ecosystem.GO, "stdlib", "1.21.3"),
                component(Ecosystem.MAVEN, "org.x:y", "1.0.0.CR2"),
                component(Ecosystem.CARGO, "smallvec", "1.6.1"),
                debian("openssl", "3.0.11-1", "debian", "12"),
                debian("curl", "8.5.0-2ubuntu10.5", "ubuntu", "24.04"));
        assertThat(judged.vulnerabilities())
                .extracting(Vulnerability::id)
                .containsExactlyInAnyOrder("CVE-2024-1", "PYSEC-1", "DSA-1", "USN-1", "GO-1", "GHSA-m");
        var joined = judged.vulnerabilities().getFirst();
        assertThat(joined.aliases()).containsExactly("GHSA-aaaa-bbbb-cccc", "OSV-1");
        assertThat(joined.severity()).isEqualTo(Severity.HIGH);
        assertThat(joined.fixed()).containsExactlyInAnyOrder("1.3.0", "1.4.0");
        assertThat(judged.unsure()).isEmpty();
        assertThat(judged.gaps()).isEmpty();
        assertThat(judged.export().modified()).isEqualTo("2024-01-02T00:00:00Z");
    }

    @Test
    void whatCannotBeComparedIsNeverTakenForSafe() throws Exception {
        put("npm/1.json", Samples.advisory("A-1", "", "npm", "left", "1.3.0"));
        put(
                "npm/2.json",
                Samples.affected("A-2", "npm", "never", "\"ranges\": [{\"type\": \"SEMVER\", \"events\": []}]"));
        put("npm/3.json", Samples.affected("A-3", "npm", "commits", """
                "ranges": [{"type": "GIT", "repo": "https://x", "events": [{"introduced": "0"}]}]"""));
        put("npm/4.json", Samples.affected("A-4", "npm", "silent", "\"versions\": []"));
        put("npm/5.json", Samples.affected("A-5", "npm", "odd", """
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "next"}]}]"""));
        put("npm/6.json", Samples.affected("A-6", "npm", "listed", "\"versions\": [\"1.0.0\", \"weekly\"]"));
        var judged = judged(
                component(Ecosystem.NPM, "left", "latest"),
                component(Ecosystem.NPM, "left", ""),
                component(Ecosystem.NPM, "never", "1.0.0"),
                component(Ecosystem.NPM, "commits", "1.0.0"),
                component(Ecosystem.NPM, "silent", "1.0.0"),
                component(Ecosystem.NPM, "odd", "1.0.0"),
                component(Ecosystem.NPM, "listed", "weekly"),
                component(Ecosystem.NPM, "listed", "v1.0"),
                component(Ecosystem.NPM, "listed", "1.0.1"),
                component(Ecosystem.MAVEN, "a:b", "1"),
                component(Ecosystem.OTHER, "some", "1"),
                debian("openssl", "3.0.11-1", "debian", ""),
                debian("zlib", "1", "devuan", "5"));
        assertThat(judged.vulnerabilities())
                .extracting(each -> each.component().purl())
                .containsExactlyInAnyOrder("pkg:npm/listed@weekly", "pkg:npm/listed@v1.0");
        assertThat(judged.unsure())
                .extracting(each -> each.id() + " " + each.why())
                .containsExactlyInAnyOrder(
                        "A-1 'latest' is no version that can be compared",
                        "A-1 nothing tells its version",
                        "A-2 it has a range that never begins",
                        "A-3 it names commits, not versions",
                        "A-4 it names no versions",
                        "A-5 it speaks of 'next', which is no version there");
        assertThat(judged.gaps())
                .containsExactlyInAnyOrder(
                        "1 package not judged: the export has nothing of Maven",
                        "1 package not judged: nothing tells which registry they are of",
                        "1 package not judged: nothing tells which release of Debian they are of",
                        "1 package not judged: no advisories are read of their distribution");
    }

    @Test
    void badFilesAreToldAndStopNothing() throws Exception {
        put("npm/good.json", Samples.advisory("A-1", "", "npm", "left", "1.3.0"));
        put("npm/broken.json", "{ nobody asks");
        put("npm/list.json", "[]");
        put("npm/torn.zip", "PK\u0003\u0004 and no more");
        put("npm/large.json", "{\"id\": \"" + "x".repeat(Export.LARGEST) + "\"}");
        Samples.zip(
                export().resolve("npm/outside.zip"),
                "../../../escaped.json",
                Samples.advisory("A-2", "", "npm", "left", "1.4.0"));
        Samples.bomb(export().resolve("npm/bomb.zip"), Export.LARGEST * 20L);
        var judged = judged(component(Ecosystem.NPM, "left", "1.2.0"));
        assertThat(judged.vulnerabilities()).extracting(Vulnerability::id).containsExactlyInAnyOrder("A-1", "A-2");
        assertThat(judged.gaps()).hasSize(1);
        assertThat(judged.gaps().getFirst()).startsWith("6 files of the export could not be read, such as npm/");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder(
                            "good.json",
                            "broken.json",
                            "list.json",
                            "torn.zip",
                            "large.json",
                            "outside.zip",
                            "bomb.zip",
                            "index");
        }
    }

    @Test
    void theIndexIsMadeOncePerChangeAndOutlivesDamage() throws Exception {
        put("npm/1.json", Samples.advisory("A-1", "", "npm", "left", "1.3.0"));
        var left = component(Ecosystem.NPM, "left", "1.2.0");
        assertThat(judged(left).vulnerabilities()).hasSize(1);
        var index = folder.resolve("run/advisories/index");
        var made = Files.getLastModifiedTime(index);
        var first = advisories().state(PATIENCE);
        assertThat(judged(left).vulnerabilities()).hasSize(1);
        assertThat(Files.getLastModifiedTime(index)).isEqualTo(made);
        put("npm/2.json", Samples.advisory("A-2", "", "npm", "left", "1.4.0"));
        // What an earlier making left behind when it was killed.
        Files.createDirectories(index.resolveSibling("making"));
        Files.writeString(index.resolveSibling("making/7"), "half");
        assertThat(judged(left).vulnerabilities()).hasSize(2);
        assertThat(index.resolveSibling("making")).doesNotExist();
        assertThat(advisories().state(PATIENCE)).isNotEqualTo(first);
        Files.writeString(index, "this is no index of any form");
        assertThat(judged(left).vulnerabilities()).hasSize(2);
    }

    @Test
    void withoutAnExportItSaysWhatToPutWhere() {
        assertThat(advisories().areThere()).isFalse();
        assertThat(advisories().glance(new Bill(Digest.of("x"), List.of(), List.of(), List.of())))
                .isEmpty();
        assertThatThrownBy(this::judged).hasMessageContaining("no advisories").hasMessageContaining("osv");
    }

    @Test
    void thousandPackagesAmongManyAdvisories() throws Exception {
        var texts = new String[40_000];
        for (int i = 0; i < texts.length; i += 2) {
            texts[i] = "A-" + i + ".json";
            texts[i + 1] = Samples.advisory("A-" + i, "", "npm", "package-" + i, "1.3.0");
        }
        Samples.zip(export().resolve("npm/all.zip"), texts);
        var components = new Component[1_000];
        for (int i = 0; i < components.length; i++) {
            components[i] = component(Ecosystem.NPM, "package-" + i, "1.2.0");
        }
        long start = System.nanoTime();
        assertThat(judged(components).vulnerabilities()).hasSize(500);
        long made = System.nanoTime();
        assertThat(judged(components).vulnerabilities()).hasSize(500);
        long again = System.nanoTime();
        assertThat(Duration.ofNanos(again - made)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void samplesAreWhatOsvCallsAdvisories() throws Exception {
        assertThat(Samples.schemaErrors(Samples.advisory(
                        "GHSA-aaaa-bbbb-cccc",
                        "\"aliases\": [\"CVE-2024-1\"], \"severity\": [{\"type\": \"CVSS_V3\", \"score\":"
                                + " \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}],",
                        "npm",
                        "left",
                        "1.3.0")))
                .isEmpty();
        assertThat(Samples.schemaErrors(Samples.advisory("DSA-1", "", "Debian:12", "openssl", "3.0.12-1")))
                .isEmpty();
        assertThat(Samples.schemaErrors(Samples.affected(
                        "GHSA-x", "npm", "never", "\"ranges\": [{\"type\": \"SEMVER\", \"events\": []}]")))
                .isNotEmpty();
        assertThat(Samples.schemaErrors(new String("{}".getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)))
                .isNotEmpty();
    }
}
