package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.ContainerSpec.Mount;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.docker.SharedVolumes.Leaving;
import dev.johwa.source.detect.ContainerRun.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What containers keep over releases: each folder of `data:` and each VOLUME of an image is a volume of its app and
/// environment. Its files lie in the data folder, so that backups and moves have them; the engine fills an empty one
/// with what the image has there, owners and all.
final class VolumesOfApps {
    private final Engine engine;
    private final Places places;
    private final Marks marks;
    private final SharedVolumes shared;

    VolumesOfApps(Engine engine, Places places, Marks marks) {
        this.engine = engine;
        this.places = places;
        this.marks = marks;
        this.shared = new SharedVolumes(engine, places, marks);
    }

    /// Makes those that are missing.
    List<Mount> mounts(Starting starting) {
        var spec = starting.spec();
        var mounts = new ArrayList<Mount>();
        var volumes = spec.container().volumes();
        paths(starting).forEach((inside, path) -> {
            if (volumes.stream().noneMatch(volume -> Path.of(volume.path()).equals(inside))) {
                mounts.add(mount(spec.app(), spec, path, inside, false));
            }
        });
        for (var volume : volumes) {
            if (volume.isOfMachine()) {
                mounts.add(Mount.folder(volume.name(), volume.path(), volume.isReadOnly()));
                continue;
            }
            mounts.add(mount(owner(volume, spec), spec, path(volume), Path.of(volume.path()), volume.isReadOnly()));
        }
        return mounts;
    }

    private Mount mount(String owner, InstanceSpec spec, Path path, Path inside, boolean isReadOnly) {
        var place = prepare(places.data(owner, spec.environment(), path));
        var name = marks.volume(owner, spec.environment(), path);
        require(name, place, marks.of(owner, spec.environment()));
        return new Mount(name, inside.toString(), true, isReadOnly);
    }

    /// The app with whose data it lies.
    private String owner(Volume volume, InstanceSpec spec) {
        int colon = volume.name().indexOf(':');
        if (colon < 0) {
            return spec.app();
        }
        if (volume.sharing().isPresent()) {
            return shared.owner(spec, path(volume), volume.sharing().get());
        }
        var owner = SharedVolumes.app(Marks.project(spec.app()), volume.name().substring(0, colon));
        shared.note(spec, path(volume), owner);
        return owner;
    }

    private static Path path(Volume volume) {
        return Path.of(
                volume.name().isEmpty()
                        ? volume.path()
                        : volume.name().substring(volume.name().indexOf(':') + 1));
    }

    /// By where a container sees them, what they are called among the data: those of the project as it names them.
    private static Map<Path, Path> paths(Starting starting) {
        var paths = new LinkedHashMap<Path, Path>();
        for (var name : starting.spec().data()) {
            var inside = starting.folder().resolve(name).normalize();
            var path = Path.of(starting.spec().folder()).resolve(name).normalize();
            if (inside.equals(starting.folder()) || path.startsWith("..") || inside.getNameCount() == 0) {
                throw Problem.user("data.outside", "data folder '" + name + "' does not lie inside the app")
                        .hint("name a folder below the app's own, such as uploads/, or an absolute path of the image")
                        .exception();
            }
            paths.put(inside, path);
        }
        for (var name : starting.image().volumes()) {
            var inside = Path.of("/").resolve(name).normalize();
            paths.putIfAbsent(inside, inside);
        }
        return paths;
    }

    private Path prepare(Path place) {
        try {
            boolean isNew = !Files.exists(place);
            Files.createDirectories(place);
            if (isNew) {
                Trees.hideNames(place.resolve("..").normalize());
            }
            return place.toAbsolutePath().normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The data folder may have moved since: then the volume is made anew, and the files stay where they are.
    private void require(String name, Path place, Map<String, String> labels) {
        var there = engine.volumes().inspect(name);
        if (there.isPresent() && there.get().device().filter(place::equals).isEmpty()) {
            if (!marks.ours().entrySet().stream().allMatch(there.get().labels().entrySet()::contains)
                    || !engine.volumes().remove(name)) {
                throw Problem.external(
                                "container.volume", "the volume '" + name + "' shows another folder than " + place)
                        .hint("remove the containers that have it, and then the volume")
                        .exception();
            }
        }
        engine.volumes().create(name, place, labels);
    }

    /// Takes away volumes; the files of data are deleted by who says so.
    ///
    /// @return the folders of those that a container has
    List<Path> remove(Map<String, String> labels) {
        return engine.volumes().list(labels).stream()
                .filter(name -> !engine.volumes().remove(name))
                .flatMap(name -> engine.volumes().inspect(name).stream())
                .flatMap(volume -> volume.device().stream())
                .toList();
    }

    /// See [SharedVolumes#leave].
    List<Path> leave(Leaving leaving) {
        return shared.leave(leaving);
    }
}
