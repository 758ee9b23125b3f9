package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentFailedTest {
    @Test
    void aStackDoesNotPushOutWhatWentWrong() {
        var heard = new ArrayList<>(List.of("Error: name the hosts in config/env/production.js"));
        for (int frame = 0; frame < 40; frame++) {
            heard.add("    at lift (/app/node_modules/lib/index.js:" + frame + ":1)");
        }

        assertThat(new DeploymentFailed("web ended", heard).details())
                .startsWith("Error: name the hosts in config/env/production.js")
                .hasSize(5);
    }

    @Test
    void ofManyWordsTheLastAreShown() {
        var heard = new ArrayList<String>();
        for (int line = 0; line < 100; line++) {
            heard.add("line " + line);
        }

        assertThat(new DeploymentFailed("web ended", heard).details())
                .hasSize(20)
                .endsWith("line 99");
    }
}
