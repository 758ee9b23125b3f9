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
    private static final Pattern ABOVE = Pattern.compile("(?m)^(?:from|import)\\s+src\\b");
    private static final Pattern RELATIVE = Pattern.compile("(?m)^from\\s+\\.");
    private static final Pattern IMPORT = Pattern.compile("(?m)^(?:from|import)\\s+([A-Za-z_]\\w*)");

    /// The folder from which its module is imported, or empty for the root.
    ///
    /// That is `src` where it is no package itself, by a file or by how it is imported; the folder above which a
    /// name is none in Python; the file's own folder, where that is no package and the file imports its neighbours
    /// by their bare names; and a folder further up whose packages it imports so.
    String place(Folder folder) {
        var parts = file.split("/");
        int last = parts.length - 1;
        boolean isSource = parts[0].equals("src") && last > 0 && !folder.has("src/__init__.py");
        int place = isSource && !importsFromAbove(folder, last == 1) ? 1 : 0;
        for (int i = place; i < last; i++) {
            if (!NAME.matcher(parts[i]).matches()) {
                place = i + 1;
            }
        }
        boolean isAlone = last > 0 && !folder.has(parent() + "__init__.py");
        for (int i = isAlone ? last : last - 1; i > place; i--) {
            if (importsFrom(String.join("/", Arrays.copyOf(parts, i)) + "/", folder)) {
                return String.join("/", Arrays.copyOf(parts, i));
            }
        }
        return String.join("/", Arrays.copyOf(parts, place));
    }

    /// Whether it takes `src` for a package, which needs no file to be one.
    private boolean importsFromAbove(Folder folder, boolean isInSource) {
        return folder.says(file, ABOVE) || isInSource && folder.says(file, RELATIVE);
    }

    /// Whether it imports by their bare names what lies in a folder, and not at the root.
    private boolean importsFrom(String around, Folder folder) {
        return IMPORT.matcher(folder.read(file).orElse(""))
                .results()
                .map(found -> found.group(1))
                .anyMatch(name -> {
                    boolean isThere = folder.has(around + name + ".py")
                            || (around.equals(parent())
                                    ? folder.has(around + name + "/__init__.py")
                                    : folder.hasFolder(around + name));
                    return isThere && !folder.has(name + ".py") && !folder.hasFolder(name);
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
