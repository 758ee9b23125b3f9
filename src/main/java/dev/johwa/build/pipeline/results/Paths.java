package dev.johwa.build.pipeline.results;

/// Paths as the project knows them.
final class Paths {
    private Paths() {}

    /// Without the folder in which steps see the application, and without a leading `./`.
    static String relative(String path) {
        var workspace = path.replaceFirst("^.*/source/", "");
        return workspace.replaceFirst("^/app/", "").replaceFirst("^\\./", "");
    }
}
