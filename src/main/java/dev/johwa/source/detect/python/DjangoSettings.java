package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Folder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The settings of a Django project as they lie in its files.
///
/// @param module by which Django loads them
/// @param files the module's own, then those from which it takes everything; empty when it is not here
record DjangoSettings(Folder folder, String module, List<String> files) {
    private static final Pattern NAMED =
            Pattern.compile("DJANGO_SETTINGS_MODULE[\"']\\s*[,\\]]\\s*=?\\s*[\"']([\\w.]+)[\"']");
    private static final Pattern ALL_OF = Pattern.compile("(?m)^\\s*from\\s+(\\.*)([\\w.]*)\\s+import\\s+\\*");
    private static final int MOST_FILES = 20;

    /// The module that a manage.py or a wsgi.py names.
    static Optional<String> named(Folder folder, String file) {
        var named = NAMED.matcher(folder.read(file).orElse(""));
        return named.find() ? Optional.of(named.group(1)) : Optional.empty();
    }

    /// @param place the folder from which modules are imported, empty for the root
    static DjangoSettings read(Folder folder, String place, String module) {
        var files = new LinkedHashSet<String>();
        collect(folder, place, module, files);
        return new DjangoSettings(folder, module, List.copyOf(files));
    }

    private static void collect(Folder folder, String place, String module, LinkedHashSet<String> files) {
        var path = (place.isEmpty() ? "" : place + "/") + module.replace('.', '/');
        var file = folder.first(List.of(path + ".py", path + "/__init__.py"));
        if (file.isEmpty() || files.size() >= MOST_FILES || !files.add(file.get())) {
            return;
        }
        int depth = file.get().endsWith("/__init__.py") ? 0 : 1;
        ALL_OF.matcher(folder.read(file.get()).orElse(""))
                .results()
                .forEach(from -> collect(folder, place, absolute(module, from.group(1), from.group(2), depth), files));
    }

    /// @param dots of a relative import; none of an absolute one
    /// @param depth how many names the module has more than its package
    private static String absolute(String module, String dots, String name, int depth) {
        if (dots.isEmpty()) {
            return name;
        }
        var base = module;
        for (int i = dots.length() - 1 + depth; i > 0; i--) {
            base = base.substring(0, Math.max(0, base.lastIndexOf('.')));
        }
        return base.isEmpty() ? name : name.isEmpty() ? base : base + "." + name;
    }

    /// The first file that says something.
    Optional<String> where(Pattern what) {
        return files.stream().filter(file -> folder.says(file, what)).findFirst();
    }

    boolean say(Pattern what) {
        return where(what).isPresent();
    }

    /// What the pattern's first group is where it is said first.
    Optional<String> text(Pattern what) {
        return where(what)
                .map(file -> what.matcher(folder.read(file).orElse("")))
                .filter(found -> found.find())
                .map(found -> found.group(1));
    }
}
