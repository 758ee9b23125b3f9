package dev.johwa;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The program in a process of its own, as users have it where `./johwa verify` has just built it: its archives of
/// classes halve what a start takes. Else, as its sources may be newer than what was built, of the classes that are
/// tested.
public final class BuiltProgram {
    private static final Optional<Path> HOME =
            Optional.ofNullable(System.getProperty("johwa.built")).map(Path::of);
    private static final String CACHE = System.getProperty("johwa.cache", "");

    private BuiltProgram() {}

    /// Where it was built.
    public static Optional<Path> home() {
        return HOME;
    }

    /// Words of Java that start it, to be followed by those of the program.
    ///
    /// @param kind of its processes, which is the name of an archive: `server`, `cli`, `edge`
    public static List<String> words(String kind) {
        if (HOME.isEmpty()) {
            var classes = System.getProperty("java.class.path");
            return List.of("--enable-native-access=ALL-UNNAMED", "-cp", classes, "dev.johwa.main.Main");
        }
        var words = new ArrayList<String>();
        var archive = Path.of(CACHE + "-" + kind + ".aot");
        if (Files.isReadable(archive)) {
            words.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTReplayTraining"));
            words.add("-XX:AOTCache=" + archive);
        }
        // As the program's script says, or other classes would be used than are in the archive.
        words.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-Dio.netty.noUnsafe=false"));
        words.addAll(List.of("-Djohwa.home=" + HOME.get(), "-Djohwa.cache=" + CACHE));
        words.addAll(List.of("-jar", HOME.get().resolve("lib/johwa.jar").toString()));
        return words;
    }
}
