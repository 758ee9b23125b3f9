package dev.johwa.source.detect;

import dev.johwa.lib.problem.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The lines of a compose file, in which what is said of a service is found again. What it has of an anchor or of
/// another file stands elsewhere: of that only the file is told.
record ComposeLines(String file, List<String> lines) {
    /// Of a file at the top of a repository.
    static ComposeLines of(Path repository, String file) {
        try {
            var text = new String(Files.readAllBytes(repository.resolve(file)), StandardCharsets.UTF_8);
            return new ComposeLines(file, text.lines().toList());
        } catch (IOException e) {
            // Read a moment ago; only the line of a word is missing.
            return new ComposeLines(file, List.of());
        }
    }

    /// Where a service has a word.
    Place of(String service, String word) {
        int first = first(Pattern.compile("\\s*([\"']?)" + Pattern.quote(service) + "\\1\\s*:.*"));
        for (int i = first; i >= 0 && i < lines.size() && (i == first || isWithin(first, i)); i++) {
            int column = lines.get(i).indexOf(word);
            if (column >= 0) {
                return new Place(file, i + 1, column + 1);
            }
        }
        return Place.of(file);
    }

    /// The key of a service below `services`.
    private int first(Pattern key) {
        int services = index(Pattern.compile("services\\s*:.*"), 0);
        return services < 0 ? -1 : index(key, services + 1);
    }

    private int index(Pattern line, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (line.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private boolean isWithin(int first, int line) {
        var text = lines.get(line);
        return text.isBlank() || text.strip().startsWith("#") || indent(line) > indent(first);
    }

    private int indent(int line) {
        var text = lines.get(line);
        return text.length() - text.stripLeading().length();
    }
}
