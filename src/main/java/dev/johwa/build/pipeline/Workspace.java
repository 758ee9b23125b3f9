package dev.johwa.build.pipeline;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Confinement.Bind;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.detect.Detection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A folder with the files of a commit, in which steps run: seen by them as `/app` where there is a sandbox. Closing
/// leaves the files where they are, for the next run. Safe for use by many threads, in different folders.
final class Workspace implements AutoCloseable {
    private static final Path APP = Path.of("/app");
    private static final Path HOME = Path.of("/home/app");
    private static final int MOST_PROCESSES = 2048;
    private static final long LEAST_SPACE = 1L << 20;
    /// In percent: what a step may take, so that the platform and what it serves keep the rest.
    private static final int SHARE_OF_MEMORY = 80;
    private static final int WHOLE = 100;
    /// Several Mavens share one local repository, those of apps that are built side by side and of runs at once. Older
    /// ones than 3.9 do not read this; they lock each file that they fetch by themselves.
    private static final String MAVEN_LOCKS = "-Daether.syncContext.named.factory=file-lock"
            + " -Daether.syncContext.named.nameMapper=file-gav -Daether.syncContext.named.time=600";

    private final Workshop workshop;
    private final Path folder;
    private final Desk desk;
    private final Path home;
    private final Workshop.Who who;
    private final AtomicInteger steps = new AtomicInteger();

    /// @param folder for what no later run needs
    Workspace(Workshop workshop, Path folder, Desk desk, Workshop.Who who) {
        this.workshop = workshop;
        this.folder = folder;
        this.desk = desk;
        this.home = workshop.desks().home(who.trust());
        this.who = who;
    }

    /// The files of the commit, on the machine.
    Path source() {
        return desk.source();
    }

    /// Whether hardly anything can be written any more; what a step says of it may have found no place either.
    boolean isDiskFull() {
        return folder.toFile().getUsableSpace() < LEAST_SPACE;
    }

    /// Whether the commit has a file in a folder of it.
    ///
    /// @param file relative to the folder
    boolean isOfCommit(String folder, Path file) {
        return desk.isOfCommit(
                RawNames.text(RawNames.of(Path.of(folder).resolve(file).normalize())));
    }

    /// Bytes of memory that a step may take; empty where nobody knows what the machine has.
    OptionalLong memoryOfAStep() {
        var machine = workshop.processes().memoryBytes();
        return machine.isPresent()
                ? OptionalLong.of(machine.getAsLong() / WHOLE * SHARE_OF_MEMORY)
                : OptionalLong.empty();
    }

    /// Whose work is done here.
    Trust trust() {
        return who.trust();
    }

    Tasks tasks() {
        return workshop.tasks();
    }

    boolean isConfined() {
        return workshop.processes().ability().sandbox().isPresent();
    }

    /// A command of a stage.
    ///
    /// @param place folder below the source, where it starts
    /// @param values environment values of the project's own
    /// @param ground another system that it runs on; empty for this machine's
    record Step(List<String> argv, String place, Map<String, String> values, Duration limit, Optional<Ground> ground) {}

