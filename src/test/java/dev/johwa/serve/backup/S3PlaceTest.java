package dev.johwa.serve.backup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.clock.SystemClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups in a bucket, of a real store that looks at every signature.
class S3PlaceTest {
    @TempDir
    Path folder;

    private Map<String, String> environment = Map.of();

    @Nullable
    private S3Store store;

    @AfterEach
    void end() throws InterruptedException {
        if (store != null) {
            store.close();
        }
    }

    private void start() throws IOException {
        store = new S3Store(folder);
        environment = store.environment();
    }

    private Places places() {
        return new Places(environment, new SystemClock());
    }

    @Test
    void aBackupInABucketComesBack() throws IOException {
        start();
        var where = "s3://backups/of some/plätform";
        try (var source = new DataFolder(folder.resolve("data"))) {
            var backups = source.backups(Plan.NONE, new SystemClock(), places());
            var made = backups.make(new Order(where, true), line -> {});
            assertThat(backups.list(where)).containsExactly(made);
            assertThat(backups.verify(where, Optional.empty(), line -> {})).isEqualTo(made);
            var again = backups.make(new Order(where, true), line -> {});
            backups.thin(where, 1);
            assertThat(backups.list(where)).containsExactly(again);

            var goal = folder.resolve("restored");
            new Restore(places(), line -> {}, brought -> {}).restore(where, Optional.empty(), goal, Keys.NONE);
            for (var part : new String[] {"git", "blobs", "apps"}) {
                assertThat(DataFolder.contents(goal.resolve(part)))
                        .isEqualTo(DataFolder.contents(source.data.resolve(part)));
            }
        }
    }

    /// Where a line breaks is by chance; `-Djohwa.seed=N` makes it another.
    @Test
    void aStoreThatFailsInTheMiddleIsToldAndNothingHalfStays() throws IOException {
        start();
        var where = "s3://backups/cut";
        var random = new Random(Long.getLong("johwa.seed", 3));
        // Tries again, and does not wait for real.
        var clock = new FakeClock(Instant.now());
        try (var source = new DataFolder(folder.resolve("data"));
                var line = new CutLine(requireNonNull(store).port())) {
            var direct = source.backups(Plan.NONE, new SystemClock(), places());
            var first = direct.make(new Order(where, true), told -> {});
            var cut = source.backups(Plan.NONE, clock, new Places(store.environment(line.port()), clock));
            for (int i = 0; i < Integer.getInteger("johwa.kills", 3); i++) {
                source.write("more " + i);
                source.put("blobs/sha256/cd/cd" + i, DataFolder.random(3_000_000 + i));
                line.breakAfter(random.nextInt(7_000_000));
                assertThatThrownBy(() -> cut.make(new Order(where, true), told -> {}))
                        .hasMessageContaining("does not answer")
                        .hasMessageContaining("earlier backups are as they were");
                line.mend();
                assertThat(direct.list(where)).containsExactly(first);
            }
            assertThat(direct.verify(where, Optional.of(first.name()), told -> {}))
                    .isEqualTo(first);
            var told = new StringBuilder();
            var whole = cut.make(new Order(where, true), told::append);
            assertThat(told).contains("was not ended and is none");
            direct.verify(where, Optional.of(whole.name()), words -> {});
            assertThat(Unfinished.at(source.data)).isEmpty();
            var place = places().of(where);
            assertThat(place.list("unfinished")).isEmpty();
            assertThat(place.list("objects"))
                    .hasSize(new Manifests(place).sums().size());
        }
    }

    @Test
    void moreThanAPageIsListed() throws IOException {
        start();
        var place = places().of("s3://backups/many");
        for (int i = 0; i < 1010; i++) {
            place.write("objects/" + i, new byte[] {1});
        }
        assertThat(place.list("objects")).hasSize(1010).containsEntry("objects/7", 1L);
        place.delete("objects/7");
        place.delete("objects/7");
        assertThatThrownBy(() -> place.read("objects/7"))
                .hasMessageContaining("there is no objects/7 in s3://backups/many");
    }

    @Test
    void whatTheStoreRefusesIsTold() throws IOException {
        start();
        assertThatThrownBy(() -> places().of("s3://nowhere").list("objects"))
                .hasMessageContaining("does not let us list s3://nowhere")
                .hasMessageContaining("404");
        var wrong = new HashMap<>(environment);
        wrong.put("AWS_SECRET_ACCESS_KEY", "another");
        assertThatThrownBy(() ->
                        new Places(wrong, new SystemClock()).of("s3://backups").write("a", new byte[1]))
                .hasMessageContaining("403");
        assertThatThrownBy(() -> new Places(Map.of(), new SystemClock()).of("s3://backups"))
                .hasMessageContaining("AWS_ACCESS_KEY_ID is not in the environment");
        assertThatThrownBy(() -> places().of("s3://")).hasMessageContaining("names no bucket");
    }

    /// The example of AWS's own description: a GET of part of a file.
    @Test
    void signsAsTheExampleDoes() {
        var account = new S3Account(
                URI.create("https://examplebucket.s3.amazonaws.com"),
                "us-east-1",
                "AKIAIOSFODNN7EXAMPLE",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                Optional.empty());
        var fields = new S3Signature(account)
                .fields(
                        "GET",
                        URI.create("https://examplebucket.s3.amazonaws.com/test.txt"),
                        Map.of("range", "bytes=0-9"),
                        new byte[0],
                        Instant.parse("2013-05-24T00:00:00Z"));
        assertThat(fields.get("Authorization"))
                .endsWith("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }
}
