package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Folder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of the packages that requirements ask for. Used by one thread.
final class Requirements {
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(\\[[^]]*])?");
    private static final Pattern EXACT = Pattern.compile("\\s*={2,3}\\s*(\\d[\\w.!+-]*)\\s*(?:[;#\\\\].*)?");
    private static final Pattern INCLUDE = Pattern.compile("(?:-r|--requirement)[\\s=]*(\\S+)");
    private static final Pattern INSTALLED =
            Pattern.compile("(?:-e|--editable)[\\s=]+.*|(?:git|hg|svn|bzr|https?|file)[+:].*|\\.{1,2}(/.*)?|.*\\.whl");
    private static final int MOST_FILES = 20;

    private final Folder folder;
    private final Set<String> names = new LinkedHashSet<>();
    private final Map<String, String> exact = new LinkedHashMap<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> circles = new LinkedHashSet<>();
    private final List<Frozen> frozen = new ArrayList<>();

    Requirements(Folder folder) {
        this.folder = folder;
    }

    Set<String> names() {
        return names;
    }

    /// Versions of those that are asked for in one version.
    Map<String, String> exact() {
        return exact;
    }

    /// The files that were read, in order.
    Set<String> read() {
        return read;
    }

    /// Files that include themselves, each by way of another or at once: pip follows them without end.
    Set<String> circles() {
        return circles;
    }

    /// Lines that hold on the machine of their author only, in order.
    List<Frozen> frozen() {
        return frozen;
    }

    /// Reads a requirements file and those that it includes. Only names: pip reads the file by itself.
    ///
    /// @return whether it asks for anything, or could not be read and may
    boolean collect(String file) {
        if (open.contains(file)) {
            circles.add(file);
        }
        if (read.size() >= MOST_FILES || !read.add(file)) {
            return false;
        }
        open.add(file);
        int before = names.size();
        var text = folder.read(file);
        int number = 0;
        for (var line : text.stream().flatMap(String::lines).toList()) {
            collect(file, ++number, line.strip());
        }
        open.remove(file);
        return text.isEmpty() || names.size() > before;
    }

    private void collect(String file, int number, String line) {
        var include = INCLUDE.matcher(line);
        var stray = Frozen.of(file, number, line);
        if (include.matches()) {
            var parent = file.contains("/") ? file.substring(0, file.lastIndexOf('/') + 1) : "";
            included(parent + include.group(1)).ifPresent(this::collect);
        } else if (INSTALLED.matcher(line).matches()) {
            names.add(line);
        } else if (stray.isPresent()) {
            frozen.add(stray.get());
            add(stray.get().instead());
        } else {
            add(line);
        }
    }

    private static Optional<String> included(String name) {
        try {
            return Optional.of(Path.of(name).normalize().toString());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /// @return whether it is a requirement by its form
    boolean add(String requirement) {
        var name = NAME.matcher(requirement);
        if (!name.lookingAt()) {
            return false;
        }
        names.add(plain(name.group(1)));
        var version = EXACT.matcher(requirement.substring(name.end()));
        if (version.matches()) {
            exact.putIfAbsent(plain(name.group(1)), version.group(1));
        }
        var extras = name.group(2) == null ? "" : name.group(2);
        if (plain(name.group(1)).equals("fastapi") && extras.matches(".*\\b(standard|all)\\b.*")) {
            names.add("uvicorn");
        }
        return true;
    }

    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    /// A version of Poetry's in pip's words.
    static String range(List<String> said) {
        var version = said.isEmpty() ? "" : said.getFirst();
        if (version.startsWith("^")) {
            return ">=" + version.substring(1) + ",<"
                    + above(version.substring(1).split("\\."));
        }
        if (version.startsWith("~") && !version.startsWith("~=")) {
            boolean hasThree = version.chars().filter(letter -> letter == '.').count() > 1;
            return "~=" + version.substring(1) + (hasThree ? "" : ".0");
        }
        if (version.matches("\\d[0-9.]*(\\.\\*)?")) {
            return "==" + version;
        }
        return version.matches("[<>=!~].*") ? version : "";
    }

    /// The first version that a caret does not allow: the leftmost number that is not 0 stays.
    private static String above(String[] numbers) {
        int kept = 0;
        while (kept < numbers.length - 1 && numbers[kept].matches("0{1,8}")) {
            kept++;
        }
        int last = numbers[kept].matches("\\d{1,8}") ? Integer.parseInt(numbers[kept]) : 0;
        return "0.".repeat(kept) + (last + 1);
    }
}
