package dev.johwa.main.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.archive.Contents;
import dev.johwa.lib.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./johwa package`, and what it wrote installed and run where nothing of ours ever was.
class PackageTest {
    private static final Path DIST = Path.of("target/dist");

    /// Starts the platform at port 80, pushes a site and asks for it; `$J` is the program.
    private static final String MAIN_JOB = """
            $J up --data /var/lib/johwa --edge 127.0.0.1:80 >/tmp/up.log 2>&1 &
            for i in $(seq 300); do grep -q 'git push' /tmp/up.log && break; sleep 0.1; done
            push=$(sed -n 's/.*git push \\(.*\\)NAME.git main/\\1/p' /tmp/up.log)
            [ -n "$push" ] || { cat /tmp/up.log; exit 1; }
            mkdir /tmp/site && cd /tmp/site && git init -q -b main
            echo 'hello from a clean machine' >index.html
            git add . && git -c user.name=a -c user.email=a@b commit -qm one
            git push -q "${push}site.git" main
            perl -MIO::Socket::INET -e '
                my $s = IO::Socket::INET->new("127.0.0.1:80") or die $!;
                print $s "GET / HTTP/1.0\\r\\nHost: site.localhost\\r\\n\\r\\n"; print while <$s>'
            $J down --data /var/lib/johwa --apps
            """;

    @TempDir
    static Path scratch;

    private static CleanRoot machine;
    private static Path base;
    private static Path packages;

    @BeforeAll
    static void writeThem() throws IOException, InterruptedException {
        machine = CleanRoot.in(scratch);
        base = base();
        packages = packaged("first", "archive,deb,image");
    }

    /// The clean system without half of its bytes, which are texts and programs of others: each image compresses it.
    private static Path base() throws IOException, InterruptedException {
        var base = Files.createDirectory(scratch.resolve("base"));
        var copy = "tar -C \"$0\" --exclude=./usr/share --exclude=./usr/lib/git-core --exclude='./usr/lib/python3.*'"
                + " --exclude='./var/cache/*' --exclude='./var/lib/apt/lists/*' -c . | tar -C \"$1\" -xp";
        CleanRoot.run(List.of("sh", "-ec", copy, machine.root().toString(), base.toString()), 60);
        return base;
    }

    private static Path packaged(String name, String kinds) throws IOException, InterruptedException {
        var into = scratch.resolve(name);
        var words =
                List.of("./johwa", "package", "--only", kinds, "--base", base.toString(), "--into", into.toString());
        CleanRoot.run(words, 300);
        return into;
    }

    @Test
    void theSameProgramGivesTheSameBytes() throws IOException, InterruptedException {
        var again = packaged("second", "archive,deb,image");
        assertThat(Files.readString(again.resolve("SHA256SUMS")))
                .isEqualTo(Files.readString(packages.resolve("SHA256SUMS")))
                .hasLineCount(3);
        assertThat(packages)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void theArchiveNeedsNothingElse() throws IOException, InterruptedException {
        assertThat(machine.run(packages, """
                ! command -v java
                mkdir /opt/johwa && tar -xzf /files/johwa-*.tar.gz -C /opt/johwa --strip-components=1
                export JOHWA_NO_CACHE=1
                J=/opt/johwa/johwa
                $J --version
                """ + MAIN_JOB)).contains("johwa 0.", "hello from a clean machine");
    }

    @Test
    void theDebianPackageInstallsAndGoes() throws IOException, InterruptedException {
        assertThat(machine.run(packages, """
                dpkg -i /files/johwa_*.deb
                ls /usr/lib/johwa/caches
                J=johwa
                """ + MAIN_JOB + """
                test -f /usr/lib/systemd/system/johwa.socket
                dpkg -r johwa
                ls /usr/lib/johwa 2>&1 || true
                test -d /var/lib/johwa/git && echo the data stays
                """))
                .contains(
                        "-cli.aot",
                        "-server.aot",
                        "-edge.aot",
                        "hello from a clean machine",
                        "the data stays",
                        "'/usr/lib/johwa': No such file");
    }

    @Test
    void theImageIsWhatItsIndexSays() throws Exception {
        var layout = packages.resolve(only(packages, ".oci"));
        var blobs = layout.resolve("blobs/sha256");
        try (Stream<Path> all = Files.list(blobs)) {
            for (var blob : all.toList()) {
                var hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(blob));
                assertThat(HexFormat.of().formatHex(hash))
                        .isEqualTo(blob.getFileName().toString());
            }
        }
        var index = Json.tree(Files.readString(layout.resolve("index.json")));
        var manifest = Json.tree(Files.readString(
                blob(blobs, index.path("manifests").path(0).path("digest").asString())));
        assertThat(manifest.path("layers").size()).isEqualTo(2);
        var system = Files.createDirectory(scratch.resolve("image"));
        for (var layer : manifest.path("layers")) {
            CleanRoot.run(
                    List.of(
                            "tar",
                            "-xzf",
                            blob(blobs, layer.path("digest").asString()).toString(),
                            "-C",
                            system.toString()),
                    60);
        }
        assertThat(new CleanRoot(system, scratch).run(packages, "/usr/lib/johwa/johwa --version"))
                .startsWith("johwa 0.");
    }

    private static Path blob(Path blobs, String digest) {
        return blobs.resolve(digest.substring("sha256:".length()));
    }

    private static String only(Path folder, String end) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void everyLibraryIsListedWithItsLicence() throws IOException {
        var listed = new HashSet<String>();
        for (var component :
                Json.tree(Files.readString(DIST.resolve("sbom.json"))).path("components")) {
            assertThat(component.path("licenses").size())
                    .as(component.path("name").asString())
                    .isPositive();
            listed.add(component.path("name").asString() + "-"
                    + component.path("version").asString());
        }
        assertThat(jars().stream()
                        .map(jar -> jar.getFileName().toString())
                        .filter(jar -> !jar.equals("johwa.jar"))
                        .filter(jar -> listed.stream().noneMatch(jar::startsWith)))
                .isEmpty();
    }

    @Test
    void theTextOfEachLicenceIsThere() throws IOException {
        var contents = new Contents();
        Licences.add(contents, "", jars(), DIST.resolve("sbom.json"));
        var texts = contents.entries().keySet();
        for (var jar : jars()) {
            var name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
            if (!name.equals("johwa")) {
                assertThat(texts)
                        .as(name)
                        .anyMatch(text -> text.matches("(?i)licences/\\Q" + name + "\\E/(licen[cs]e|copying|about).*"));
            }
        }
        assertThat(texts).contains("licences/Apache-2.0.txt", "licences/ASM.txt", "licences/Bouncy-Castle.txt");
        for (var mail :
                List.of("smtp-", "angus-core-", "angus-activation-", "jakarta.mail-api-", "jakarta.activation-api-")) {
            assertThat(texts).anyMatch(text -> text.startsWith("licences/" + mail) && text.endsWith("/LICENSE.md"));
        }
        assertThat(((Contents.Text) contents.entries()
                                .get("licences/netty-common-" + version("netty-common-") + "/licence.txt"))
                        .bytes())
                .asString()
                .isEqualTo("The text of its licence: licences/Apache-2.0.txt\n");
    }

    private static String version(String library) throws IOException {
        return jars().stream()
                .map(jar -> jar.getFileName().toString())
                .filter(name -> name.startsWith(library))
                .map(name -> name.substring(library.length(), name.length() - ".jar".length()))
                .findFirst()
                .orElseThrow();
    }

    /// A new library may need a part of Java that is not linked.
    @Test
    void theLinkedJavaHasWhatTheLibrariesUse() throws IOException {
        var libraries = jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        var words = List.of(
                "--multi-release",
                "25",
                "--ignore-missing-deps",
                "--print-module-deps",
                "--recursive",
                "--class-path",
                libraries,
                DIST.resolve("lib/johwa.jar").toString());
        var said = new StringWriter();
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(said), new PrintWriter(said), words.toArray(String[]::new));
        var linked = new HashSet<>(JavaRuntime.MODULES);
        linked.add("java.desktop");
        assertThat(Arrays.asList(said.toString().strip().split(","))).isSubsetOf(linked);
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> all = Files.list(DIST.resolve("lib"))) {
            return all.sorted().toList();
        }
    }
}
