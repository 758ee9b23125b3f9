package dev.johwa.lib.docker;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.task.Cancel;
import java.util.function.Consumer;

/// Builds images by the engine's own, classic builder: no cache mounts, secrets or heredocs, which BuildKit alone has.
public final class Builds {
    private static final int PERIOD_MICROS = 100_000;

    private final Wire wire;

    Builds(Wire wire) {
        this.wire = wire;
    }

    /// Builds to its end. Cancelling, or closing of any kind, ends the step that runs.
    ///
    /// @param context tar of the files that the Dockerfile sees
    /// @param lines hears what the builder says: `Step 2/7 : RUN npm ci`, what steps print, ` ---> 4f1c…`
    /// @return id of the image
    /// @throws dev.johwa.lib.problem.ProblemException `docker.build-failed` with the builder's last word, or the
    ///     cause where it is known: `docker.no-image`, `docker.no-space`
    public String build(BuildSpec spec, Content context, Consumer<String> lines, Cancel cancel) {
        var call = call(spec).tar(context).within(spec.limit());
        return Progress.of(wire, call, cancel)
                .toEnd("docker.build-failed", lines)
                .id();
    }

    private static Call call(BuildSpec spec) {
        var call = Call.post("/build")
                .with("dockerfile", spec.dockerfile())
                .with("buildargs", Json.write(spec.arguments()))
                .with("labels", Json.write(spec.labels()))
                .with("nocache", spec.isFresh())
                .with("rm", true)
                .with("forcerm", true)
                .withAll("t", spec.tags());
        if (spec.target().isPresent()) {
            call = call.with("target", spec.target().get());
        }
        if (spec.network().isPresent()) {
            call = call.with("networkmode", spec.network().get());
        }
        if (spec.memoryBytes().isPresent()) {
            var bytes = String.valueOf(spec.memoryBytes().getAsLong());
            call = call.with("memory", bytes).with("memswap", bytes);
        }
        if (spec.cpus().isPresent()) {
            call = call.with("cpuperiod", String.valueOf(PERIOD_MICROS))
                    .with("cpuquota", String.valueOf(Math.round(spec.cpus().getAsDouble() * PERIOD_MICROS)));
        }
        return call;
    }
}
