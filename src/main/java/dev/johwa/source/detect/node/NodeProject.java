package dev.johwa.source.detect.node;

import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A package that is looked at, and where its packages are installed: in its own folder, or above it where it belongs
/// to a workspace.
///
/// @param root what the package.json of `home` says
/// @param workspaces of `home`
record NodeProject(
        NodePackage manifest, Folder folder, NodePackage root, Folder home, Optional<Workspaces> workspaces) {
    private static final List<String> ENDINGS = List.of(".ts", ".js", ".mjs", ".mts", ".cjs", ".cts", ".json");

    static NodeProject of(NodePackage manifest, Folder folder) {
        var above = folder.repository()
                .filter(repository -> isMember(folder, repository))
                .flatMap(repository -> NodePackage.read(repository)
                        .map(root -> new NodeProject(manifest, folder, root, repository, Workspaces.read(repository))));
        return above.orElseGet(() -> new NodeProject(manifest, folder, manifest, folder, Workspaces.read(folder)));
    }

    private static boolean isMember(Folder folder, Folder repository) {
        return Workspaces.read(repository)
                        .filter(workspaces -> workspaces.has(folder.place()))
                        .isPresent()
                || NxProject.manifest(folder).isPresent();
    }

    /// Whether it is installed from above.
    boolean isMember() {
        return home != folder;
    }

    boolean needsInstall() {
        return root.needsInstall() || manifest.needsInstall() || workspaces.isPresent();
    }

    /// A path below `home`, as it is called from the package's own folder.
    String up(String path) {
        return isMember() ? folder.place().replaceAll("[^/]+", "..") + "/" + path : path;
    }

    boolean uses(String name) {
        return manifest.uses(name) || root.uses(name);
    }

    /// Whether a configuration file of a tool says something.
    ///
    /// @param name without its ending
    boolean configured(String name, Pattern says) {
        return ENDINGS.stream().anyMatch(end -> folder.says(name + end, says));
    }

    /// What the first group finds in the configuration of a tool.
    Optional<String> configuration(String name, Pattern says) {
        return ENDINGS.stream()
                .flatMap(end -> folder.read(name + end).stream())
                .map(says::matcher)
                .filter(found -> found.find())
                .map(found -> found.group(1))
                .findFirst();
    }
}
