package dev.johwa.build.toolchain;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.detect.Detection.Missing;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps runtimes that were fetched: `TOOL/VERSION`, whole or not there at all, also after a kill. Safe for use by many
/// threads; one fetches at a time, the others find what it brought.
public final class ToolStore {
    private static final Logger LOG = LoggerFactory.getLogger(ToolStore.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String WORK = ".work";

    private final Path folder;
    private final Processes processes;
    private final Toolchains toolchains;
    private final Map<String, String> machine;
    private final boolean isAllowed;
    private final ReentrantLock turn = new ReentrantLock();
    private final Leases leases = new Leases();

    /// @param folder of the store, in which [Toolchains] looks too
    /// @param machine values of the server's own environment that lead to the registries
    /// @param isAllowed whether anything may be fetched at all
    public ToolStore(
            Path folder, Processes processes, Toolchains toolchains, Map<String, String> machine, boolean isAllowed) {
        this.folder = folder;
        this.processes = processes;
        this.toolchains = toolchains;
        this.machine = Map.copyOf(machine);
        this.isAllowed = isAllowed;
        // What a killed server was at.
        clear();
    }

    /// What came of it.
    public sealed interface Outcome {
        /// For a person, in a line.
        String text();
    }

    /// It is there now.
    public record Fetched(String text) implements Outcome {}

    /// It is not, and a run goes on with what the machine has.
    public record Absent(String text) implements Outcome {}

    /// Holds runtimes for a run: nothing of what it uses is taken away until it is closed.
    public interface Lease extends AutoCloseable {
        /// Holds no more than these folders of runtimes. Before, nothing of the store is taken away.
        void choose(Set<Path> tools);

        /// Holds these too, which were chosen while another lease held all of the store.
        void add(Set<Path> tools);

        @Override
        void close();
    }

    public Lease lease() {
        return leases.begin();
    }

    /// Whether anything may be fetched at all.
    public boolean isAllowed() {
        return isAllowed;
    }

    /// What is done about a runtime that is asked for and not here, for a person, in the same words wherever it is
    /// told. Empty where no registry serves it: then the nearest at hand is used.
    public static Optional<String> intent(Missing missing) {
        return source(missing.tool())
                .map(source -> asked(missing) + " and is fetched from " + source.registry()
                        + " into the platform's own store; `fetch: false`, here or in the server spec, refuses it");
    }

    /// The same, where a setting refuses it.
    ///
    /// @param origin of the setting
    public static Optional<String> refusal(Missing missing, String origin) {
        return source(missing.tool())
                .map(source -> asked(missing) + " and is not fetched: `fetch` is false (" + origin + ")");
    }

    private static String asked(Missing missing) {
        return missing.tool() + " " + missing.text() + " (" + missing.file() + ") is not here";
    }

    /// Fetches the newest version of what is missing that would do.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when a registry states another digest than it did
    /// before
    public Outcome fetch(Missing missing, Cancel cancel) {
        var source = source(missing.tool());
        if (source.isEmpty()) {
            return new Absent("no registry serves " + missing.tool());
        }
        if (!isAllowed) {
            return new Absent("this server fetches no runtimes (`johwa up --no-fetch`)");
        }
        var client = client(missing.tool());
        if (client.isEmpty()) {
            return new Absent("a " + missing.tool() + " of any version is needed to fetch another");
        }
        try {
            while (!turn.tryLock(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (cancel.isCancelled()) {
                    return new Absent("cancelled while another was fetched");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Absent("interrupted while another was fetched");
        }
        try {
            return fetch(missing, source.get(), client.get(), cancel);
        } finally {
            turn.unlock();
        }
    }

    private Outcome fetch(Missing missing, Source source, Tool tool, Cancel cancel) {
        var here = toolchains.find(missing.tool()).stream()
                .filter(each -> each.home().startsWith(folder) && missing.fits(each.version()))
                .findFirst();
        if (here.isPresent()) {
            return new Fetched(missing.tool() + " " + here.get().version() + ", fetched a moment before");
        }
        var work = folder.resolve(WORK).resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectories(work);
            var client = new Client(processes, tool, machine, work, cancel);
            var version = source.choose(missing::fits, client);
            if (version.isEmpty()) {
                return new Absent("the registry serves no " + missing.tool() + " " + missing.text());
            }
            var unpacked = source.fetch(version.get(), client);
            pin(missing.tool(), version.get(), unpacked);
            keep(unpacked.folder(), folder.resolve(missing.tool()).resolve(version.get()));
            return new Fetched("%s %s fetched as %s, %s; %s asks for %s%s"
                    .formatted(
                            missing.tool(),
                            version.get(),
                            unpacked.from(),
                            unpacked.digest(),
                            missing.file(),
                            missing.text(),
                            unconfined(client)));
        } catch (IOException e) {
            return new Absent("could not be fetched: " + e.getMessage());
        } finally {
            clear();
        }
    }

    private String unconfined(Client client) {
        var ability = processes.ability();
        return ability.sandbox().isPresent()
                ? ""
                : "; " + client.tool().name() + " ran as the server's own user, in no sandbox: " + ability.why();
    }

    private void pin(String tool, String version, Source.Unpacked unpacked) throws IOException {
        var pins = new Pins(folder.resolve("pins"));
        var known = pins.of(tool, version);
        if (known.isEmpty()) {
            pins.add(tool, version, unpacked.digest());
        } else if (!known.get().equals(unpacked.digest())) {
            throw Problem.external(
                            "toolchain.digest",
                            unpacked.from() + " has the digest " + unpacked.digest() + ", and had " + known.get()
                                    + " when it was first fetched; it is not used")
                    .hint("find out who changed it; when it is right, take its line out of " + pins.file())
                    .exception();
        }
    }

    private static void keep(Path unpacked, Path place) throws IOException {
        Files.createDirectories(place.getParent());
        try {
            Files.move(unpacked, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // The same version is there already.
            return;
        }
    }

    private static Optional<Source> source(String tool) {
        boolean isArm = System.getProperty("os.arch").equals("aarch64");
        return switch (tool) {
            case "node" -> Optional.of(new NodeFromNpm(isArm ? "arm64" : "x64"));
            case "go" -> Optional.of(new GoFromProxy(isArm ? "arm64" : "amd64"));
            case String _ -> Optional.empty();
        };
    }

    /// The tool at hand whose client fetches.
    private Optional<Tool> client(String tool) {
        return toolchains.find(tool).stream()
                .filter(each ->
                        !tool.equals("node") || Files.isExecutable(each.bin().resolve("npm")))
                .findFirst();
    }

    /// Holds the store to a budget: of those that nobody needs and no run uses, the ones fetched longest ago go.
    ///
    /// @param needed folders that a release may start again
    public void collect(Set<Path> needed, long budget) {
        if (!turn.tryLock()) {
            // Something is fetched; the next time will do.
            return;
        }
        try {
            leases.whileNobodyBegins(used -> collectNow(needed, used, budget));
        } finally {
            turn.unlock();
        }
    }

    private void collectNow(Set<Path> needed, Set<Path> used, long budget) {
        var versions = oldestFirst();
        long total = versions.stream().mapToLong(Trees::size).sum();
        for (var version : versions) {
            if (total > budget && !needed.contains(version) && !used.contains(version)) {
                total -= Trees.size(version);
                drop(version);
            }
        }
    }

    /// Out of sight in one step: a kill on the way must not leave half of it where it is looked for.
    private void drop(Path version) {
        try {
            var gone = Files.createDirectories(folder.resolve(WORK))
                    .resolve(UUID.randomUUID().toString());
            Files.move(version, gone, StandardCopyOption.ATOMIC_MOVE);
            Trees.delete(gone);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What cannot be deleted is in nobody's way, since every fetch has a folder of its own.
    private void clear() {
        try {
            Trees.delete(folder.resolve(WORK));
        } catch (UncheckedIOException e) {
            LOG.warn("left over of a fetch: {}", e.getMessage());
        }
    }

    private List<Path> oldestFirst() {
        try (Stream<Path> versions = Files.exists(folder) ? Files.walk(folder, 2) : Stream.empty()) {
            return versions.filter(path -> path.getNameCount() == folder.getNameCount() + 2)
                    .filter(Files::isDirectory)
                    .filter(path -> !path.startsWith(folder.resolve(WORK)))
                    .sorted(Comparator.comparingLong(path -> path.toFile().lastModified()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
