package dev.johwa.serve.target.process;

import dev.johwa.build.image.Images;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Confinement.Bind;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import dev.johwa.lib.process.Processes;
import dev.johwa.serve.target.InstanceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Where the files of instances lie, as whom they run, and what they see.
final class Layout {
    private static final Path APP = Path.of("/app");
    private static final Path HOME = Path.of("/home/app");
    private static final int FIRST_ACCOUNT = 310_000;
    private static final int ACCOUNTS = 50_000;
    private static final int MOST_PROCESSES = 1024;

    private final Processes processes;
    private final Images images;
    private final Path apps;

    Layout(Processes processes, Images images, Path apps) {
        this.processes = processes;
        this.images = images;
        this.apps = apps;
    }

    private boolean isConfined() {
        return processes.ability().sandbox().isPresent();
    }

    /// The account of an app: stable, and another one for every app and environment.
    private int account(InstanceSpec spec) {
        if (!processes.ability().switchesUsers()) {
            return 0;
        }
        return FIRST_ACCOUNT + Math.floorMod((spec.app() + "|" + spec.environment()).hashCode(), ACCOUNTS);
    }

    Path folder(InstanceSpec spec) {
        return app(spec).resolve("instances").resolve(spec.id());
    }

    private Path app(InstanceSpec spec) {
        return apps.resolve(spec.app().replace('/', '.'));
    }

    private Path data(InstanceSpec spec, String name) {
        var plain = name.replaceAll("^\\./|/+$", "").replace('/', '.');
        var environment = spec.environment().replaceAll("[^A-Za-z0-9._-]", "_");
        return app(spec).resolve("data").resolve(environment).resolve(plain);
    }

    /// Makes the folder of an instance with files of its own.
    void prepare(InstanceSpec spec, Path folder) {
        try {
            var files = folder.resolve("files");
            Files.createDirectories(folder);
            images.copyTo(spec.artifact(), files);
            Files.createDirectories(folder.resolve("home"));
            for (var name : spec.data()) {
                prepareData(spec, files, name);
            }
            own(files, account(spec));
            own(folder.resolve("home"), account(spec));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepareData(InstanceSpec spec, Path files, String name) throws IOException {
        var data = Files.createDirectories(data(spec, name));
        own(data, account(spec));
        var place = files.resolve(spec.folder()).resolve(name).normalize();
        Files.createDirectories(isConfined() ? place : place.getParent());
        if (!isConfined()) {
            deleteTree(place);
            Files.createSymbolicLink(place, data.toAbsolutePath());
        }
    }

    Command command(InstanceSpec spec, Path folder, int port) {
        var environment = new HashMap<>(spec.environmentValues());
        environment.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.putIfAbsent("LANG", "C.UTF-8");
        environment.put("HOME", (isConfined() ? HOME : folder.resolve("home")).toString());
        environment.put("PORT", String.valueOf(port));
        environment.put("HOST", "127.0.0.1");
        var root = isConfined() ? APP : folder.resolve("files");
        return new Command(spec.command(), root.resolve(spec.folder()).normalize(), environment);
    }

    Confinement confinement(InstanceSpec spec, Path folder) {
        var binds = new ArrayList<Bind>();
        binds.add(new Bind(folder.resolve("files"), APP, true));
        binds.add(new Bind(folder.resolve("home"), HOME, true));
        for (var name : spec.data()) {
            binds.add(new Bind(
                    data(spec, name), APP.resolve(spec.folder()).resolve(name).normalize(), true));
        }
        spec.tools().stream().map(Path::of).map(Bind::readOnly).forEach(binds::add);
        var limits = new Limits(
                spec.memoryBytes(), spec.cpus(), OptionalInt.of(MOST_PROCESSES), java.util.OptionalLong.empty());
        return new Confinement(isConfined() ? Isolation.FILES : Isolation.NONE, account(spec), binds, limits);
    }

    List<Path> instances() {
        var found = new ArrayList<Path>();
        for (var app : children(apps)) {
            found.addAll(children(app.resolve("instances")));
        }
        return found;
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Keeps what a stopped instance printed, for `logs`, and deletes the rest.
    void retire(Path folder) {
        var run = folder.resolve("run");
        try {
            if (Files.isDirectory(run)) {
                var logs = Files.createDirectories(folder.resolve("../../ended").normalize());
                Files.move(run, logs.resolve(folder.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        delete(folder);
    }

    void delete(Path folder) {
        try {
            deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (var each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static void own(Path folder, int account) throws IOException {
        if (account == 0) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (var each : all.toList()) {
                Files.setAttribute(each, "unix:uid", account, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(each, "unix:gid", account, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
