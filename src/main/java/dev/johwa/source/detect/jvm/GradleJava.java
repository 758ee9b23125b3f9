package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Toolchains;
import java.nio.file.Path;
import java.util.List;

/// The newest Java on which a Gradle runs, as Gradle's page on compatibility has it: on a newer one it ends before it
/// has read the build.
final class GradleJava {
    /// Debian's is an old one that was mended for the Java beside it.
    private static final Path OF_DEBIAN = Path.of("/usr/share/gradle");
    private static final int JAVA_OF_DEBIAN = 17;
    private static final int OLDEST = 8;
    private static final List<Line> LINES = List.of(
            new Line("9.4", 26),
            new Line("9.1", 25),
            new Line("8.14", 24),
            new Line("8.10", 23),
            new Line("8.8", 22),
            new Line("8.5", 21),
            new Line("8.3", 20),
            new Line("7.6", 19),
            new Line("7.5", 18),
            new Line("7.3", 17),
            new Line("7.0", 16),
            new Line("6.7", 15),
            new Line("6.3", 14),
            new Line("6.0", 13),
            new Line("5.4", 12),
            new Line("5.0", 11),
            new Line("4.7", 10),
            new Line("4.3", 9));

    private GradleJava() {}

    /// @param since the first Gradle that runs on it
    private record Line(String since, int java) {}

    /// Whether a Gradle of this version runs on this Java.
    static boolean runsOn(String gradle, String java) {
        int newest = LINES.stream()
                .filter(line -> Toolchains.ORDER.compare(line.since(), gradle) <= 0)
                .findFirst()
                .map(Line::java)
                .orElse(OLDEST);
        return major(java) <= newest;
    }

    /// The same of one that is on the machine.
    static boolean runsOn(Toolchains.Tool gradle, String java) {
        return gradle.home().equals(OF_DEBIAN) ? major(java) <= JAVA_OF_DEBIAN : runsOn(gradle.version(), java);
    }

    private static int major(String java) {
        return Integer.parseInt(java.replaceFirst("^1\\.(?=[5-8]\\b)", "").replaceFirst("\\D.*", ""));
    }
}
