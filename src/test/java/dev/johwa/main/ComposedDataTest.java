package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.DatabaseImages;
import dev.johwa.DockerDaemon;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.file.Trees;
import dev.johwa.serve.backup.Keys;
import dev.johwa.serve.backup.Order;
import dev.johwa.serve.backup.Places;
import dev.johwa.serve.backup.Restore;
import dev.johwa.serve.data.AppDatabase;
import dev.johwa.serve.data.Dump;
import dev.johwa.serve.data.Dumps;
import dev.johwa.serve.data.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases that are services of a compose file: PostgreSQL and Redis in real containers.
class ComposedDataTest {
    private static final String COMPOSE = """
            services:
              web:
                build: web
                ports: ["80:8080"]
                depends_on:
                  migrate: {condition: service_completed_successfully}
                  cache: {condition: service_started}
              migrate:
                image: johwa-test-base:1
                command: [echo, "it has its shape"]
                depends_on: {db: {condition: service_healthy}}
              db:
                image: postgres:15
                environment: {POSTGRES_USER: shop, POSTGRES_PASSWORD: none}
                stop_signal: SIGINT
                volumes: ["files:/var/lib/postgresql/data"]
                healthcheck: {test: "psql -U shop -c 'select 1'", interval: 1s}
              cache:
                image: redis:7
                command: [redis-server, --protected-mode, "no", --appendonly, "yes"]
                volumes: ["cached:/data"]
            volumes: {files: {}, cached: {}}
            """;

    private static Platform platform;
    private static Path repository;

    @BeforeAll
    static void start() throws IOException {
        var daemon = DockerDaemon.shared();
        daemon.base();
        DatabaseImages.postgres(daemon);
        DatabaseImages.redis(daemon);
        platform = Platform.on(daemon);
        repository = platform.repository(
                "shop",
                "compose.yaml",
                COMPOSE,
                "web/Dockerfile",
                "FROM johwa-test-base:1\nSTOPSIGNAL SIGKILL\nCMD [\"httpd\", \"-f\", \"-p\", \"8080\"]\n");
        assertThat(platform.push(repository, "main")).contains("http://shop.localhost:");
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static AppDatabase database(String app, String environment) {
        var owner = new Owner("shop", app, environment);
        return platform.server().data().contained().of(owner).orElseThrow();
    }

    /// What its client says, as a person opens it.
    private static String said(AppDatabase database, String... words) throws IOException {
        return said(platform, database, words);
    }

    private static String said(Platform where, AppDatabase database, String... words) throws IOException {
        var client = where.server().data().open(database, List.of(words), Optional.empty(), "");
        try {
            client.in().close();
            var text = new String(client.out().readAllBytes(), StandardCharsets.UTF_8);
            return text + new String(client.err().readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            client.end();
        }
    }

    private static String goods(String environment) throws IOException {
        return said(database("db", environment), "-Atc", "select name from goods order by name");
    }

    @Test
    void theyAreDumpedAndRestored() throws IOException {
        platform.git(repository, "checkout", "-q", "main");
        var db = database("db", "production");
        var cache = database("cache", "production");
        var dumps = platform.server().data().dumps();
        said(db, "-c", "create table goods as select 'pear' as name");
        said(cache, "set", "pear", "1");

        var dump = dumps.make(db, "asked", line -> {});
        var cached = dumps.make(cache, "asked", line -> {});
        said(db, "-c", "drop table goods");
        said(cache, "flushall");
        dumps.restore(db, dump, line -> {});
        dumps.restore(cache, cached, line -> {});

        assertThat(goods("production")).isEqualTo("pear\n");
        assertThat(said(cache, "get", "pear")).isEqualTo("1\n");

        // What shapes the database may spoil it.
        platform.commit(repository, "compose.yaml", COMPOSE.replace("its shape", "another shape"));
        assertThat(platform.push(repository, "main")).contains("before-release-");
        assertThat(dumps.list(db)).extracting(Dump::why).anyMatch(why -> why.startsWith("before-release-"));
    }

    @Test
    void theyComeBackByThemselvesFromABackupOnAnEmptyMachine(@TempDir Path kept) throws IOException {
        platform.push(repository, "main");
        var db = database("db", "production");
        said(db, "-c", "create table if not exists brought as select 'plum' as name");
        said(database("cache", "production"), "set", "plum", "5");

        platform.server().backups().make(new Order(kept.toString(), true, Optional.empty()), line -> {});
        assertThat(platform.server().data().dumps().list(db))
                .extracting(Dump::why)
                .contains(Dumps.BACKUP);

        assertThat(kept.toFile().setExecutable(true, false)).isTrue();
        var goal = kept.resolve("goal");
        new Restore(new Places(Map.of(), new SystemClock()), line -> {}, BackupParts::finish)
                .restore(kept.toString(), Optional.empty(), goal, Keys.NONE);
        // The files of the volume, which are copied while they change, are of no use.
        Trees.delete(goal.resolve("apps/shop+db/data"));
        try (var other = new Platform(usual -> Platform.with(
                usual, Map.of("data", goal, "engine", DockerDaemon.shared().socket())))) {
            eventually(() -> !Files.exists(goal.resolve("data/restored")));
            assertThat(said(other, db, "-Atc", "select name from brought")).isEqualTo("plum\n");
            assertThat(said(other, database("cache", "production"), "get", "plum"))
                    .isEqualTo("5\n");
        }
    }

    @Test
    void aPreviewBeginsWithWhatLiesInFixtures() throws IOException {
        platform.git(repository, "checkout", "-q", "-b", "feature");
        platform.commit(
                repository,
                "fixtures/goods.sql",
                "create table goods as select 'apple' as name;\n",
                "fixtures/cached.redis",
                "set apple 3\n");
        // As a program does that needs what the web brings about when it starts.
        var program = Files.writeString(
                repository.resolve("fixtures/late"), "#!/bin/sh\n[ -e /tmp/web ] || { touch /tmp/web; exit 1; }\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        platform.commit(repository);
        assertThat(platform.push(repository, "feature"))
                .contains("fixtures wait until shop (feature) runs")
                .contains("http://feature--shop.localhost:");
        assertThat(goods("feature")).isEqualTo("apple\n");
        assertThat(said(database("cache", "feature"), "get", "apple")).isEqualTo("3\n");

        said(database("db", "feature"), "-c", "insert into goods values ('typed')");
        platform.commit(repository, "readme", "1\n");
        assertThat(platform.push(repository, "feature")).doesNotContain("fixtures");
        assertThat(goods("feature")).isEqualTo("apple\ntyped\n");

        platform.commit(repository, "fixtures/goods.sql", "create table goods as select 'fig' as name;\n");
        assertThat(platform.push(repository, "feature")).contains("db begins with an empty volume");
        assertThat(goods("feature")).isEqualTo("fig\n");
        platform.git(repository, "checkout", "-q", "main");
    }
}
