package dev.johwa.build.pipeline;

import dev.johwa.build.base.Base;
import dev.johwa.build.image.Artifact;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The files of an app once more, installed and built on a base, so that what is compiled fits it. Its dependencies
/// stay at the desk for the next run. Used by one thread.
final class OnBase {
    private final Job job;
    private final AppRun.Seat seat;
    private final Base base;
    private final Path place;
    private final Path source;
    private final List<String> dependencies;

    OnBase(Job job, AppRun.Seat seat, Base base) {
        this.job = job;
        this.seat = seat;
        this.base = base;
        this.place = seat.workspace().beside("on-base").resolve(job.app());
        this.source = place.resolve("source");
        this.dependencies = job.places(job.detection().layers());
    }

    Artifact make(Stages.Stage stage, Map<String, byte[]> deciding, Function<Path, Artifact> packing) {
        var ground = Ground.of(base, seat.rooms().standard().bases().root(base), place);
        var steps = new StageSteps(job, seat.workspace(), stage, seat.cancel()).on(ground);
        var settings = job.settings();
        try {
            boolean isKept = bring(key(deciding));
            if (isKept || settings.install().isEmpty()) {
                stage.output("dependencies are as before");
            } else {
                steps.runAll(settings.install(), settings.values());
                Whole.write(place.resolve("key"), key(deciding).getBytes(StandardCharsets.UTF_8));
            }
            steps.runAll(settings.build(), settings.values());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packing.apply(source);
    }

    /// Of what the dependencies are made.
    private String key(Map<String, byte[]> deciding) {
        var text = new StringBuilder(base.manifest().orElseThrow().text());
        job.detection().caches().forEach(cache -> text.append(' ').append(CacheKey.of(job, cache, deciding)));
        return text.toString();
    }

    /// The files of the commit anew, with the dependencies of before where the key is the same.
    ///
    /// @return whether all of them are there
    private boolean bring(String key) throws IOException {
        var kept = place.resolve("kept");
        boolean fits = !seat.isAnew() && isKept(key);
        Trees.delete(kept);
        if (fits) {
            Files.createDirectories(kept);
            for (int i = 0; i < dependencies.size(); i++) {
                Files.move(source.resolve(dependencies.get(i)), kept.resolve(String.valueOf(i)));
            }
        }
        // Until they are back, nobody may count on them.
        Files.deleteIfExists(place.resolve("key"));
        Trees.delete(source);
        Files.createDirectories(place.resolve("home"));
        copy();
        // Before they are back: they are many, and owned already.
        Trees.own(source, seat.workspace().account());
        if (fits) {
            for (int i = 0; i < dependencies.size(); i++) {
                var goal = source.resolve(dependencies.get(i));
                Files.createDirectories(goal.resolve("..").normalize());
                requireInside(goal);
                Files.move(kept.resolve(String.valueOf(i)), goal);
            }
            Whole.write(place.resolve("key"), key.getBytes(StandardCharsets.UTF_8));
        }
        Trees.own(place.resolve("home"), seat.workspace().account());
        return fits;
    }

    private boolean isKept(String key) throws IOException {
        var file = place.resolve("key");
        return !dependencies.isEmpty()
                && job.dependencies().containsAll(dependencies)
                && Files.isRegularFile(file)
                && Files.readString(file).equals(key)
                && dependencies.stream()
                        .map(source::resolve)
                        .allMatch(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS) && isInside(each));
    }

    /// A step, or the commit, may have made a link on the way to it.
    private boolean isInside(Path folder) {
        try {
            return folder.resolve("..").normalize().toRealPath().startsWith(source.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private void requireInside(Path folder) {
        if (!isInside(folder)) {
            throw new StageFailed(
                    "a link leads out of the source, on the way to " + source.relativize(folder),
                    List.of(),
                    List.of("Look for what replaces a folder there by a symbolic link."));
        }
    }

    private void copy() throws IOException {
        var from = seat.workspace().source();
        var without = new HashSet<Path>();
        without.add(from.resolve(".git"));
        dependencies.forEach(each -> without.add(from.resolve(each)));
        job.foreign().forEach(each -> without.add(from.resolve(each)));
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes seen) {
                return without.contains(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes seen) throws IOException {
                seat.cancel().check();
                var name = from.relativize(file);
                if (seat.workspace().isOfCommit(".", name)) {
                    var goal = source.resolve(name);
                    Files.createDirectories(goal.resolve("..").normalize());
                    Files.copy(file, goal, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Files.createDirectories(source);
    }
}
