package dev.johwa.serve.data;

import dev.johwa.build.pipeline.Fixtures;
import dev.johwa.lib.process.Command;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How servers of one kind are made, started and asked. Everything that it is told to make may be there already.
interface Engine {
    Kind kind();

    /// Whether one server has the databases of many; else each database has a server of its own.
    boolean isShared();

    /// The folders of programs that this machine has, by major version, the newest first.
    Map<String, Path> installed();

    /// The folder of the programs that work on data of that major version.
    default Optional<Path> programs(String version) {
        return Optional.ofNullable(installed().get(version));
    }

    /// The package that brings the server, of that version or of the newest.
    String packageName(Optional<String> version);

    /// What to do when the programs that work on data of a version are gone from this machine.
    ///
    /// @param folder of that data
    default String wayBack(String version, Path folder) {
        return "`apt-get install " + packageName(Optional.of(version)) + "` brings them back; its data is kept in "
                + folder;
    }

    /// Whether its databases go to another major version.
    boolean isMovable();

    /// How they do.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with the reason when they do not
    Movable movable();

    /// Fills a new folder with what a server begins with.
    void initialise(Site site, Path folder);

    /// The major version that wrote this folder; empty where that does not matter.
    Optional<String> versionOf(Path files);

    /// Writes the settings of the server and says how it is started.
    List<String> command(Site site);

    /// The client by which we ask it as who may do everything; its input is what we say.
    Command asking(Site site);

    /// Whether it answers questions.
    boolean answers(Site site);

    /// The signal that ends it without losing anything, sent to its first process.
    String endSignal();

    /// Makes the database and its role, or gives that role this password.
    void create(Site site, String name, String password);

    void drop(Site site, String name);

    /// What a dump cannot hold, by name: it would stop it, and is left out.
    default List<String> broken(Site site, Role role) {
        return List.of();
    }

    /// Writes what a database holds.
    void dump(Site site, Role role, OutputStream out);

    /// Whether the server must not run while it is restored.
    boolean restoresAtRest();

    /// Fills a copy with what was dumped, and puts it in the place of the database; whatever fails before leaves the
    /// database as it was.
    void restore(Site site, Role role, Path dump);

    /// Takes away what a restore that was cut off left, and lets everybody in again.
    void tidy(Site site, Role role);

    /// As the application reads it.
    String address(int port, String name, String password);

    /// As Java's libraries read it; empty where they have no form of their own.
    Optional<String> addressForJava(int port, String name, String password);

    /// The client that takes SQL as an application does; empty where there is no SQL.
    Optional<Fixtures.Client> client(Site site, String name, String password);

    /// What an application may take.
    DataStatus.Limits limits();

    /// What each database takes.
    Map<String, Usage> usage(Site site);

    /// @param bytes on the disk
    /// @param connections open now
    record Usage(long bytes, int connections) {
        /// Of rows with a name, bytes and connections, as a client prints them.
        static Map<String, Usage> byName(String rows, String separator) {
            return rows.lines()
                    .map(row -> row.split(Pattern.quote(separator)))
                    .collect(Collectors.toMap(
                            words -> words[0],
                            words -> new Usage(Long.parseLong(words[1]), Integer.parseInt(words[2]))));
        }
    }
}
