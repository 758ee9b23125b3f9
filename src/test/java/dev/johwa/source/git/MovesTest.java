package dev.johwa.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MovesTest {
    private final Moves moves = new Moves();

    @Test
    void oneUnderWayIsOpenAndOneThatEndedIsNot() throws Exception {
        moves.around(() -> assertThat(moves.areSettled()).isFalse());

        assertThat(moves.areSettled()).isTrue();
    }

    @Test
    void oneThatBrokeOffStaysOpen() {
        assertThatThrownBy(() -> moves.around(() -> {
                    throw new IOException("gone");
                }))
                .hasMessage("gone");

        assertThat(moves.areSettled()).isFalse();
    }

    @Test
    void oneWhoseConsequenceFailedStaysOpen() throws Exception {
        moves.around(moves::unsettled);

        assertThat(moves.areSettled()).isFalse();
    }
}
