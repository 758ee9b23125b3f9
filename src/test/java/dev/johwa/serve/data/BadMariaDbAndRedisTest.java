package dev.johwa.serve.data;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What [BadServersTest] asks of PostgreSQL, asked of the other servers: one that dies, whose folder is gone, whose
/// disk is full. All in one life of a server, since making one takes long.
class BadMariaDbAndRedisTest {
    private static final Progress QUIET = line -> {};

    @TempDir
    Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws IOException {
        disk = Files.createDirectory(folder.resolve("small"));
        var mounted = DataRig.said("mount", "-t", "tmpfs", "-o", "mode=0755,size=400m", "johwa-test", disk.toString());
        Assumptions.assumeTrue(mounted.isEmpty(), "only root makes a disk");
    }

    @AfterEach
    void unmount() {
        DataRig.said("umount", "-l", disk.toString());
    }

    /// How an app writes to one and reads from it.
    enum Asked {
        MARIADB(Kind.MARIADB, "DATABASE_URL") {
            @Override
            String keep(String address) {
                return DataRig.sql(address, "create table kept (number int); insert into kept values (5)");
            }

            @Override
            String kept(String address) {
                return DataRig.sql(address, "select number from kept");
            }

            @Override
            String grow(String address) {
                return DataRig.sql(
                        address, "create table big as select seq, repeat(md5(seq), 20) as text from seq_1_to_1000000");
            }
        },
        REDIS(Kind.REDIS, "REDIS_URL") {
            @Override
            String keep(String address) {
                return redis(address, "set", "kept", "5") + redis(address, "waitaof", "1", "0", "2000");
            }

            @Override
            String kept(String address) {
                return redis(address, "get", "kept");
            }

            @Override
            String grow(String address) {
                return redis(
                        address,
                        "eval",
                        "for i = 1, 400 do redis.call('set', 'big' .. i, string.rep('x', 100000)) end",
                        "0");
            }
        };

        private final Kind kind;
        private final String key;

        Asked(Kind kind, String key) {
            this.kind = kind;
            this.key = key;
        }

        abstract String keep(String address);

        abstract String kept(String address);

        /// Writes more than there is room for.
        abstract String grow(String address);

        private static String redis(String address, String... words) {
            var argv = new ArrayList<>(List.of("redis-cli", "--no-auth-warning", "-u", address));
            argv.addAll(List.of(words));
            return DataRig.said(argv.toArray(String[]::new));
        }
    }

    private static String problem(Data data) {
        return data.list(each -> true).getFirst().problem();
    }

    @ParameterizedTest
    @EnumSource
    void isToldAndLosesNothing(Asked asked) throws Exception {
        try (var rig = new DataRig(disk, Files.createDirectory(folder.resolve("rest")))) {
            var data = rig.data();
            var database = data.add(DataRig.SHOP, asked.kind, asked.key, QUIET);
            var address = data.addresses(DataRig.SHOP).get(asked.key);
            asked.keep(address);
            assertThat(asked.kept(address)).isEqualTo("5");

            var server = rig.servers().resolve(database.server());
            kill(server);
            data.recover();
            eventually(() -> asked.kept(address).equals("5"));

            lostFolder(rig, server);
            assertThat(asked.kept(address)).isEqualTo("5");

            var ballast = disk.resolve("ballast");
            DataRig.fill(ballast);
            asked.grow(address);
            var full = rig.data();
            assertThat(problem(full)).contains("is full");
            rig.down();
            var again = rig.data();
            again.recover();
            assertThat(problem(again)).contains("is full");
            Files.delete(ballast);
            var free = rig.data();
            free.recover();
            assertThat(problem(free)).isEmpty();
            assertThat(asked.kept(address)).isEqualTo("5");
        }
    }

    private static void kill(Path server) {
        ProcessHandle.allProcesses()
                .filter(each -> each.info()
                        .commandLine()
                        .filter(line -> line.contains(server.toString()))
                        .isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private void lostFolder(DataRig rig, Path server) throws IOException {
        rig.down();
        var elsewhere = disk.resolve("elsewhere");
        Files.move(server.resolve("files"), elsewhere);
        var data = rig.data();
        data.recover();
        assertThat(problem(data)).contains("is gone", server.toString());
        assertThat(server.resolve("files")).doesNotExist();
        Files.move(elsewhere, server.resolve("files"));
        var again = rig.data();
        again.recover();
        assertThat(problem(again)).isEmpty();
    }
}
