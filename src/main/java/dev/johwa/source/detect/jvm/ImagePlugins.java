package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Draft;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Plugins of Maven that build an image of a program, or send it to a registry: they need an engine of containers and a
/// registry of the author's, and the platform needs none of their images. Each has a property that leaves it out.
final class ImagePlugins {
    private static final Map<String, String> SKIPS = new TreeMap<>(Map.of(
            "<artifactId>dockerfile-maven-plugin</artifactId>", "-Ddockerfile.skip=true",
            "<groupId>io.fabric8</groupId>", "-Ddocker.skip=true",
            "<groupId>com.spotify</groupId>", "-DskipDocker=true",
            "<artifactId>jib-maven-plugin</artifactId>", "-Djib.skip=true"));

    private ImagePlugins() {}

    /// The words that leave them out, told.
    ///
    /// @param text of all poms
    static List<String> skipped(String text, Draft draft) {
        var skips = SKIPS.entrySet().stream()
                .filter(each -> text.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (!skips.isEmpty()) {
            draft.because("pom.xml", "builds an image too, which is left out: " + String.join(" ", skips));
        }
        return skips;
    }
}
