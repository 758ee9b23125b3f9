package dev.johwa.build.image;

import dev.johwa.lib.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What the configuration of an image says (OCI image specification 1.1, the same in Docker's own form).
///
/// @param ports of TCP on which it says that it listens, the lowest first
/// @param starts what it starts when nobody says anything else; empty when it says nothing
/// @param architecture `amd64`; empty where it says none
public record ImageFacts(List<Integer> ports, List<String> starts, String architecture) {
    public ImageFacts {
        ports = List.copyOf(ports);
        starts = List.copyOf(starts);
    }

    static ImageFacts read(byte[] configuration) {
        var image = Json.tree(new String(configuration, StandardCharsets.UTF_8));
        var config = image.path("config");
        var ports = config.path("ExposedPorts").propertyNames().stream()
                .filter(each -> each.matches("\\d{1,5}(/tcp)?"))
                .map(each -> Integer.parseInt(each.replace("/tcp", "")))
                .sorted()
                .toList();
        var starts = Stream.of("Entrypoint", "Cmd").flatMap(name -> words(config.path(name)).stream());
        return new ImageFacts(ports, starts.toList(), image.path("architecture").asString(""));
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
