package dev.johwa.door.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import org.junit.jupiter.api.Test;

/// What others ask for who leave out most of it.
class ChaosListTest {
    @Test
    void whatIsNotSaidIsEmpty() {
        assertThat(Json.read("{}", ChaosList.Order.class).kind()).isEmpty();
        var play = Json.read("{}", ChaosList.Play.class);
        assertThat(play.file() + play.text()).isEmpty();
        assertThat(play.environment()).isEmpty();
    }
}
