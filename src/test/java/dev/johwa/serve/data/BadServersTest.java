package dev.johwa.serve.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong with servers of databases is told, and nothing is lost or made anew in silence.
class BadServersTest {
    private static final Progress QUIET = line -> {};

    @TempDir
    Path folder;

    private DataRig rig;
    private AppDatabase database;
    private Path server;

    @BeforeEach
    void start() {
        rig = new DataRig(folder);
        database = rig.data().add(DataRig.SHOP, Kind.POSTGRES, "DATABASE_URL", QUIET);
        server = rig.servers().resolve(database.server());
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private String problem(Data data) {
        return data.list(each -> true).getFirst().problem();
    }

    @Test
    void aLostFolderIsNotMadeAnew() throws IOException {
        rig.down();
        Files.move(server.resolve("files"), folder.resolve("elsewhere"));
        var data = rig.data();
        data.recover();

        assertThat(problem(data)).contains("is gone", server.toString());
        assertThatThrownBy(
                        () -> data.add(new Owner("blog", "blog", "production"), Kind.POSTGRES, "DATABASE_URL", QUIET))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is gone");
        assertThat(server.resolve("files")).doesNotExist();

        Files.move(folder.resolve("elsewhere"), server.resolve("files"));
        var again = rig.data();
        again.recover();
        assertThat(problem(again)).isEmpty();
    }

    @Test
    void aFolderThatWasAwayWhileItsServerLivedIsToldUntilItIsBack() throws IOException {
        var data = rig.data();
        Files.move(server, folder.resolve("away"));
        data.recover();
        assertThat(problem(data)).contains("is gone");

        Files.move(folder.resolve("away"), server);
        data.recover();
        assertThat(problem(data)).isEmpty();
    }

    @Test
    void aFolderFromABackupGetsItsDatabasesFromTheirDumps() {
        var data = rig.data();
        var address = data.addresses(DataRig.SHOP).get("DATABASE_URL");
        DataRig.said("psql", address, "-qc", "create table kept as select 5 as number");
        data.dumps().makeAll("backup", QUIET);
        rig.down();
        Trees.delete(server);
        Data.comesFromBackup(rig.servers());

        // The machine on which the backup was made had another version.
        rig.database().write(handle -> handle.execute("update app_databases set server = 'postgres-9'"));

        var again = rig.data();
        again.recover();

        assertThat(again.require(DataRig.SHOP, "DATABASE_URL").server()).isEqualTo(database.server());
        assertThat(problem(again)).isEmpty();
        var back = again.addresses(DataRig.SHOP).get("DATABASE_URL");
        assertThat(DataRig.said("psql", back, "-tAc", "select number from kept"))
                .isEqualTo("5");
        assertThat(rig.servers().resolve("restored")).doesNotExist();
    }

    @Test
    void aDumpThatCannotBeWrittenIsTold() throws IOException {
        Files.writeString(rig.servers().resolve("dumps"), "a file in the way");
        assertThatThrownBy(() -> rig.data().dumps().make(database, "asked", QUIET))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void dataOfAnotherVersionIsLeftAlone() throws IOException {
        rig.down();
        var file = server.resolve("files/PG_VERSION");
        var before = Files.readString(file);
        Files.writeString(file, "9.6\n");
        var data = rig.data();
        data.recover();
        assertThat(problem(data)).contains("version 9.6");
        Files.writeString(file, before);
        var again = rig.data();
        again.recover();
        assertThat(problem(again)).isEmpty();
    }

    @Test
    void aPortThatAnotherProgramTookIsToldAndKept() throws IOException {
        var before = rig.data().addresses(DataRig.SHOP).get("DATABASE_URL");
        rig.down();
        int port = Integer.parseInt(before.replaceFirst(".*:(\\d+)/.*", "$1"));
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", port));
            var data = rig.data();
            data.recover();
            assertThat(problem(data)).contains("port " + port + " of postgres-", "taken", "ss -ltnp");
            assertThat(data.addresses(DataRig.SHOP)).containsEntry("DATABASE_URL", before);
        }
        var data = rig.data();
        data.recover();
        assertThat(problem(data)).isEmpty();
        assertThat(DataRig.said("psql", before, "-tAc", "show statement_timeout"))
                .isEqualTo("1h");

        // For good: another one is taken when the server is told to.
        rig.down();
        Files.delete(server.resolve("state"));
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", port));
            var other = rig.data();
            other.recover();
            var after = other.addresses(DataRig.SHOP).get("DATABASE_URL");
            assertThat(after).isNotEqualTo(before);
            assertThat(DataRig.said("psql", after, "-tAc", "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aFullDiskIsToldAndNothingIsLost() throws Exception {
        rig.down();
        var disk = Files.createDirectory(folder.resolve("small"));
        Assumptions.assumeTrue(
                DataRig.said("mount", "-t", "tmpfs", "-o", "mode=0755,size=200m", "johwa-test", disk.toString())
                        .isEmpty(),
                "only root makes a disk");
        try (var small = new DataRig(disk, Files.createDirectory(folder.resolve("rest")))) {
            var data = small.data();
            data.add(DataRig.SHOP, Kind.POSTGRES, "DATABASE_URL", QUIET);
            var address = data.addresses(DataRig.SHOP).get("DATABASE_URL");
            DataRig.said("psql", address, "-qc", "create table kept as select 5 as number");
            DataRig.fill(disk.resolve("ballast"));
            assertThat(DataRig.said(
                            "psql",
                            address,
                            "-c",
                            "create table big as select n, md5(n::text) from" + " generate_series(1, 500000) as n"))
                    .containsAnyOf("No space left on device", "server closed the connection");
            assertThat(problem(data)).contains("is full", "make room");

            small.down();
            var again = small.data();
            again.recover();
            assertThat(problem(again)).contains("is full", "nothing of it is lost");
            Files.delete(disk.resolve("ballast"));
            var free = small.data();
            free.recover();
            assertThat(problem(free)).isEmpty();
            assertThat(DataRig.said("psql", address, "-tAc", "select number from kept"))
                    .isEqualTo("5");
        } finally {
            DataRig.said("umount", "-l", disk.toString());
        }
    }

    @Test
    void javaGetsTheAddressInItsOwnForm() {
        var data = rig.data();
        data.add(DataRig.SHOP, Kind.POSTGRES, "SPRING_DATASOURCE_URL", QUIET);
        assertThat(data.addresses(DataRig.SHOP).get("SPRING_DATASOURCE_URL"))
                .matches("jdbc:postgresql://127\\.0\\.0\\.1:\\d+/(\\w+)\\?user=\\1&password=[0-9a-f]{64}");
        assertThat(data.addresses(DataRig.SHOP).get("DATABASE_URL")).startsWith("postgresql://");
    }

    @Test
    void whoKnowsAnAddressElsewhereGivesIt() {
        var data = rig.data();
        var blog = new Owner("blog", "blog", "production");
        var address = data.addresses(DataRig.SHOP).get("DATABASE_URL");
        data.give(blog, Kind.POSTGRES, "DATABASE_URL", address);
        assertThat(data.addresses(blog)).isEqualTo(Map.of("DATABASE_URL", address));
        assertThatThrownBy(() -> data.dumps().make(data.require(blog, "DATABASE_URL"), "asked", QUIET))
                .hasMessageContaining("elsewhere");

        assertThatThrownBy(() -> data.give(blog, Kind.POSTGRES, "OTHER_URL", "postgresql://a:secret@127.0.0.1:1/b"))
                .hasMessageContaining("nothing answers at 127.0.0.1:1");
        assertThatThrownBy(() -> data.give(blog, Kind.POSTGRES, "OTHER_URL", "mysql://a:secret@127.0.0.1/b"))
                .hasMessageContaining("no address of a postgres")
                .hasMessageNotContaining("secret");
        data.remove(data.require(blog, "DATABASE_URL"));
        assertThat(data.addresses(blog)).isEmpty();
        assertThat(DataRig.said("psql", address, "-tAc", "select 1")).isEqualTo("1");
    }
}
