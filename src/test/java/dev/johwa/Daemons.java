package dev.johwa;

import dev.johwa.lib.docker.Container;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What tests do with daemons that they start: end them, and take away what these leave on the machine.
final class Daemons {
    private static final int ENOUGH_SECONDS = 20;

    private Daemons() {}

    static void end(Process daemon) {
        daemon.destroy();
        try {
            if (!daemon.waitFor(ENOUGH_SECONDS, TimeUnit.SECONDS)) {
                daemon.descendants().forEach(ProcessHandle::destroyForcibly);
                daemon.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes away all that an engine has, but for its own networks.
    static void empty(Engine engine, List<String> networks) {
        engine.containers().list(Map.of()).stream().map(Container.Listed::id).forEach(engine.containers()::remove);
        engine.networks().list(Map.of()).stream()
                .filter(name -> !networks.contains(name))
                .forEach(engine.networks()::remove);
    }

    /// The end of what one has printed.
    static String lastWords(Path log) {
        try (var lines = Files.lines(log)) {
            var all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 5), all.size()));
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static void unmountBelow(Path folder) {
        try {
            var places = new ArrayList<String>();
            for (var line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
                var place = line.split(" ")[1];
                if (place.startsWith(folder + "/")) {
                    places.add(place);
                }
            }
            places.sort(Comparator.comparing(String::length).reversed());
            for (var place : places) {
                new ProcessBuilder("umount", "-l", place).start().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes the control groups of a name away where nothing is in them: those of another daemon that works stay.
    static void removeGroups(String name) {
        var root = Path.of("/sys/fs/cgroup");
        var hierarchies = new ArrayList<>(Trees.children(root));
        hierarchies.add(root);
        for (var hierarchy : hierarchies) {
            try {
                Files.deleteIfExists(hierarchy.resolve(name));
            } catch (IOException e) {
                // Something is in it.
            }
        }
    }
}
