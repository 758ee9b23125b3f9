package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.file.Disk;
import dev.johwa.lib.file.Disk.Room;
import dev.johwa.serve.data.AppDatabase;
import dev.johwa.serve.data.DataStatus;
import dev.johwa.serve.data.Kind;
import dev.johwa.serve.data.Owner;
import dev.johwa.serve.domain.Domains.Urgent;
import dev.johwa.watch.notice.Sign;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What people are told of that no fact tells.
class LooksTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:48:00Z");

    private static Sign certificate(Duration left) {
        return Looks.certificate(
                new Urgent("shop.example.com", "shop", NOW.plus(left), "the authority limits: try tomorrow"),
                new FakeClock(NOW));
    }

    @Test
    void aCertificateIsToldAgainTheNearerItsEndComes() {
        var far = certificate(Duration.ofDays(13));
        assertThat(far.words().headline()).isEqualTo("The certificate of shop.example.com ends in 13 days");
        assertThat(far.words().advice()).containsExactly("the authority limits: try tomorrow");
        assertThat(far.words().path()).isEqualTo("/shop");
        assertThat(far.mark()).isEqualTo(certificate(Duration.ofDays(8)).mark());
        assertThat(List.of(6, 2, 0))
                .map(days -> certificate(Duration.ofDays(days)).mark())
                .containsExactly("7 days", "3 days", "1 days");
        var ended = certificate(Duration.ofHours(-1));
        assertThat(ended.words().headline()).isEqualTo("The certificate of shop.example.com has ended");
        assertThat(ended.key()).isEqualTo(far.key());
        assertThat(ended.mark()).isEqualTo("ended");
    }

    private static String disk(long freeMebibytes, Room before) {
        var signs = Looks.disk(Path.of("/srv"), new Disk("vda", freeMebibytes << 20, 20L << 30), before);
        return signs.isEmpty() ? "" : signs.getFirst().mark();
    }

    @Test
    void aDiskThatGetsFullIsToldOnceAtEachMark() {
        assertThat(disk(3000, Room.ENOUGH)).isEmpty();
        assertThat(disk(3000, Room.LOW)).isEqualTo("low");
        assertThat(disk(1200, Room.LOW)).isEqualTo("low");
        assertThat(disk(1000, Room.LOW)).isEqualTo("short");
        assertThat(disk(1200, Room.SHORT)).isEqualTo("short");
        assertThat(disk(400, Room.SHORT)).isEqualTo("almost full");
        assertThat(disk(500, Room.ALMOST_NONE)).isEqualTo("almost full");
        assertThat(Looks.disk(Path.of("/srv"), new Disk("vda", 400L << 20, 20L << 30), Room.ENOUGH)
                        .getFirst()
                        .words()
                        .headline())
                .contains("builds wait and pushes are refused until there is room, what is live serves on");
    }

    private static DataStatus database(String project, String variable) {
        return new DataStatus(
                new AppDatabase(
                        new Owner(project, project, "production"),
                        variable,
                        Kind.POSTGRES,
                        "postgres-15",
                        project,
                        AppDatabase.State.READY,
                        true,
                        NOW),
                "15",
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                "FATAL: no space left");
    }

    @Test
    void aServerOfDatabasesIsToldOnceToEachProjectThatHasSome() {
        var signs = Looks.databases(List.of(
                database("shop", "DATABASE_URL"), database("shop", "OTHER_URL"), database("api", "DATABASE_URL")));
        assertThat(signs).hasSize(2);
        var shop = signs.stream()
                .filter(sign -> sign.project().equals("shop"))
                .findFirst()
                .orElseThrow();
        assertThat(shop.words().headline()).isEqualTo("The database server postgres-15 is not well");
        assertThat(shop.words().details())
                .contains(
                        new Sign.Detail("Databases", "shop DATABASE_URL, shop OTHER_URL"),
                        new Sign.Detail("It said", "FATAL: no space left"));
        assertThat(shop.key())
                .isNotEqualTo(signs.stream()
                        .filter(sign -> sign != shop)
                        .findFirst()
                        .orElseThrow()
                        .key());
    }
}
