package dev.johwa.door.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppListTest {
    @ParameterizedTest
    @ValueSource(strings = {"live", "sleeping", "done", "failed", "stopped", "deploying"})
    void theDoorCallsWellWhatTheServerDoes(String state) {
        var app = new AppEnvironment("shop", "shop", AppEnvironment.PRODUCTION);
        var status = new AppStatus(
                app, "", OptionalInt.empty(), Optional.empty(), state, List.of(), Map.of(), Map.of(), List.of(), "");

        assertThat(AppList.serves(state)).isEqualTo(status.isWell());
    }
}
