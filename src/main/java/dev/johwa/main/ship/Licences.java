package dev.johwa.main.ship;

import dev.johwa.lib.archive.Contents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The texts of licences and notices that libraries carry in their jars.
final class Licences {
    private static final Pattern TEXT = Pattern.compile(
            "(META-INF/|about_files/)?(LICEN[CS]E|NOTICE|COPYING|ABOUT)[^/]*", Pattern.CASE_INSENSITIVE);

    private Licences() {}

    /// Adds them below `licences/`, in a folder for each jar that has some.
    static void add(Contents contents, String prefix, List<Path> jars) throws IOException {
        for (var jar : jars) {
            var name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
            try (var file = new JarFile(jar.toFile());
                    Stream<String> texts = file.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(entry -> entry.getName())
                            .filter(each -> TEXT.matcher(each).matches())) {
                for (var text : texts.sorted().toList()) {
                    try (var in = file.getInputStream(file.getEntry(text))) {
                        contents.bytes(
                                prefix + "licences/" + name + "/" + text.substring(text.lastIndexOf('/') + 1),
                                in.readAllBytes());
                    }
                }
            }
        }
    }
}
