package dev.johwa.serve.target.docker;

import dev.johwa.lib.blob.Digest;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.source.detect.ContainerRun;
import dev.johwa.source.detect.ContainerRun.Volume;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Instances to start of which a test says only what matters to it.
final class Specs {
    private Specs() {}

    /// Of the web process of the app `shop`.
    static InstanceSpec shop(ContainerRun run) {
        return of("shop-1-web-1", "shop", "production", run);
    }

    static InstanceSpec of(String id, String app, String environment, ContainerRun run) {
        return new InstanceSpec(
                id,
                app,
                environment,
                1,
                "web",
                Digest.of("artifact"),
                "",
                List.of(),
                Map.of(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "docker",
                run);
    }

    static ContainerRun with(Volume volume) {
        var none = ContainerRun.NONE;
        return new ContainerRun(
                none.service(),
                none.aliases(),
                none.image(),
                none.entrypoint(),
                none.command(),
                none.environment(),
                none.program(),
                List.of(volume),
                none.memory(),
                none.files(),
                none.hidden(),
                none.check(),
                none.limits(),
                none.needs(),
                none.count(),
                none.isData(),
                none.networks());
    }
}
