package dev.johwa.build.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.dockerfile.Dockerfile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassicBuilderTest extends BuilderContract {
    @Override
    ImageBuilder builder(BuilderRig rig) {
        return new ClassicBuilder(rig.parts);
    }

    @Test
    void whatItCannotDoIsToldWithItsPlace() {
        var text = "FROM scratch\nRUN <<END\ntrue\nEND\nRUN --mount=type=cache,target=/c true\n";
        var image = Dockerfile.read("Dockerfile", text.getBytes(StandardCharsets.UTF_8))
                .describe(Optional.empty());

        assertThat(builder.lacking(image))
                .extracting(problem -> String.valueOf(problem.where()))
                .containsExactly("Dockerfile:2:5", "Dockerfile:5:5");
    }
}
