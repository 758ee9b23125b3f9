package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Draft;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Plugins of Maven that build an image of a program, or send it to a registry: they need an engine of containers and a
/// registry of the author's, and the platform needs none of their images. Each has a property that leaves it out.
final class ImagePlugins {
    /// By the name of the plugin; two makers have one of the second name, with a property each.
    private static final Map<String, List<String>> SKIPS = new TreeMap<>(Map.of(
            "dockerfile-maven-plugin", List.of("-Ddockerfile.skip=true"),
            "docker-maven-plugin", List.of("-Ddocker.skip=true", "-DskipDocker=true"),
            "jib-maven-plugin", List.of("-Djib.skip=true")));

    private ImagePlugins() {}

    /// The words that leave them out, told.
    ///
    /// @param text of all poms
    static List<String> skipped(String text, Draft draft) {
        var skips = SKIPS.entrySet().stream()
                .filter(each -> text.contains("<artifactId>" + each.getKey() + "</artifactId>"))
                .flatMap(each -> each.getValue().stream())
                .toList();
        if (!skips.isEmpty()) {
            draft.because("pom.xml", "builds an image too, which is left out: " + String.join(" ", skips));
        }
        return skips;
    }
}
