package dev.johwa.serve.target.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.docker.ContainerSpec;
import dev.johwa.lib.docker.ContainerSpec.Input;
import dev.johwa.lib.docker.ContainerSpec.Mount;
import dev.johwa.lib.docker.ContainerSpec.Wiring;
import dev.johwa.lib.docker.Image;
import dev.johwa.source.detect.ContainerRun;
import dev.johwa.source.detect.ContainerRun.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an engine is asked for, of what an operator allowed a project.
class StartingTest {
    private static final Image IMAGE = new Image(
            "sha256:0",
            List.of(),
            List.of(),
            List.of(),
            "amd64",
            "linux",
            0,
            List.of(),
            List.of("server"),
            Map.of(),
            List.of(),
            List.of(),
            "",
            "",
            List.of(),
            "",
            Map.of());

    private static ContainerRun run(String... powers) {
        var none = ContainerRun.NONE;
        return new ContainerRun(
                "web",
                List.of(),
                "x:1",
                none.entrypoint(),
                none.command(),
                Map.of(),
                new Program("", "", "", Optional.empty(), false, List.of(), List.of(powers), false),
                List.of(),
                List.of(),
                Map.of(),
                none.hidden(),
                none.check(),
                none.limits(),
                Map.of(),
                1,
                false,
                List.of());
    }

    private static ContainerSpec asked(ContainerRun run) {
        var mounts = List.of(Mount.folder("/srv/media", "/media", true));
        return new Starting(Specs.shop(run), "x:1", IMAGE).container(Map.of(), Wiring.none(), mounts, Input.NONE);
    }

    @Test
    void whoIsPrivilegedKeepsAllThatTheEngineGives() {
        var rights = asked(run("privileged")).rights();
        assertThat(rights.isPrivileged()).isTrue();
        assertThat(rights.capabilities()).isEmpty();
    }

    @Test
    void nobodyElseIs() {
        for (var run : List.of(ContainerRun.NONE, run(), run("host-network"))) {
            var rights = asked(run).rights();
            assertThat(rights.isPrivileged()).isFalse();
            assertThat(rights.capabilities().orElseThrow()).contains("CHOWN").doesNotContain("SYS_ADMIN", "NET_RAW");
        }
    }

    @Test
    void theNetworkOfTheMachineIsTheOnlyOneOfWhoHasIt() {
        var marks = new Marks(Path.of(System.getProperty("java.io.tmpdir"), "johwa-starting-test"));
        assertThat(marks.networks(Specs.shop(run("host-network")), List.of("web")))
                .containsExactly(new Marks.Joined(Marks.HOST, List.of(), false));
    }
}
