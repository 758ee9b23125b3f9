package dev.johwa.lib.docker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The volumes of an engine.
public final class Volumes {
    private final Wire wire;

    Volumes(Wire wire) {
        this.wire = wire;
    }

    /// What is known of one.
    ///
    /// @param place where its files are on this machine
    /// @param device the folder that it shows; empty: one of the engine's own
    public record Volume(String name, Path place, Optional<Path> device, Map<String, String> labels) {}

    public Optional<Volume> inspect(String name) {
        return wire.find(Call.get("/volumes/" + Call.encoded(name))).map(Reading::volume);
    }

    /// Makes one whose files lie in a folder of this machine. The first container that has it and finds it empty fills
    /// it with what its image has at the path, owners and all.
    ///
    /// @param device which is there
    public void create(String name, Path device, Map<String, String> labels) {
        var options = Map.of("type", "none", "o", "bind", "device", device.toString());
        create(name, labels, options);
    }

    /// Makes one whose files are the engine's; nothing happens when it is there.
    public void create(String name, Map<String, String> labels) {
        create(name, labels, Map.of());
    }

    private void create(String name, Map<String, String> labels, Map<String, String> options) {
        var volume = new HashMap<String, Object>();
        volume.put("Name", name);
        volume.put("Driver", "local");
        volume.put("Labels", labels);
        if (!options.isEmpty()) {
            volume.put("DriverOpts", options);
        }
        wire.act(Call.post("/volumes/create").json(volume));
    }

    /// Names of those with all these labels.
    public List<String> list(Map<String, String> labels) {
        var found = new ArrayList<String>();
        wire.tree(Call.get("/volumes").filtered(labels))
                .path("Volumes")
                .forEach(each -> found.add(each.path("Name").asString("")));
        return List.copyOf(found);
    }

    /// Deletes one and its files, but not those of a folder that it shows.
    ///
    /// @return false when a container has it
    public boolean remove(String name) {
        return wire.delete("/volumes/" + Call.encoded(name));
    }
}
