package dev.johwa.build.container;

import dev.johwa.lib.process.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The words of `buildctl build` for an order.
///
/// @param program path of `buildctl`
/// @param bases by which images a name of the Dockerfile is meant: `docker-image://REGISTRY/NAME@sha256:…`
/// @param output what becomes of the image; empty: nothing
record BuildkitCommand(
        String program, String address, ImageOrder order, Map<String, String> bases, List<String> output) {
    /// A front end that was called by another one gets its words here. With any, the one that is built into the daemon
    /// reads the Dockerfile itself, whatever `# syntax` says, and fetches nothing for it
    /// (`frontend/dockerfile/builder/build.go` of BuildKit).
    private static final String OWN_FRONT_END = "cmdline=docker/dockerfile";

    private static final String SECRET = "JOHWA_SECRET_";

    Command at(BuildkitDesk desk) {
        var words = new ArrayList<>(List.of(program, "--addr", address, "build", "--progress", "rawjson"));
        words.addAll(List.of("--frontend", "dockerfile.v0", "--opt", OWN_FRONT_END));
        words.addAll(List.of("--local", "context=" + desk.context(), "--local", "dockerfile=" + desk.context()));
        option(words, "filename", order.dockerfile());
        order.stage().ifPresent(stage -> option(words, "target", stage));
        order.arguments().forEach((name, value) -> option(words, "build-arg:" + name, value));
        bases.forEach((name, image) -> option(words, "context:" + name, image));
        if (order.isAnew()) {
            words.add("--no-cache");
        }
        var environment = new HashMap<String, String>();
        order.supplies().secrets().forEach((name, value) -> {
            // Not in the words, which everybody on the machine may read.
            environment.put(SECRET + name, value);
            words.addAll(List.of("--secret", "id=" + name + ",env=" + SECRET + name));
        });
        words.addAll(output);
        environment.put("HOME", desk.folder().toString());
        environment.put("DOCKER_CONFIG", desk.signIn().toString());
        return new Command(words, desk.folder(), environment);
    }

    private static void option(List<String> words, String name, String value) {
        words.addAll(List.of("--opt", name + "=" + value));
    }
}
