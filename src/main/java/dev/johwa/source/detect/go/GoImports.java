package dev.johwa.source.detect.go;

import dev.johwa.source.detect.stack.Folder;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What imports say of code without a go.mod.
final class GoImports {
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^\\s*(?:import\\s+)?(?:[\\w.]+\\s+)?\"([\\w./~-]+)\"\\s*$");
    /// As godep, govendor and Heroku's `.godir` write it, which name the program too.
    private static final Pattern GODEP = Pattern.compile("\"(?:ImportPath|rootPath)\"\\s*:\\s*\"([\\w./~-]+)\"");
    private static final Pattern GODIR = Pattern.compile("\\A\\s*+([\\w./~-]+)\\s*\\z");
    private static final String UNKNOWN = "app";
    private static final int MOST_READ = 200;

    private GoImports() {}

    /// The path under which code imports folders of its own repository: what stands before their names, and is no
    /// package that lies in `vendor`.
    static String path(Folder folder) {
        return folder.files(name -> name.endsWith(".go")).stream()
                .limit(MOST_READ)
                .flatMap(name -> IMPORT.matcher(folder.read(name).orElse("")).results())
                .map(found -> found.group(1))
                .filter(path -> path.contains(".") && !folder.hasFolder("vendor/" + path))
                .flatMap(path -> IntStream.range(1, path.length())
                        .filter(at -> path.charAt(at) == '/' && folder.hasFolder(path.substring(at + 1)))
                        .mapToObj(at -> path.substring(0, at)))
                .findFirst()
                .or(() -> said(folder, "Godeps/Godeps.json", GODEP))
                .or(() -> said(folder, "vendor/vendor.json", GODEP))
                .or(() -> said(folder, ".godir", GODIR))
                .orElse(UNKNOWN);
    }

    private static Optional<String> said(Folder folder, String file, Pattern path) {
        return folder.read(file)
                .map(path::matcher)
                .filter(found -> found.find())
                .map(found -> found.group(1));
    }
}
