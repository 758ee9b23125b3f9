package dev.johwa.main.setup;

import dev.johwa.door.cli.Screen.Style;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Sizes;
import dev.johwa.main.ship.Archive;
import dev.johwa.main.ship.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings the program to a machine, and tells a person how that goes.
///
/// @param archive that is to be installed; null for the program that runs here
record Installation(Session session, @Nullable Path archive) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");

    /// Tells what speaks against a machine.
    ///
    /// @throws ProblemException when that forbids it
    void require(List<Problem> problems) {
        var errors = problems.stream().filter(Problem::isError).toList();
        problems.stream().filter(problem -> !problem.isError()).forEach(session.screen()::problem);
        if (!errors.isEmpty()) {
            throw new ProblemException(errors);
        }
    }

    /// The program to install on a machine, which is not older than what is there.
    Archive program(Machine machine) throws IOException {
        var program = archive(machine);
        requireNotOlder(program, machine.version(), "the server");
        return program;
    }

    /// @param there what wrote the data that it is to go on with
    /// @param who has that
    static void requireNotOlder(Archive program, Optional<Version> there, String who) throws IOException {
        var here = program.version();
        if (there.isPresent()
                && here.map(version -> version.compareTo(there.get()) < 0).orElse(true)) {
            throw Problem.user(
                            "setup.older",
                            who + " runs Johwa " + there.get() + ", which is newer than what is to be installed ("
                                    + here.map(Version::toString).orElse("one without a version") + ")")
                    .hint(
                            "upgrade the program here, or name a newer one by --archive FILE; an older one may not read what"
                                    + " the newer wrote: the way back is a backup from before the upgrade (johwa restore)")
                    .exception();
        }
    }

    private Archive archive(Machine machine) throws IOException {
        var given = archive;
        if (given != null) {
            var file = session.folder().resolve(given);
            if (!Files.isRegularFile(file)) {
                throw Problem.user("setup.archive", "--archive is '" + given + "', and there is no such file")
                        .hint("`johwa package --only archive` writes one")
                        .exception();
            }
            return new Archive(file, machine.architecture());
        }
        var own = Archive.kept(session.surroundings());
        if (!own.architecture().equals(machine.architecture())) {
            throw Problem.user(
                            "setup.architecture",
                            "the server is " + machine.architecture() + ", and this Johwa brings a Java for "
                                    + own.architecture())
                    .hint("write the archive on such a machine (johwa package --only archive): --archive FILE")
                    .exception();
        }
        return own;
    }

    void plan(List<Step> missing) {
        for (var step : Step.all()) {
            var word = missing.contains(step)
                    ? session.screen().style(Style.YELLOW, "will  ")
                    : session.screen().style(Style.GREEN, "done  ");
            session.screen().progress(word + step.does());
        }
    }

    /// @param wanted which steps; the others are left as they are
    /// @return those that were made, in order
    Set<Step> make(Server server, Archive program, Predicate<Step> wanted) throws IOException {
        var made = new LinkedHashSet<Step>();
        // What one step changes, a later one that held before may have to take up.
        for (var left = missing(server, wanted); !left.isEmpty(); left = missing(server, wanted)) {
            if (made.containsAll(left)) {
                throw Problem.external(
                                "setup.left",
                                "after all was done, this does not hold: "
                                        + left.stream().map(Step::does).collect(Collectors.joining("; ")))
                        .hint("run setup again; when it stays so, please report it")
                        .exception();
            }
            for (var step : left) {
                if (step.name().equals(Step.PROGRAM)) {
                    session.screen().progress("… copies " + Sizes.text(Files.size(program.file())));
                    server.copy(program.file());
                }
                session.screen().progress("… " + step.name());
                server.make(step, line -> session.screen().progress("  " + line));
                made.add(step);
            }
        }
        return made;
    }

    private static List<Step> missing(Server server, Predicate<Step> wanted) throws IOException {
        return server.missing().stream().filter(wanted).toList();
    }

    /// What API and git are called by TLS: the address where this machine finds the server.
    static String name(Ssh ssh, Machine machine) throws IOException {
        return ssh.setting("hostname")
                .filter(host -> NAME.matcher(host).matches() && !machine.isTlsTaken())
                .orElse("");
    }
}
