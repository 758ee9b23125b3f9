package dev.johwa.serve.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.target.Accounts;
import dev.johwa.source.config.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Databases on real servers of this machine, without the rest of the platform; the servers end with it.
final class DataRig implements AutoCloseable {
    static final Owner SHOP = new Owner("shop", "shop", "production");

    private final Clock clock;
    private final Beside beside;
    private final Processes processes = new Processes(new SystemClock(), List.of(Path.of("/usr/bin/bwrap")));
    private final Path folder;
    private final Path elsewhere;
    private final Accounts accounts;
    private Tasks tasks = new Tasks();
    private Database database;

    DataRig(Path folder) {
        this(folder, folder);
    }

    /// @param elsewhere folder for what the rest of the platform writes
    DataRig(Path folder, Path elsewhere) {
        this(folder, elsewhere, new SystemClock(), Beside.NONE);
    }

    /// @param beside reaches containers of databases
    DataRig(Path folder, Clock clock, Beside beside) {
        this(folder, folder, clock, beside);
    }

    private DataRig(Path folder, Path elsewhere, Clock clock, Beside beside) {
        this.clock = clock;
        this.beside = beside;
        this.folder = folder;
        this.elsewhere = elsewhere;
        this.accounts = new Accounts(elsewhere.resolve("accounts"));
        this.database = open();
    }

    private Database open() {
        return Kept.ofTests().open(elsewhere);
    }

    /// As a control plane has it that starts on what is there.
    Data data() {
        tasks.close();
        database.close();
        tasks = new Tasks();
        database = open();
        var values = new Values(database, clock, elsewhere.resolve("key"));
        return new Data(new DataPorts(database, values, processes, accounts, clock, tasks, servers(), beside));
    }

    Database database() {
        return database;
    }

    Tools tools() {
        return new Tools(processes, accounts, clock);
    }

    Path servers() {
        return folder.resolve("data");
    }

    /// Ends the servers as `down --apps` does.
    void down() {
        Data.end(processes, accounts, clock, servers());
    }

    /// What a program says, on both streams.
    static String said(String... argv) {
        try {
            var process = new ProcessBuilder(argv).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(Arrays.toString(argv), e);
        }
    }

    /// What a database of MariaDB says to statements.
    static String sql(String address, String text) {
        var uri = URI.create(address);
        var login = uri.getUserInfo().split(":");
        return said(
                "mariadb",
                "--no-defaults",
                "--default-character-set=utf8mb4",
                "--host=" + uri.getHost(),
                "--port=" + uri.getPort(),
                "--user=" + login[0],
                "--password=" + login[1],
                "-Ne",
                text,
                uri.getPath().substring(1));
    }

    /// Leaves nothing of a disk.
    static void fill(Path ballast) {
        try (var out = Files.newOutputStream(ballast)) {
            var block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    @Override
    public void close() {
        down();
        tasks.close();
        database.close();
    }
}
