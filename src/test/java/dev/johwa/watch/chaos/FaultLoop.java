package dev.johwa.watch.chaos;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.process.Running;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.Target;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A control plane that pauses a program and lets it go on, again and again until it is killed.
final class FaultLoop {
    private FaultLoop() {}

    /// @param words the folder of its state, and the file that tells of the program
    public static void main(String[] words) throws IOException {
        var victim = Json.read(Files.readAllBytes(Path.of(words[1])), Running.class);
        var processes = new Processes(new SystemClock(), List.of());
        var rig = new ReleaseRig(Path.of(words[0]));
        var releases = rig.releases(through(rig.target, processes, victim));
        releases.release(rig.passed(Map.of()), line -> {}, new Cancel());
        var chaos = new Chaos(new ChaosPorts(
                rig.database, rig.facts, rig.clock, rig.tasks, () -> releases, (project, text) -> text, () -> false));
        var order = FaultOrder.of(
                "pause", Map.of("environment", "production", "instances", "1", "for", "1s", "production", "true"));
        System.out.println("ready");
        while (true) {
            chaos.begin(ReleaseRig.SHOP, order, "loop");
            chaos.stop(ReleaseRig.SHOP, "loop");
        }
    }

    /// The pretended target, but for the program that is paused.
    private static Target through(Target pretended, Processes processes, Running victim) {
        return (Target) Proxy.newProxyInstance(
                Target.class.getClassLoader(), new Class<?>[] {Target.class}, (self, method, words) -> {
                    switch (method.getName()) {
                        case "suspend" -> processes.suspend(victim, (Duration) words[1]);
                        case "resume" -> processes.resume(victim);
                        default -> {
                            try {
                                var given = method.invoke(pretended, words);
                                return given instanceof Instance one ? asProcess(one) : given;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }
                    }
                    return null;
                });
    }

    private static Instance asProcess(Instance one) {
        return new Instance(
                one.id(),
                one.app(),
                one.environment(),
                one.release(),
                one.process(),
                "process",
                one.handle(),
                one.startedAt());
    }
}
