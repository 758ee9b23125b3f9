package dev.johwa.serve.target.docker;

import dev.johwa.PodmanService;
import dev.johwa.lib.docker.Engine;

/// The same by Podman, which answers as Docker does.
class PodmanTargetTest extends DockerTargetTest {
    @Override
    Engine engine() {
        return PodmanService.shared().engine();
    }
}
