package dev.johwa.main;

import dev.johwa.Tools;
import dev.johwa.build.registry.ContentDigest;
import dev.johwa.build.registry.Manifests.Sent;
import dev.johwa.build.registry.Reference;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.build.registry.Uploads.Bytes;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.process.Architecture;
import dev.johwa.main.KeptLayer.Tar;
import dev.johwa.main.ship.CleanRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// An image for others to stand on: a few programs of a clean Debian, and the runtime of a stack as this machine has it
/// at a place of its own, each a layer.
record BaseOfTests(List<KeptLayer> layers, String architecture) {
    private static final List<String> PROGRAMS = List.of(
            "sh",
            "dash",
            "setpriv",
            "env",
            "dirname",
            "realpath",
            "cat",
            "ls",
            "rm",
            "mkdir",
            "cp",
            "id",
            "sed",
            "uname");
    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");
    private static final String LIBRARIES = "usr/lib/x86_64-linux-gnu/";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// What a base has beside a shell.
    enum Stack {
        PYTHON,
        NODE,
        JAVA
    }

    static BaseOfTests with(Stack stack) throws IOException, InterruptedException {
        var runtime = switch (stack) {
            case PYTHON -> python();
            case NODE -> node();
            case JAVA -> java();
        };
        return new BaseOfTests(List.of(programs(), runtime), Architecture.ofThisMachine());
    }

    /// One with nothing in it, for machines of another kind.
    static BaseOfTests foreign() {
        return new BaseOfTests(List.of(), "s390x");
    }

    /// Its configuration.
    byte[] config() {
        var contents = layers.stream().map(each -> each.content().text()).toList();
        return Json.bytes(Map.of(
                "architecture",
                architecture,
                "os",
                "linux",
                "config",
                Map.of("Env", List.of("PATH=/usr/local/bin:/usr/bin:/bin", "OF_BASE=yes")),
                "rootfs",
                Map.of("type", "layers", "diff_ids", contents)));
    }

