package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import dev.johwa.main.ship.Version;
import dev.johwa.serve.router.Edges;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `johwa upgrade` of a platform that was started by hand: programs of equal classes and different bytes, each with
/// its launcher, side by side.
class UpgradeTest {
    private static final String OLD = "0123456789ab0123";
    private static final String NEW = "ba9876543210ba98";

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    private record Said(int status, String out, String err) {}

    @BeforeEach
    void openToApps() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void end() throws IOException {
        DownCommand.end(data(), true);
        started.forEach(Process::destroyForcibly);
    }

    private Path data() {
        return folder.resolve("data");
    }

    /// A program as `johwa package` lays it out, but with the classes of this test.
    private Path program(String name, String id, String version, String run) throws IOException {
        var home = Files.createDirectories(folder.resolve(name));
        Files.writeString(home.resolve("id"), id + "\n");
        Files.writeString(home.resolve("VERSION"), version + "\n");
        var launcher = home.resolve("johwa");
        Files.writeString(launcher, """
                #!/bin/sh
                [ "$1" = --version ] && echo "johwa %s" && exit
                %s
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED \\
                    -Djdk.httpclient.allowRestrictedHeaders=host -Djohwa.home='%s' -cp '%s' %s "$@"
                """.formatted(
                        version.replaceFirst("\\+.*", ""),
                        run,
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        home.toRealPath(),
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private static String version() {
        return Version.ofThisProgram().toString();
    }

    private Process start(String... words) throws IOException {
        var argv = new ArrayList<>(List.of(folder.resolve("johwa/johwa").toString()));
        argv.addAll(List.of(words));
        var process = new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(words[0] + ".out").toFile())
                .redirectError(folder.resolve(words[0] + ".err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private Said say(String... words) throws IOException, InterruptedException {
        int status = start(words).waitFor();
        return new Said(
                status,
                Files.readString(folder.resolve(words[0] + ".out")),
                Files.readString(folder.resolve(words[0] + ".err")));
    }

    /// Starts `johwa up` by the link.
    private Process up() throws IOException {
        Files.createSymbolicLink(folder.resolve("johwa"), Path.of("johwa-old"));
        var up = start("up", "--data", "data", "--listen", "127.0.0.1:0", "--edge", "127.0.0.1:0", "--json");
        eventually(() -> !up.isAlive() || Files.exists(Control.file(data())));
        assertThat(up.isAlive()).as(Files.readString(folder.resolve("up.err"))).isTrue();
        return up;
    }

    @Test
    void anotherProgramTakesOverAndTheWayBackIsOpen() throws Exception {
        var old = program("johwa-old", OLD, version(), "");
        var next = program("elsewhere", NEW, version(), "");
        var up = up();
        var before = Control.read(data()).orElseThrow();
        assertThat(before.program()).isEqualTo(version() + " " + OLD);
        var edge = URI.create(before.edge());
        try (var load = new CountedLoad(edge.getHost(), edge.getPort(), "nobody.localhost", 404)) {
            eventually(() -> load.answered() > 50);
            var said = say("upgrade", next.toString(), "--data", "data", "--json");
            assertThat(said.status()).as("%s", said).isZero();
            var done = Json.tree(said.out().lines().toList().getLast());
            assertThat(done.path("event").asString()).isEqualTo("done");
            assertThat(done.path("program").asString()).isEqualTo(version() + " " + NEW);
            assertThat(done.path("backup").asString()).endsWith("in " + data() + "-backups");
            assertThat(done.path("back").asString()).isEqualTo("johwa upgrade " + old.toRealPath());
            requireRunning(up, NEW);

            var back = say("upgrade", "johwa-old", "--data", "data", "--no-backup");
            assertThat(back.status()).as("%s", back).isZero();
            assertThat(back.out()).contains("works, control plane and edge", "the way back  johwa upgrade ");
            requireRunning(up, OLD);
            startsAgain(up, before);
            int now = load.answered();
            eventually(() -> load.answered() > now + 50);
            assertThat(load.lost()).isEmpty();
        }
        eventually(() -> Edges.programs(data().resolve("edge")).leaving().isEmpty());
    }

    /// Killed at its worst, the control plane is back soon and the edge never noticed.
    private void startsAgain(Process up, Control before) throws Exception {
        Files.delete(Control.file(data()));
        long killed = System.nanoTime();
        up.destroyForcibly().waitFor();
        var edge = before.edge().replaceFirst("http://", "");
        start("up", "--data", "data", "--listen", "127.0.0.1:0", "--edge", edge, "--json");
        eventually(() -> Files.exists(Control.file(data())));
        System.out.println("control plane killed, ready after ms: " + (System.nanoTime() - killed) / 1_000_000);
    }

    /// In the process that a person started, by the link, with an edge of its own.
    private void requireRunning(Process up, String id) throws IOException {
        var control = Control.read(data()).orElseThrow();
        assertThat(control.pid()).isEqualTo(up.pid());
        assertThat(control.program()).isEqualTo(version() + " " + id);
        assertThat(Files.readString(folder.resolve("johwa/id")).strip()).isEqualTo(id);
        assertThat(Edges.programs(data().resolve("edge")).serving()).isEqualTo(version() + " " + id);
    }

    @Test
    void whatCannotReadTheDatabaseOrRunIsRefusedBeforeAnythingChanges() throws Exception {
        program("johwa-old", OLD, version(), "");
        Files.createSymbolicLink(folder.resolve("johwa"), Path.of("johwa-old"));
        var older = program("older", NEW, version().replaceFirst("\\+.*", "+3"), "");
        var refused = say("upgrade", older.toString(), "--data", "data");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("cannot read the database", "johwa restore WHERE");

        var broken = program("broken", NEW, "7.0+900", "");
        Files.writeString(broken.resolve("johwa"), "#!/bin/sh\necho no Java here\nexit 70\n");
        assertThat(say("upgrade", broken.toString(), "--data", "data").err())
                .contains("does not run here: it says 'no Java here'");

        var cut = Files.write(folder.resolve("cut.tar.gz"), new byte[] {31, (byte) 139, 8, 0, 1});
        assertThat(say("upgrade", cut.toString(), "--data", "data").err())
                .contains("is no whole archive", "SHA256SUMS");
        assertThat(say("upgrade", "nowhere", "--data", "data").err()).contains("there is no '");
        assertThat(Files.readString(folder.resolve("johwa/id")).strip()).isEqualTo(OLD);
        try (var left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString())).noneMatch(name -> name.endsWith(".new"));
        }
    }

    @Test
    void theProgramBeforeDoesNotComeBackToADatabaseThatItCannotRead() throws Exception {
        var old = program("johwa-old", OLD, version(), "");
        int newer = Version.ofThisProgram().schema() + 1;
        var next = program(
                "next", NEW, version().replaceFirst("\\d+$", String.valueOf(newer)), "[ \"$1\" = up ] && exit 1");
        var up = up();
        var said = say("upgrade", next.toString(), "--data", "data", "--backup", "kept");
        assertThat(said.status()).as("%s", said).isNotZero();
        assertThat(said.out()).doesNotContain("goes back", "the way back");
        assertThat(said.err())
                .contains("did not come up", "cannot read a database of its form")
                .contains(" in " + folder.resolve("kept"), old.toRealPath() + "/johwa restore WHERE");
        assertThat(up.waitFor()).isOne();
        assertThat(Files.readString(folder.resolve("johwa/id")).strip()).isEqualTo(NEW);
    }
}
