package dev.johwa.serve.target;

import dev.johwa.lib.blob.Digest;
import dev.johwa.source.detect.ContainerRun;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What to start.
///
/// @param id of the instance, unique for ever: `shop-41-web-1-k3f9`
/// @param app name of the app, `shop` or `shop/api`
/// @param process `web`, `worker`, …
/// @param artifact whose files it gets in a folder of its own
/// @param folder relative to the artifact's root, where it starts
/// @param command empty for what an image starts by itself
/// @param environment complete but for `PORT`, `HOST` and what the target itself adds
/// @param port the one on which the application insists; else the target picks one and says it in `PORT`
/// @param data folders, relative, that outlive releases
/// @param reaches ports of the machine's loopback that it must reach: those of its databases, and of other apps
/// @param names by which it finds this machine at those ports
/// @param target on which it is to run, where there are several
/// @param tools absolute folders of runtimes that it needs to see
/// @param container what holds for its container beyond what the image says
public record InstanceSpec(
        String id,
        String app,
        String environment,
        int release,
        String process,
        Digest artifact,
        String folder,
        List<String> command,
        Map<String, String> environmentValues,
        OptionalInt port,
        OptionalLong memoryBytes,
        OptionalDouble cpus,
        List<String> data,
        List<String> tools,
        List<Integer> reaches,
        List<String> names,
        String target,
        ContainerRun container) {
    /// The name by which a container finds what answers on this machine's loopback at one of those ports.
    public static final String MACHINE = "johwa.internal";

    public InstanceSpec {
        command = List.copyOf(command);
        environmentValues = Map.copyOf(environmentValues);
        data = List.copyOf(data);
        tools = List.copyOf(tools);
        reaches = List.copyOf(reaches);
        names = List.copyOf(names);
    }
}
