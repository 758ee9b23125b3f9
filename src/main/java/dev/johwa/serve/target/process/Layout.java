package dev.johwa.serve.target.process;

import dev.johwa.build.image.Images;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Confinement.Bind;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import dev.johwa.lib.process.Processes;
import dev.johwa.serve.target.Accounts;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.log.Shelf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Where the files of instances lie, as whom they run, and what they see.
final class Layout {
    private static final int MOST_FILES = 100_000;
    private static final Path APP = Path.of("/app");
    private static final Path HOME = Path.of("/home/app");
    private static final int MOST_PROCESSES = 1024;

    private static final Path HOSTS = Path.of("/etc/hosts");

    private final Processes processes;
    private final Images images;
    private final Path apps;
    private final Shelf shelf;
    private final Accounts accounts;

    Layout(Processes processes, Images images, Path apps) {
        this.processes = processes;
        this.images = images;
        this.apps = apps;
        this.shelf = new Shelf(apps);
        this.accounts = new Accounts(apps.resolve(".accounts"));
    }

    boolean isConfined() {
        return processes.ability().sandbox().isPresent();
    }

    /// Whether an instance can have a network of its own.
    boolean hasNetworks() {
        return isConfined() && processes.ability().networks();
    }

    /// The unix account as which it runs; 0 for ours.
    int account(InstanceSpec spec) {
        return processes.ability().switchesUsers() ? accounts.of(spec.app(), spec.environment()) : 0;
    }

    Path folder(InstanceSpec spec) {
        return shelf.app(spec.app()).resolve("instances").resolve(spec.id());
    }

    /// Where it is kept on which port an app insists.
    Path insisted(String app, String environment) {
        return shelf.insisted(app, environment);
    }

    List<Path> data(String app) {
        return shelf.data(app);
    }

    /// The output of instances goes by its own budget.
    void discard(String app, String environment) {
        Trees.delete(shelf.data(app, environment));
        Trees.delete(insisted(app, environment));
    }

    void discard(String app) {
        Trees.delete(shelf.app(app));
    }

    private Path data(InstanceSpec spec, String name) {
        return data(spec.app(), spec.environment(), relative(spec, name));
    }

    Path data(String app, String environment, Path relative) {
        return shelf.data(app, environment, relative);
    }

    /// A folder of data as a path below the app's root.
    private static Path relative(InstanceSpec spec, String name) {
        var path = Path.of(spec.folder()).resolve(name).normalize();
        if (path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
            throw Problem.user("data.outside", "data folder '" + name + "' does not lie inside the app")
                    .hint("name a folder below the app's own, such as uploads/")
                    .exception();
        }
        return path;
    }

    /// Without a sandbox nothing binds the folder in: its account must be able to walk there.
    private void requireWay(Path folder, int account) throws IOException {
        if (account == 0 || isConfined()) {
            return;
        }
        for (var place = folder.toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.exists(place)
                    && !Files.getPosixFilePermissions(place).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw Problem.resource(
                                "instance.closed-folder",
                                "the account " + account + ", as which the app runs, cannot enter " + place)
                        .hint("install bubblewrap, or `chmod o+x " + place + "`, or keep the data elsewhere: `--data`")
                        .exception();
            }
        }
    }

    /// Makes the folder of an instance with files of its own.
    void prepare(InstanceSpec spec, Path folder) {
        try {
            requireWay(folder, account(spec));
            var files = folder.resolve("files");
            Trees.hideNames(Files.createDirectories(folder));
            Trees.hideNames(shelf.app(spec.app()).resolve("instances"));
            Trees.hideNames(shelf.app(spec.app()));
            int account = account(spec);
            images.copyTo(spec.artifact(), files, account);
            Files.createDirectories(folder.resolve("home"));
            for (var name : spec.data()) {
                prepareData(spec, files, name, account);
            }
            Trees.own(folder.resolve("home"), account);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first release brings what its data begins with.
    private void prepareData(InstanceSpec spec, Path files, String name, int account) throws IOException {
        var data = data(spec, name);
        var place = files.resolve(relative(spec, name));
        createFolders(files, relative(spec, name), account);
        if (!Files.exists(data)) {
            Trees.hideNames(Files.createDirectories(data.getParent()));
            Trees.hideNames(shelf.app(spec.app()).resolve("data"));
            begin(place, data);
            Trees.own(data, account);
        }
        if (isConfined()) {
            createFolders(files, relative(spec, name), account);
        } else {
            Trees.delete(place);
            Files.createSymbolicLink(place, data.toAbsolutePath());
        }
    }

    /// Only folders lie on the way: a link in the artifact could lead to files of the server.
    private static void createFolders(Path files, Path relative, int account) throws IOException {
        var place = files;
        for (var part : relative) {
            place = place.resolve(part);
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                throw Problem.user("data.no-folder", "data folder '" + relative + "' is a file or a link in the app")
                        .hint("remove it from the repository, or name another folder under data:")
                        .exception();
            }
            Files.createDirectory(place);
            Trees.own(place, account);
        }
    }

    private static void begin(Path place, Path data) throws IOException {
        try {
            Files.move(place, data);
        } catch (DirectoryNotEmptyException e) {
            // Another instance was first: what it brought is the same.
            Trees.delete(place);
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

    /// @param isolation at most so much, as far as there is a sandbox
    Confinement confinement(InstanceSpec spec, Path folder, Isolation isolation) {
        var binds = new ArrayList<Bind>();
        binds.add(new Bind(folder.resolve("files"), APP, true));
        binds.add(new Bind(folder.resolve("home"), HOME, true));
        for (var name : spec.data()) {
            binds.add(new Bind(data(spec, name), APP.resolve(relative(spec, name)), true));
        }
        spec.tools().stream().map(Path::of).map(Bind::readOnly).forEach(binds::add);
        if (!spec.names().isEmpty() && isConfined()) {
            binds.add(new Bind(hosts(spec, folder), HOSTS, false));
        }
        var limits = new Limits(spec.memoryBytes(), spec.cpus(), OptionalInt.of(MOST_PROCESSES), OptionalLong.empty());
        return new Confinement(isConfined() ? isolation : Isolation.NONE, account(spec), binds, limits, spec.reaches());
    }

    /// Names of this machine that no name server knows, beside those that the machine knows itself.
    private static Path hosts(InstanceSpec spec, Path folder) {
        try {
            var known = Files.exists(HOSTS) ? Files.readString(HOSTS) : "";
            var file = folder.resolve("hosts");
            Files.writeString(file, known + "\n127.0.0.1 " + String.join(" ", spec.names()) + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Path> instances() {
        return Shelf.children(apps).stream()
                .flatMap(app -> Shelf.children(app.resolve("instances")).stream())
                .toList();
    }

    /// Where what an instance printed lies once it has stopped.
    private static Path ended(Path folder) {
        return folder.resolve("../../ended").normalize().resolve(folder.getFileName());
    }

    /// Deletes what a stopped instance printed.
    void forget(Path folder) {
        Trees.delete(ended(folder));
    }

    /// Keeps what a stopped instance printed, for `logs`, and deletes the rest.
    void retire(Path folder) {
        var run = folder.resolve("run");
        try {
            if (Files.isDirectory(run)) {
                var ended = ended(folder);
                Files.createDirectories(ended.getParent());
                Trees.delete(ended);
                Files.move(run, ended, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Trees.delete(folder);
    }

    /// Bytes of an instance's own files; empty where they are too many to be counted.
    OptionalLong size(Instance instance) {
        return Trees.size(Path.of(instance.handle()), MOST_FILES);
    }
}
