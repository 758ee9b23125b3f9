package dev.johwa.build.bill;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.johwa.build.image.Images;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.file.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BillTest {
    private static final Images.Start START = new Images.Start(List.of("run"), Map.of(), List.of());

    @TempDir
    Path folder;

    private Images images;

    @BeforeEach
    void open() {
        images = new Images(
                new Blobs(folder.resolve("blobs")), folder.resolve("unpacked"), new FakeClock(Instant.now()));
    }

    private void put(String name, String text) throws IOException {
        var file = folder.resolve("app").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Digest packed() {
        return images.pack(folder.resolve("app"), List.of("node_modules"), List.of(), START)
                .manifest();
    }

    private Bill bill() {
        return new Bills(images, folder.resolve("bills/1")).of(packed());
    }

    @Test
    void whatAWriterThatWasKilledLeftGoes() throws IOException {
        put("package-lock.json", "{}");
        bill();
        var kept = Trees.children(folder.resolve("bills/1"));
        var part = folder.resolve("bills/1/" + "0".repeat(64) + ".json.gz.part");
        Files.writeString(part, "half");

        var _ = new Bills(images, folder.resolve("bills/1"));

        assertThat(Trees.children(folder.resolve("bills/1"))).hasSize(1).isEqualTo(kept);
    }

    private static List<String> purls(Bill bill) {
        return bill.components().stream().map(Component::purl).toList();
    }

    @Test
    void npmLocksOfAllVersionsAndWhatIsInstalled() throws Exception {
        put("package-lock.json", """
                {"lockfileVersion": 3, "packages": {"": {"name": "shop"},
                 "node_modules/@scope/a": {"version": "1.0.0+x", "license": "MIT"},
                 "node_modules/b": {"version": "2.0.0", "dev": true},
                 "node_modules/b/node_modules/alias": {"name": "c", "version": "3.0.0", "optional": true},
                 "node_modules/own": {"resolved": "packages/own", "link": true}}}
                """);
        put("old/package-lock.json", """
                {"lockfileVersion": 1, "dependencies": {"d": {"version": "4.0.0", "dependencies":
                 {"e": {"version": "5.0.0"}}}, "g": {"version": "git+ssh://here"}}}
                """);
        put("node_modules/b/package.json", """
                {"name": "b", "version": "2.0.0", "license": "(MIT OR Apache-2.0)"}
                """);
        put("node_modules/.bin/package.json", "{}");
        var bill = bill();
        assertThat(purls(bill))
                .containsExactly(
                        "pkg:npm/%40scope/a@1.0.0%2Bx",
                        "pkg:npm/b@2.0.0", "pkg:npm/c@3.0.0", "pkg:npm/d@4.0.0", "pkg:npm/e@5.0.0");
        assertThat(bill.components().get(0).licences()).containsExactly("MIT");
        assertThat(bill.components().get(1).licences()).containsExactly("(MIT OR Apache-2.0)");
        assertThat(bill.components().get(2).use()).isEqualTo(Component.Use.OPTIONAL);
        assertThat(bill.locks())
                .extracting(Bill.Lock::path)
                .containsExactly("app/old/package-lock.json", "app/package-lock.json");
        assertThat(bill.warnings()).isEmpty();
        assertThat(schemaErrors(bill)).isEmpty();
    }

    private static Map<String, List<String>> ways(Bill bill) {
        var ways = new TreeMap<String, List<String>>();
        bill.components().forEach(each -> each.through().ifPresent(way -> ways.put(each.name(), way)));
        return ways;
    }

    @Test
    void whoBringsAPackageIsToldWhereTheLockFileTells() throws Exception {
        put("package-lock.json", """
                {"lockfileVersion": 3, "packages": {
                 "": {"name": "shop", "dependencies": {"a": "^1"}, "devDependencies": {"d": "^1"}},
                 "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "^1", "loop": "*"}},
                 "node_modules/b": {"version": "2.0.0"},
                 "node_modules/a/node_modules/b": {"version": "1.0.0", "dependencies": {"c": "1"}},
                 "node_modules/c": {"version": "1.0.0", "peerDependencies": {"missing": "1"}},
                 "node_modules/d": {"version": "1.0.0", "dev": true},
                 "node_modules/loop": {"version": "1.0.0", "dependencies": {"a": "*"}},
                 "node_modules/lost": {"version": "1.0.0"}}}
                """);
        put("py/uv.lock", """
                [[package]]
                name = "shop"
                version = "0.1.0"
                source = { virtual = "." }
                dependencies = [{ name = "Flask" }]

                [[package]]
                name = "flask"
                version = "3.0.0"
                dependencies = [{ name = "werkzeug" }]

                [[package]]
                name = "werkzeug"
                version = "3.0.1"
                """);
        put("rust/Cargo.lock", """
                [[package]]
                name = "shop"
                version = "0.1.0"
                dependencies = ["serde 1.0.1", "rand"]

                [[package]]
                name = "serde"
                version = "1.0.1"
                source = "registry+x"
                dependencies = ["serde_derive 1.0.0 (registry+x)"]

                [[package]]
                name = "serde_derive"
                version = "1.0.0"
                source = "registry+x"

                [[package]]
                name = "rand"
                version = "0.8.0"
                source = "registry+x"
                """);
        put("go/go.mod", """
                module shop
                require (
                  example.com/direct v1.0.0
                  example.com/other v1.0.0 // indirect
                )
                """);
        put("poetry.lock", """
                [[package]]
                name = "Django-Ninja"
                version = "1.0"
                [package.dependencies]
                Pydantic = ">=2"
                [[package]]
                name = "pydantic"
                version = "2.1"
                """);
        put("yarn/yarn.lock", """
                "y-top@^1.0.0", "y-top@^1.1.0":
                  version "1.2.0"
                  dependencies:
                    "@y/mid" "^2"
                  peerDependencies:
                    none "*"

                "@y/mid@^2":
                  version "2.3.4"
                  dependencies:
                    y-top "^1.1.0"
                    y-low "^3"

                y-low@^3:
                  version "3.0.0"
                """);
        put("berry/yarn.lock", """
                "shop@workspace:.":
                  version: 0.0.0-use.local
                  resolution: "shop@workspace:."
                  dependencies:
                    z-top: "npm:^1"

                "z-top@npm:^1":
                  version: 1.0.0
                  resolution: "z-top@npm:1.0.0"
                  dependencies:
                    z-low: ^2

                "z-low@npm:^2, z-low@npm:^2.1":
                  version: 2.1.0
                  resolution: "z-low@npm:2.1.0"
                """);
        put("pnpm/pnpm-lock.yaml", """
                lockfileVersion: '9.0'
                importers:
                  .:
                    dependencies:
                      p-top:
                        specifier: ^1
                        version: 1.0.0(p-peer@2.0.0)
                packages:
                  p-top@1.0.0:
                    resolution: {integrity: sha512-y}
                    peerDependencies:
                      p-peer: '*'
                  '@p/low@3.0.0':
                    resolution: {integrity: sha512-y}
                  p-peer@2.0.0:
                    resolution: {integrity: sha512-y}
                snapshots:
                  p-top@1.0.0(p-peer@2.0.0):
                    dependencies:
                      p-low: '@p/low@3.0.0'
                  '@p/low@3.0.0': {}
                  p-peer@2.0.0: {}
                """);
        put("pnpm6/pnpm-lock.yaml", """
                lockfileVersion: '6.0'
                dependencies:
                  q-top:
                    specifier: ^1
                    version: 1.0.0
                packages:
                  /q-top@1.0.0:
                    dependencies:
                      q-low: 2.0.0
                    dev: false
                  /q-low@2.0.0:
                    dev: false
                """);
        var bill = bill();
        var ways = ways(bill);
        assertThat(ways)
                .containsEntry("django-ninja", List.of())
                .containsEntry("pydantic", List.of("django-ninja"))
                .containsEntry("y-top", List.of())
                .containsEntry("@y/mid", List.of("y-top"))
                .containsEntry("y-low", List.of("y-top", "@y/mid"))
                .containsEntry("z-top", List.of())
                .containsEntry("z-low", List.of("z-top"))
                .containsEntry("p-top", List.of())
                .containsEntry("@p/low", List.of("p-top"))
                .containsEntry("q-low", List.of("q-top"))
                .doesNotContainKeys("p-peer", "none");
        assertThat(ways)
                .containsEntry("a", List.of())
                .containsEntry("c", List.of("a", "b"))
                .containsEntry("d", List.of())
                .containsEntry("loop", List.of("a"))
                .doesNotContainKeys("lost", "example.com/other")
                .containsEntry("flask", List.of())
                .containsEntry("werkzeug", List.of("flask"))
                .containsEntry("serde", List.of())
                .containsEntry("serde_derive", List.of("serde"))
                .containsEntry("rand", List.of())
                .containsEntry("example.com/direct", List.of());
        // What was kept of it is what was read.
        assertThat(bill()).isEqualTo(bill);
    }

    @Test
    void aBillOfAThousandPackagesIsMadeOnce() throws Exception {
        var lock = new StringBuilder("{\"lockfileVersion\": 3, \"packages\": {\"\": {\"name\": \"shop\"}");
        for (int i = 0; i < 1_000; i++) {
            lock.append(", \"node_modules/p" + i + "\": {\"version\": \"1.0." + i + "\", \"license\": \"MIT\"}");
        }
        put("package-lock.json", lock.append("}}").toString());
        var artifact = packed();
        var made = new Bills(images, folder.resolve("bills/1")).of(artifact);
        assertThat(made.components()).hasSize(1_000);
        var kept = folder.resolve("bills/1/" + artifact.hex() + ".json.gz");
        assertThat(Files.size(kept)).isLessThan(100_000);
        Files.writeString(folder.resolve("bills/1/" + Digest.of("other").hex() + ".json.gz"), "torn");
        assertThat(new Bills(images, folder.resolve("bills/1")).of(artifact)).isEqualTo(made);
        // Those of another program are gone with its first.
        assertThat(new Bills(images, folder.resolve("bills/2")).of(artifact)).isEqualTo(made);
        assertThat(kept).doesNotExist();
    }

    @Test
    void otherLocksOfNode() throws Exception {
        put("1/yarn.lock", """
                # yarn lockfile v1

                "@scope/a@^1.0.0", "@scope/a@^1.1.0":
                  version "1.2.0"
                  dependencies:
                    b "^2"

                b@^2:
                  version "2.3.4"
                """);
        put("2/yarn.lock", """
                __metadata:
                  version: 8

                "berry@npm:^3.0.0":
                  version: 3.0.1
                  resolution: "berry@npm:3.0.1"

                "shop@workspace:.":
                  version: 0.0.0-use.local
                  resolution: "shop@workspace:."
                """);
        put("9/pnpm-lock.yaml", """
                lockfileVersion: '9.0'
                importers:
                  .: {}
                packages:

                  '@types/node@20.1.0':
                    resolution: {integrity: sha512-x}

                  fast@1.0.0:
                    resolution: {integrity: sha512-y}

                snapshots:
                  gone@9.9.9: {}
                """);
        put("5/pnpm-lock.yaml", """
                lockfileVersion: 5.4
                packages:
                  /@old/a/1.0.1_b@2.0.0:
                    dev: true
                  /old/2.0.1:
                    dev: false
                """);
        put("6/pnpm-lock.yaml", """
                packages:
                  /six@6.0.0(peer@1.0.0):
                    dev: false
                """);
        put("bun.lock", """
                {
                  "packages": {
                    "bunned": ["bunned@7.0.0", "", {}, "sha512-x"],
                    "@s/b": ["@s/b@7.1.0", "", {"dependencies": {"bunned": "^7"}}, "sha512-y"],
                    "own": ["own@workspace:own"],
                  }
                }
                """);
        assertThat(purls(bill()))
                .containsExactly(
                        "pkg:npm/%40old/a@1.0.1",
                        "pkg:npm/%40s/b@7.1.0",
                        "pkg:npm/%40scope/a@1.2.0",
                        "pkg:npm/%40types/node@20.1.0",
                        "pkg:npm/b@2.3.4",
                        "pkg:npm/berry@3.0.1",
                        "pkg:npm/bunned@7.0.0",
                        "pkg:npm/fast@1.0.0",
                        "pkg:npm/old@2.0.1",
                        "pkg:npm/six@6.0.0");
    }

    @Test
    void pythonRustGoAndGradle() throws Exception {
        var tables = "[[package]]\nname = \"Flask_Login\"\nversion = \"0.6\"\nsource = { registry = \"r\" }\n";
        put("uv.lock", tables + "[[package]]\nname = \"shop\"\nversion = \"1\"\nsource = { virtual = \".\" }\n");
        put("poetry.lock", "[[package]]\nname = \"six\"\nversion = \"1.16.0\"\n");
        put(
                "Cargo.lock",
                "[[package]]\nname = \"own\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"serde\"\n"
                        + "version = \"1.0.200\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n");
        put("Pipfile.lock", "{\"default\": {\"Jinja2\": {\"version\": \"==3.1.2\"}}, \"develop\": {}}");
        put("requirements.txt", "requests[socks]==2.31.0 ; python_version > '3' # why\nnot>=1\nurllib3 == 2.0.7 \\\n");
        put(
                "lib/idna-3.6.dist-info/METADATA",
                "Metadata-Version: 2.1\nName: idna\nVersion: 3.6\n"
                        + "Classifier: License :: OSI Approved :: BSD License\n\nName: not this\n");
        put(
                "go.mod",
                "module shop\n\ngo 1.22\n\nrequire github.com/Gin/gin v1.9.1\nrequire (\n"
                        + "\tgolang.org/x/net v0.20.0 // indirect\n)\n\nreplace a.b/c => ../c v1.0.0\n");
        put("gradle.lockfile", "# made\ncom.google.guava:guava:33.0.0-jre=runtimeClasspath\nempty=\n");
        assertThat(purls(bill()))
                .containsExactly(
                        "pkg:cargo/serde@1.0.200",
                        "pkg:golang/github.com/gin/gin@v1.9.1",
                        "pkg:golang/golang.org/x/net@v0.20.0",
                        "pkg:maven/com.google.guava/guava@33.0.0-jre",
                        "pkg:pypi/flask-login@0.6",
                        "pkg:pypi/idna@3.6",
                        "pkg:pypi/jinja2@3.1.2",
                        "pkg:pypi/requests@2.31.0",
                        "pkg:pypi/six@1.16.0",
                        "pkg:pypi/urllib3@2.0.7");
    }

    @Test
    void jarsWithinJars() throws Exception {
        var inner = zip(Map.of(
                "META-INF/maven/org.a/lib/pom.properties",
                "groupId=org.a\nartifactId=lib\nversion=1.2\n".getBytes(StandardCharsets.UTF_8),
                "META-INF/maven/org.a/lib/pom.xml",
                ("<project><licenses><license><name>The Apache Software License, Version 2.0</name></license>"
                                + "</licenses></project>")
                        .getBytes(StandardCharsets.UTF_8)));
        put("a", "");
        Files.write(
                folder.resolve("app/shop.jar"),
                zip(Map.of("BOOT-INF/lib/lib-1.2.jar", inner, "BOOT-INF/lib/plain-3.0.jar", zip(Map.of()))));
        var bill = bill();
        assertThat(purls(bill)).containsExactly("pkg:generic/plain@3.0", "pkg:maven/org.a/lib@1.2");
        assertThat(bill.components().get(1).licences()).containsExactly("Apache-2.0");
        assertThat(schemaErrors(bill)).isEmpty();
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/"));
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void packagesOfDebianWithTheirSources() {
        var finding = new Finding();
        DebianFiles.status(
                "Package: libssl3\nStatus: install ok installed\nSource: openssl (3.0.11-1)\nArchitecture: amd64\n"
                        + "Version: 3.0.11-1~deb12u2\nDescription: x\n more\n\nPackage: gone\n"
                        + "Status: deinstall ok config-files\nVersion: 1\n",
                finding);
        var found = finding.components().stream()
                .map(each -> DebianFiles.of(each, DebianFiles.Distribution.of("ID=debian\nVERSION_ID=\"12\"\n")))
                .toList();
        assertThat(found)
                .extracting(Component::purl)
                .containsExactly("pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12");
        assertThat(found.getFirst().source().orElseThrow().name()).isEqualTo("openssl");
    }

    @Test
    void aBrokenLockIsAWarningAndTheSameArtifactGivesTheSameBytes() throws Exception {
        put("package-lock.json", "{ this is none");
        put("uv.lock", "[[package");
        put("requirements.txt", "six==1.16.0\n");
        var artifact = packed();
        var first = new Bills(images, folder.resolve("bills/1")).of(artifact);
        assertThat(first.warnings())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("app/package-lock.json: cannot be read: ");
        assertThat(new Bills(images, folder.resolve("bills/1")).of(artifact).cycloneDx())
                .isEqualTo(first.cycloneDx());
        assertThat(schemaErrors(first)).isEmpty();
    }

    /// By the schema that CycloneDX publishes.
    private static List<String> schemaErrors(Bill bill) {
        var registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7,
                builder -> builder.schemas(location -> read(location.substring(location.lastIndexOf('/') + 1))));
        return registry
                .getSchema(SchemaLocation.of("http://cyclonedx.org/schema/bom-1.6.schema.json"))
                .validate(new String(bill.cycloneDx(), StandardCharsets.UTF_8), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(BillTest.class.getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
