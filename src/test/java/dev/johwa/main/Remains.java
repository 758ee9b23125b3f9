package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.Examination;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.db.StatePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is left of a platform after much that went wrong: all adds up, and after its end nothing of it is on the
/// machine.
final class Remains {
    /// What must be empty when nothing is on its way, by a name for people.
    private static final Map<String, String> ADD_UP = Map.of(
            "deployments begun and not ended",
            "select count(*) from open_deployments",
            "releases on their way",
            "select count(*) from releases where state = 'DEPLOYING'",
            "runs on their way",
            "select count(*) from runs where state in ('QUEUED', 'RUNNING')",
            "attempts on their way",
            "select count(*) from run_attempts where state in ('QUEUED', 'RUNNING')",
            "settings on their way",
            "select count(*) from settings_orders",
            "deletions on their way",
            "select count(*) from deleted_apps where leaving",
            "jobs on their way",
            "select count(*) from job_runs where state in ('STARTING', 'RUNNING')",
            "deployments told to begin and not to end",
            "select (select count(*) from facts where type = 'DeploymentStarted')"
                    + " - (select count(*) from facts where type = 'DeploymentFinished')",
            "ends of runs that were told twice",
            "select (select count(*) from facts where type = 'RunFinished')"
                    + " - (select count(*) from run_attempts where state not in ('QUEUED', 'RUNNING')"
                    + " and reason not like 'cut off; attempt %')");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final Path NETWORKS = Path.of("/run/netns");

    private final UpProcess up;
    private final List<String> projects;
    private final Set<String> before = ofMachine();

    /// Made before anything of the platform works.
    Remains(UpProcess up, List<String> projects) {
        this.up = up;
        this.projects = projects;
    }

    /// Where a platform with this folder is to put its temporary files, so that they are told from those of others.
    static Path temporary(Path data) {
        return data.resolveSibling("temporary");
    }

    /// While it works and nothing is on its way.
    void requireAllAddsUp() {
        try {
            eventually(() -> notAddedUp().isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("does not add up: " + notAddedUp(), e);
        }
        assertThat(up.client().examine(event -> {}).findings())
                .filteredOn(found -> found.isOf(Examination.Finding.BROKEN))
                .as("what a look through everything finds")
                .isEmpty();
    }

    private List<String> notAddedUp() {
        try (var database = StatePlace.of(up.data()).open(Database.Access.BESIDE)) {
            return ADD_UP.entrySet().stream()
                    .flatMap(each -> {
                        long count = database.read(handle -> handle.createQuery(each.getValue())
                                .mapTo(Long.class)
                                .one());
                        return count == 0 ? Stream.empty() : Stream.of(each.getKey() + ": " + count);
                    })
                    .toList();
        }
    }

    /// After its end.
    void requireNothingLeft() throws IOException {
        try {
            eventually(() -> processes().isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("processes are left: " + processes(), e);
        }
        assertThat(Files.readString(Path.of("/proc/mounts")).lines().filter(line -> line.contains(up.data() + "/")))
                .as("mounts")
                .isEmpty();
        try (var files = Files.walk(up.data())) {
            assertThat(files.map(Path::toString)
                            .filter(name -> name.matches(".*/git/.*\\.lock|.*\\.part|.*\\.next"))
                            // Of a wrapper that was killed: kept with the words of its program.
                            .filter(name -> !name.endsWith("/exit.part")))
                    .as("locks and parts")
                    .isEmpty();
        }
        assertThat(children(up.data().resolve("run/work"))).as("workspaces").isEmpty();
        assertThat(children(temporary(up.data()))).as("temporary files").isEmpty();
        try {
            eventually(() -> newOfMachine().isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("control groups or networks are left: " + newOfMachine(), e);
        }
    }

    private List<String> processes() {
        try {
            var left = new ArrayList<String>();
            for (var project : projects) {
                left.addAll(up.leftOvers(project));
            }
            return left.stream().distinct().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> newOfMachine() {
        var now = ofMachine();
        now.removeAll(before);
        return now;
    }

    /// Control groups of programs in which nobody is, and networks of programs.
    private static Set<String> ofMachine() {
        var found = new TreeSet<String>();
        for (var base : List.of("pids/johwa", "memory/johwa", "cpu/johwa", "johwa")) {
            children(GROUPS.resolve(base)).stream()
                    .filter(Files::isDirectory)
                    .filter(Remains::isEmpty)
                    .forEach(each -> found.add(each.toString()));
        }
        children(NETWORKS).stream()
                .map(Path::toString)
                .filter(each -> each.contains("/johwa-"))
                .forEach(found::add);
        return found;
    }

    private static boolean isEmpty(Path group) {
        try {
            return Files.readString(group.resolve("cgroup.procs")).isBlank();
        } catch (IOException e) {
            // It went this moment.
            return false;
        }
    }

    private static Set<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (var all = Files.list(folder)) {
            return all.collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
