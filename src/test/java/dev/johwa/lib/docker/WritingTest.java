package dev.johwa.lib.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.docker.ContainerSpec.Input;
import dev.johwa.lib.docker.ContainerSpec.Limits;
import dev.johwa.lib.docker.ContainerSpec.More;
import dev.johwa.lib.docker.ContainerSpec.Mount;
import dev.johwa.lib.docker.ContainerSpec.Rights;
import dev.johwa.lib.docker.ContainerSpec.Wiring;
import dev.johwa.lib.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What is asked of an engine, in its own words (Docker's API 1.41, `ContainerCreate`).
class WritingTest {
    private static JsonNode asked(Rights rights, Wiring wiring, Mount... mounts) {
        var spec = new ContainerSpec(
                "x:1",
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Limits.none(),
                rights,
                wiring,
                List.of(mounts),
                Input.NONE,
                false,
                More.NONE);
        return Json.tree(Json.write(Writing.container(spec)));
    }

    @Test
    void whatAnOperatorAllowsReachesTheEngine() {
        var asked = asked(
                new Rights(Optional.empty(), false, true),
                Wiring.to("host"),
                Mount.folder("/srv/media", "/media", true));
        var host = asked.path("HostConfig");
        assertThat(host.path("Privileged").asBoolean()).isTrue();
        assertThat(host.has("SecurityOpt")).isFalse();
        assertThat(host.has("CapDrop")).isFalse();
        assertThat(host.path("NetworkMode").asString()).isEqualTo("host");
        assertThat(asked.has("NetworkingConfig")).isFalse();
        assertThat(host.path("Mounts").toString())
                .contains("\"Type\":\"bind\"")
                .contains("\"Source\":\"/srv/media\"")
                .contains("\"ReadOnly\":true");
    }

    @Test
    void whoIsAllowedNothingGetsLittle() {
        var asked = asked(new Rights(Optional.of(List.of("CHOWN")), false, false), Wiring.to("shop"));
        var host = asked.path("HostConfig");
        assertThat(host.has("Privileged")).isFalse();
        assertThat(host.path("SecurityOpt").toString()).isEqualTo("[\"no-new-privileges\"]");
        assertThat(host.path("CapDrop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(host.path("CapAdd").toString()).isEqualTo("[\"CHOWN\"]");
        assertThat(host.path("NetworkMode").asString()).isEqualTo("shop");
        assertThat(host.path("LogConfig").path("Config").toString())
                .contains("\"max-size\":\"10485760\"", "\"max-file\":\"2\"");
    }
}
