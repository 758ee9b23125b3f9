package dev.johwa.lib.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static Map<String, String> environment(String path) {
        return new Command(List.of("x"), Path.of("/app/apps/api"), Map.of("PATH", path, "HOME", "home")).environment();
    }

    @Test
    void relativeFoldersOfThePathAreMeantFromWhereItStarts() {
        assertThat(environment("node_modules/.bin:../../node_modules/.bin:/usr/bin"))
                .containsEntry("PATH", "/app/apps/api/node_modules/.bin:/app/node_modules/.bin:/usr/bin")
                .containsEntry("HOME", "home");
    }

    @Test
    void aPathOfAbsoluteFoldersStaysAsItIs() {
        assertThat(environment("/usr//bin::/bin")).containsEntry("PATH", "/usr//bin::/bin");
    }
}
