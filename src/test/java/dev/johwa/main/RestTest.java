package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestTest {
    private Duration used = Duration.ofSeconds(3);
    private int given;
    private int gone;
    private final Rest rest = new Rest(() -> used, this::giveBack, () -> gone++);

    /// Takes processor time too, which is no work.
    private void giveBack() {
        given++;
        used = used.plus(Rest.QUIET);
    }

    private int minute(Duration work) {
        used = used.plus(work);
        rest.look();
        return given;
    }

    @Test
    void whatWorkLeftIsGivenBackOnceInTheFirstQuietMinute() {
        rest.begin();
        assertThat(minute(Rest.QUIET)).isZero();
        assertThat(minute(Rest.QUIET.minusMillis(1))).isOne();
        assertThat(minute(Duration.ZERO)).isOne();
        assertThat(gone).isZero();
        assertThat(minute(Rest.QUIET)).isOne();
        assertThat(gone).isOne();
        assertThat(minute(Rest.QUIET)).isOne();
        assertThat(minute(Duration.ZERO)).isEqualTo(2);
    }

    @Test
    void whoHearsOfWorkGoesOnAtOnceAndRestsInTheNextQuietMinute() {
        rest.begin();
        assertThat(minute(Duration.ZERO)).isOne();
        rest.work();
        rest.work();
        assertThat(gone).isOne();
        assertThat(minute(Duration.ofSeconds(1))).isEqualTo(2);
        assertThat(minute(Duration.ZERO)).isEqualTo(2);
    }

    @Test
    void whatLittleWorkLeavesIsGivenBackEachHour() {
        rest.begin();
        for (int hour = 1; hour <= 2; hour++) {
            assertThat(minute(Duration.ZERO)).isEqualTo(hour);
            for (int i = 1; i < Rest.MANY; i++) {
                assertThat(minute(Duration.ofMillis(1))).isEqualTo(hour);
            }
        }
    }
}
