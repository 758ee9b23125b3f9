package dev.johwa.source.eject;

import java.util.List;

/// Files that do elsewhere what a project does here.
///
/// @param files in the order in which they were made
/// @param notes what they do not say, for a person
public record Ejection(List<File> files, List<String> notes) {
    public Ejection {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    /// @param path relative to the repository
    public record File(String path, String text) {}
}
