package dev.johwa.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.build.registry.ContentDigest;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.build.registry.Uploads.Bytes;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.main.Budgets.Part;
import dev.johwa.serve.release.AppEnvironment;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Garbage collection of a real platform. That artifacts of releases stay is tested where they are collected.
class HousekeepingTest {
    @TempDir
    Path folder;

    @Test
    void budgetsAreGivenForAllOrForOne() {
        assertThat(Budgets.read(List.of()).of(Part.LOGS)).isEqualTo(Budgets.USUAL.total() / 100 * 10);
        var budgets = Budgets.read(List.of("10G", "logs=500M"));
        assertThat(budgets.of(Part.LOGS)).isEqualTo(500_000_000);
        assertThat(budgets.of(Part.BLOBS)).isEqualTo(3_500_000_000L);
        assertThat(budgets.sum()).isEqualTo(9_500_000_000L);
        assertThat(Budgets.read(List.of("registry=3G")).of(Part.REGISTRY)).isEqualTo(3_000_000_000L);
        assertThatThrownBy(() -> Budgets.read(List.of("log=1G")))
                .hasMessageContaining("--budget is 'log=1G'")
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Budgets.read(List.of("logs=much"))).hasMessageContaining("'logs=much'");
    }

    @Test
    void oldLogsOfRunsGoFirstAndYoungOnesStay() throws Exception {
        var now = Instant.now();
        for (int i = 0; i < 10; i++) {
            var log = Files.createDirectories(folder.resolve("shop")).resolve(i + ".log");
            Files.writeString(log, "x".repeat(1000));
            Files.setLastModifiedTime(log, FileTime.from(now.minus(Duration.ofMinutes(20L * i))));
        }

        new RunLogs(folder).trim(2_500, now);

        try (var left = Files.list(folder.resolve("shop"))) {
            // Two fit; the third and fourth were written within the hour.
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("0.log", "1.log", "2.log", "3.log");
        }
    }

    @Test
    void whatAReleaseNeedsStaysAlsoOverBudgetAndCanBeRolledBackTo() throws Exception {
        try (var platform = new Platform(1)) {
            var repository = platform.repository("kept", Apps.PYTHON);
            platform.push(repository, "main");
            platform.commit(repository, "version", "2\n");
            platform.push(repository, "main");
            platform.commit(repository, "version", "3\n");
            platform.push(repository, "-o", "skip-deploy", "main");
            var registry = platform.server().stores().registry();
            var images = new RepositoryName("kept/images");
            // As large as the quota here.
            var pushed = new ContentDigest(Digest.of("p").text());
            var upload = registry.uploads().begin(images);
            registry.uploads().append(images, upload, Bytes.next(new ByteArrayInputStream("p".getBytes(UTF_8))));
            registry.uploads().finish(images, upload, pushed);
            makeOld(platform.data());

            var collected = platform.server().housekeeping().collect(0);

            assertThat(collected.items()).extracting(item -> item.what()).contains("artifacts", "run logs", "caches");
            assertThat(collected.usedBytes()).isPositive();
            assertThat(registry.blob(images, pushed))
                    .as("somebody pushed it today")
                    .isPresent();
            var terminal = new Terminal(platform, folder);
            assertThat(terminal.johwa("status")).isZero();
            assertThat(terminal.out())
                    .containsPattern("disk: .* free; git .*, blobs .*, caches .*, logs .*, history .* of 1 B")
                    .contains("! blobs: ")
                    .contains("or give it more: `johwa up --budget blobs=SIZE`");
            assertThat(collected.overBudget()).isTrue();
            assertThat(collected.freedBytes())
                    .as("the run that was not released")
                    .isPositive();
            var back = platform.server()
                    .releases()
                    .rollBack(
                            new AppEnvironment("kept", "kept", AppEnvironment.PRODUCTION),
                            OptionalInt.empty(),
                            false,
                            "test",
                            line -> {});
            assertThat(back.live()).isTrue();
            assertThat(platform.body("kept")).isEqualTo("1");
            platform.git(repository, "commit", "-q", "--allow-empty", "-m", "again");
            assertThat(platform.push(repository, "main")).contains("live");
            assertThat(platform.body("kept")).isEqualTo("3");
        }
    }

    @Test
    void whatACutPushLeftIsFreedAndCounted() throws Exception {
        try (var platform = new Platform(1)) {
            platform.push(platform.repository("shop", Apps.PYTHON), "main");
            var torn = Files.createDirectories(platform.data().resolve("git/shop.git/objects/incoming_1"));
            Files.writeString(torn.resolve("tmp_pack"), "half".repeat(100_000));

            var collected = platform.server().housekeeping().collect(0);

            assertThat(torn).doesNotExist();
            assertThat(collected.items())
                    .filteredOn(item -> item.what().equals("repositories"))
                    .singleElement()
                    .satisfies(item -> assertThat(item.freedBytes()).isGreaterThanOrEqualTo(400_000));
        }
    }

    private static void makeOld(Path data) throws Exception {
        try (var files = Files.walk(data.resolve("blobs"))) {
            for (var file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
            }
        }
    }
}