    Exit run(Step step, Detection detection, Output output, Cancel cancel) {
        if (step.ground().isPresent()) {
            return run(step, step.ground().get(), detection, output, cancel);
        }
        boolean confined = isConfined();
        var app = confined ? APP : source();
        var environment = new HashMap<>(workshop.machine());
        environment.putAll(Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "CI", "true"));
        environment.putAll(detection.environment());
        environment.putAll(detection.buildEnvironment());
        environment.putAll(Map.of("LANG", "C.UTF-8", "HOME", (confined ? HOME : home).toString()));
        // Maven asks the list of accounts for its home, in which a project's account has no place outside of a sandbox.
        var maven = String.join(" ", MAVEN_LOCKS, environment.getOrDefault("MAVEN_OPTS", ""))
                .strip();
        environment.put("MAVEN_OPTS", confined ? maven : maven + " -Duser.home=" + home);
        environment.putAll(step.values());
        var command = new Command(step.argv(), app.resolve(step.place()).normalize(), environment);
        var task = new Processes.Task(command, confinement(confined, detection), nextFolder(), step.limit());
        return workshop.processes().run(task, output, cancel);
    }

    private Exit run(Step step, Ground ground, Detection detection, Output output, Cancel cancel) {
        var environment = new HashMap<>(workshop.machine());
        environment.putAll(ground.environment());
        environment.put("CI", "true");
        environment.putAll(Ground.portable(detection.environment()));
        environment.putAll(Ground.portable(detection.buildEnvironment()));
        environment.putAll(Map.of("LANG", "C.UTF-8", "HOME", HOME.toString()));
        environment.putAll(step.values());
        var binds = new ArrayList<Bind>();
        binds.add(new Bind(ground.root(), Path.of("/"), false));
        binds.add(new Bind(ground.source(), APP, true));
        binds.add(new Bind(ground.home(), HOME, true));
        binds.add(new Bind(folder.resolve("tmp"), Path.of("/tmp"), true));
        // Certificates that the machine's values name.
        workshop.machine().values().stream()
                .filter(value -> value.startsWith("/"))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .map(Bind::readOnly)
                .forEach(binds::add);
        var confinement = new Confinement(Isolation.FILES, who.account(), binds, limits());
        var command = new Command(step.argv(), APP.resolve(step.place()).normalize(), environment);
        var task = new Processes.Task(command, confinement, nextFolder(), step.limit());
        return workshop.processes().run(task, output, cancel);
    }

    /// Unix account of its steps, 0 for the server's own.
    int account() {
        return who.account();
    }

    /// A folder of the desk's that is no part of the source.
    Path beside(String name) {
        return desk.folder().resolve(name);
    }

    private Limits limits() {
        return new Limits(
                memoryOfAStep(), OptionalDouble.empty(), OptionalInt.of(MOST_PROCESSES), OptionalLong.empty());
    }

    private Path nextFolder() {
        return folder.resolve("steps").resolve(String.valueOf(steps.incrementAndGet()));
    }

    private Confinement confinement(boolean confined, Detection detection) {
        var binds = new ArrayList<Bind>();
        hideState(binds, detection);
        binds.add(new Bind(source(), APP, true));
        binds.add(new Bind(home, HOME, true));
        // On the disk: in memory, as the sandbox's own is, one step could take all of that.
        binds.add(new Bind(folder.resolve("tmp"), Path.of("/tmp"), true));
        detection.tools().stream().map(Path::of).map(Bind::readOnly).forEach(binds::add);
        return new Confinement(confined ? Isolation.FILES : Isolation.NONE, who.account(), binds, limits());
    }

    /// The system's folders are shown, and our state may lie below one of them (`/opt/johwa`).
    private void hideState(List<Bind> binds, Detection detection) {
        try {
            var data = workshop.places().data().toRealPath();
            if (data.startsWith("/opt") || data.startsWith("/usr") || data.startsWith("/etc")) {
                var nothing = Files.createDirectories(folder.resolve("nothing"));
                // Places for runtimes of our own store, which lies in what is hidden.
                for (var tool : detection.tools()) {
                    if (Path.of(tool).startsWith(data)) {
                        Files.createDirectories(nothing.resolve(data.relativize(Path.of(tool))));
                    }
                }
                binds.add(new Bind(nothing, data, false));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes a folder in which steps may write; one of the project's own stays as it is.
    void makeFolder(Path relative) {
        requireInside(relative.toString());
        try {
            var made = source().resolve(relative);
            if (Files.notExists(made, LinkOption.NOFOLLOW_LINKS)) {
                Trees.own(Files.createDirectories(made), who.account());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Before the server itself changes anything there, with rights that no step has.
    ///
    /// @throws StageFailed when a step put a link on the way that leads out of the source
    void requireInside(String place) {
        if (!desk.isInside(place)) {
            throw new StageFailed(
                    "a step made a link out of the source, on the way to " + place,
                    List.of(),
                    List.of("Look for what replaces a folder there by a symbolic link."));
        }
    }

    /// Whether a folder of dependencies is as the key says: since the last run here, or copied from another desk.
    /// When not, it is not there.
    boolean restore(String place, String key) {
        requireInside(place);
        if (desk.isOfCommit(place)) {
            return false;
        }
        if (desk.holds(place, key)) {
            return true;
        }
        desk.installing(place);
        discard(place);
        if (readsOthers() && workshop.desks().copy(who.trust(), desk, place, key, who.cancel())) {
            Trees.own(desk.source().resolve(place), who.account());
            desk.installed(place, key);
            return true;
        }
        return false;
    }

    /// Outside of a sandbox a folder knows its own place, which is another one here.
    private boolean readsOthers() {
        return isConfined() && !who.isAnew();
    }

    /// Deleting is left for later.
    private void discard(String place) {
        var old = desk.source().resolve(place);
        if (!Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            var gone = folder.resolve("gone").resolve(String.valueOf(steps.incrementAndGet()));
            Files.createDirectories(gone);
            Files.move(old, gone.resolve("folder"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file that a step wrote and the commit does not have goes.
    void takeAwayUncommitted(String file) {
        requireInside(file);
        if (!desk.isOfCommit(file)) {
            Trees.delete(source().resolve(file));
        }
    }

    /// It is about to be changed where it lies.
    void installing(String place) {
        desk.installing(place);
    }

    /// The folder of dependencies is whole.
    void installed(String place, String key) {
        desk.installed(place, key);
    }

    /// What of the files stays for the next run; all else that the commit does not have goes.
    void keep(Map<String, List<String>> halfFinished, Set<String> dependencies) {
        desk.keep(halfFinished, dependencies);
        if (readsOthers()) {
            halfFinished.keySet().stream()
                    .filter(place -> !desk.isOfCommit(place))
                    .forEach(this::bring);
        }
    }

    /// The first run of a layer of trust need not compile again what production compiled. Copied beside its place: half
    /// of it would be taken for all of it.
    private void bring(String place) {
        requireInside(place);
        var goal = desk.source().resolve(place);
        var copy = folder.resolve("brought").resolve(String.valueOf(steps.incrementAndGet()));
        if (Files.exists(goal, LinkOption.NOFOLLOW_LINKS)
                || !workshop.desks().copyCache(who.trust(), place, copy, who.cancel())) {
            return;
        }
        try {
            Trees.own(copy, who.account());
            if (goal.getParent() instanceof Path parent) {
                makeFolder(source().relativize(parent));
            }
            Files.move(copy, goal, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// On a full disk nothing stays that can be made again: whatever filled it may lie there, and the next push needs
    /// the space.
    @Override
    public void close() {
        try {
            if (isDiskFull()) {
                Trees.delete(desk.folder());
            }
        } finally {
            workshop.desks().leave(who.trust(), desk);
        }
        var _ = workshop.tasks().run("delete workspace", () -> {
            Trees.delete(folder);
            workshop.desks().trim(who.trust().project());
        });
    }
}
