package dev.johwa.door.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Files that do without this program what a project does with it.
///
/// @param texts by path, relative to the repository
/// @param notes what they do not say, for a person
public record EjectedFiles(Map<String, String> texts, List<String> notes) {
    public EjectedFiles {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        notes = List.copyOf(notes);
    }
}
