package dev.johwa.build.toolchain;

import dev.johwa.source.detect.Toolchains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Go's toolchains through the module proxy. An older `go` fetches the newer one itself and checks it against the
/// checksum database; one before 1.21 does so as with any module.
///
/// @param machine `amd64` or `arm64`
record GoFromProxy(String machine) implements Source {
    private static final String MODULE = "golang.org/toolchain";
    private static final String START = "v0.0.1-go";

    @Override
    public String registry() {
        return "the module proxy";
    }

    /// The least line that fits, as Go itself chooses, in its newest release.
    @Override
    public Optional<String> choose(Predicate<String> fits, Client client) throws IOException {
        var end = ".linux-" + machine;
        var out = client.run(List.of("go", "list", "-m", "-versions", MODULE), values(client, "local"));
        var versions = out.stream()
                .flatMap(line -> Stream.of(line.split("\\s+")))
                .filter(word -> word.startsWith(START) && word.endsWith(end))
                .map(word -> word.substring(START.length(), word.length() - end.length()))
                .filter(version -> version.matches("\\d+\\.\\d+(\\.\\d+)?"))
                .filter(fits)
                .toList();
        var line = versions.stream().map(GoFromProxy::line).min(Toolchains.ORDER);
        return versions.stream()
                .filter(version -> line.filter(line(version)::equals).isPresent())
                .max(Toolchains.ORDER);
    }

    private static String line(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    }

    @Override
    public Unpacked fetch(String version, Client client) throws IOException {
        client.run(List.of("go", "version"), values(client, "go" + version));
        var name = START + version + ".linux-" + machine;
        var modules = client.work().resolve("modules");
        var hash =
                modules.resolve("cache/download").resolve(MODULE).resolve("@v").resolve(name + ".ziphash");
        var folder = modules.resolve(MODULE + "@" + name);
        if (!Files.exists(hash)) {
            client.run(List.of("go", "mod", "download", MODULE + "@" + name), values(client, "local"));
            makeExecutable(folder.resolve("bin"));
            makeExecutable(folder.resolve("pkg/tool"));
        }
        return new Unpacked(folder, Files.readString(hash).strip(), MODULE + "@" + name);
    }

    /// No file of a module is a program.
    private static void makeExecutable(Path programs) throws IOException {
        try (var all = Files.walk(programs)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
            }
        }
    }

    private static Map<String, String> values(Client client, String toolchain) {
        Path work = client.work();
        return Map.of(
                "GOTOOLCHAIN",
                toolchain,
                "GOPATH",
                work.resolve("go").toString(),
                "GOMODCACHE",
                work.resolve("modules").toString(),
                "GOCACHE",
                work.resolve("cache").toString(),
                "GOFLAGS",
                "-mod=mod -modcacherw",
                "GOENV",
                "off");
    }
}
