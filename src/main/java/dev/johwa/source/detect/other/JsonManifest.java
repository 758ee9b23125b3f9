package dev.johwa.source.detect.other;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.stack.Folder;
import tools.jackson.databind.JsonNode;

/// A manifest in JSON, as its stack reads it.
final class JsonManifest {
    private JsonManifest() {}

    /// An empty one where there is none, or it is broken, which [Folder#problems] tells.
    static JsonNode read(Folder folder, String file) {
        try {
            return Json.tree(folder.read(file).filter(text -> !text.isBlank()).orElse("{}"));
        } catch (ProblemException e) {
            return Json.tree("{}");
        }
    }
}