    byte[] manifest() throws IOException {
        var config = config();
        var described = new ArrayList<Map<String, Object>>();
        for (var each : layers) {
            described.add(descriptor(LAYER, each.digest(), Files.size(each.file())));
        }
        return Json.bytes(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MANIFEST,
                "config",
                descriptor(CONFIG, digest(config), config.length),
                "layers",
                described));
    }

    /// Puts it into the registry, as a push does.
    void push(Registry registry, RepositoryName repository, String tag) throws IOException {
        for (var each : layers) {
            try (var bytes = Files.newInputStream(each.file())) {
                blob(registry, repository, each.digest(), bytes);
            }
        }
        blob(registry, repository, digest(config()), new ByteArrayInputStream(config()));
        registry.manifests().put(repository, new Reference.Tag(tag), new Sent(manifest(), MANIFEST, List.of(), "test"));
    }

    private static Map<String, Object> descriptor(String type, Digest digest, long size) {
        return Map.of("mediaType", type, "digest", digest.text(), "size", size);
    }

    private static void blob(Registry registry, RepositoryName repository, Digest digest, InputStream bytes)
            throws IOException {
        registry.uploads().whole(repository, new ContentDigest(digest.text()), Bytes.next(bytes));
    }

    static Digest digest(byte[] bytes) {
        var hash = Digest.sha256();
        hash.update(bytes);
        return Digest.of(hash);
    }

    private static KeptLayer programs() throws IOException, InterruptedException {
        var root = CleanRoot.in(Path.of("target")).root();
        var programs = PROGRAMS.stream().map(root.resolve("usr/bin")::resolve).toList();
        return KeptLayer.of(
                "programs",
                List.of(root.resolve("etc/passwd"), programs.getFirst().toRealPath()),
                tar -> {
                    for (var name : List.of("bin", "lib", "lib64", "etc/passwd", "etc/group", "etc/ld.so.conf")) {
                        tar.add(root.resolve(name), name);
                    }
                    for (var each : programs) {
                        tar.add(each, "usr/bin/" + each.getFileName());
                    }
                    try (var files = Files.newDirectoryStream(root.resolve("usr/lib64"))) {
                        for (var each : files) {
                            tar.add(each, "usr/lib64/" + each.getFileName());
                        }
                    }
                    libraries(tar, programs);
                    tar.folder("tmp", 01777);
                });
    }

    /// What programs load: the clean Debian's where it has one of that name.
    private static void libraries(Tar tar, List<Path> programs) throws IOException, InterruptedException {
        var argv = new ArrayList<>(List.of("ldd"));
        programs.forEach(each -> argv.add(each.toString()));
        var root = CleanRoot.in(Path.of("target")).root();
        var said = CleanRoot.run(argv, 20);
        var found = new TreeSet<Path>();
        LIBRARY.matcher(said).results().map(each -> Path.of(each.group(1))).forEach(found::add);
        for (var each : found) {
            var name = LIBRARIES + each.getFileName();
            tar.add((Files.exists(root.resolve(name)) ? root.resolve(name) : each).toRealPath(), name);
        }
    }

    private static KeptLayer python() throws IOException, InterruptedException {
        var said = CleanRoot.run(
                List.of("python3", "-c", "import sys; print(sys.base_prefix, '%d.%d' % sys.version_info[:2])"), 20);
        var prefix = Path.of(said.strip().split(" ")[0]);
        var version = said.strip().split(" ")[1];
        var program = prefix.resolve("bin/python" + version).toRealPath();
        var library = prefix.resolve("lib/python" + version);
        return KeptLayer.of("python", List.of(program, library.resolve("os.py")), tar -> {
            tar.add(program, "usr/local/bin/python" + version);
            tar.link("usr/local/bin/python3", "python" + version);
            var needing = new ArrayList<>(List.of(program));
            needing.addAll(Trees.children(library.resolve("lib-dynload")).stream()
                    .filter(BaseOfTests::isWanted)
                    .toList());
            libraries(tar, needing);
            try (var files = Files.walk(library)) {
                for (var each : files.filter(BaseOfTests::isWanted).sorted().toList()) {
                    tar.add(each, "usr/local/" + prefix.relativize(each));
                }
            }
        });
    }

    private static boolean isWanted(Path file) {
        var name = file.toString();
        return !name.contains("/__pycache__")
                && !name.contains("/lib-dynload/_tkinter")
                && !name.contains("/test/")
                && !name.contains("/tests/")
                && !name.contains("/config-3")
                && !name.contains("/site-packages/")
                && !name.contains("/idlelib/");
    }

    private static KeptLayer node() throws IOException, InterruptedException {
        var program = Path.of(
                CleanRoot.run(List.of("node", "-p", "process.execPath"), 20).strip());
        var npm = Path.of(Tools.find("npm")).toRealPath().resolve("../..").normalize();
        return KeptLayer.of("node", List.of(program, npm.resolve("package.json")), tar -> {
            tar.add(program, "usr/local/bin/node");
            libraries(tar, List.of(program));
            tar.addAll(npm, "usr/local/lib/node_modules/npm");
            tar.link("usr/local/bin/npm", "../lib/node_modules/npm/bin/npm-cli.js");
        });
    }

    private static KeptLayer java() throws IOException, InterruptedException {
        var home = Path.of(System.getProperty("java.home"));
        return KeptLayer.of("java", List.of(home.resolve("release")), tar -> {
            var image = Files.createTempDirectory("jlink").resolve("java");
            CleanRoot.run(
                    List.of(
                            home.resolve("bin/jlink").toString(),
                            "--add-modules",
                            "jdk.httpserver",
                            "--strip-debug",
                            "--no-man-pages",
                            "--no-header-files",
                            "--output",
                            image.toString()),
                    120);
            tar.addAll(image, "usr/local/java");
            tar.link("usr/local/bin/java", "../java/bin/java");
            libraries(tar, List.of(image.resolve("bin/java"), image.resolve("lib/server/libjvm.so")));
            Trees.delete(image.getParent());
        });
    }
}
