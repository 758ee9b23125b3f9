package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Folder;
import java.util.Arrays;
import java.util.regex.Pattern;

/// What a server is given: an application object of the project, or the function that makes one.
///
/// @param file in which it is
/// @param isFactory whether `name` is a function to be called without arguments
record AppObject(String file, String name, Framework framework, boolean isFactory) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern IMPORT = Pattern.compile("(?m)^(?:from|import)\\s+([A-Za-z_]\\w*)");

    /// The folder from which its module is imported, or empty for the root.
    ///
    /// That is `src` where it is no package itself; the folder above which a name is none in Python; and the
    /// file's own folder, where that is no package and the file imports its neighbours by their bare names.
    String place(Folder folder) {
        var parts = file.split("/");
        int last = parts.length - 1;
        int place = parts[0].equals("src") && last > 0 && !folder.has("src/__init__.py") ? 1 : 0;
        for (int i = place; i < last; i++) {
            if (!NAME.matcher(parts[i]).matches()) {
                place = i + 1;
            }
        }
        boolean isAlone = last > 0 && !folder.has(parent() + "__init__.py") && importsNeighbour(folder);
        return String.join("/", Arrays.copyOf(parts, isAlone ? last : place));
    }

    private boolean importsNeighbour(Folder folder) {
        return IMPORT.matcher(folder.read(file).orElse(""))
                .results()
                .map(found -> found.group(1))
                .anyMatch(name -> {
                    var beside = parent() + name;
                    boolean isBeside = folder.has(beside + ".py") || folder.has(beside + "/__init__.py");
                    return isBeside && !folder.has(name + ".py") && !folder.hasFolder(name);
                });
    }

    private String parent() {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    /// As Python imports it from [#place].
    String module(String place) {
        return (place.isEmpty() ? file : file.substring(place.length() + 1))
                .replaceFirst("\\.py$", "")
                .replaceFirst("(^|/)__init__$", "")
                .replace('/', '.');
    }

    /// For a person.
    String shown() {
        return framework.name() + (isFactory ? " application made by " + name + "()" : " application " + name);
    }
}
