package dev.johwa.source.detect.site;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A `Staticfile`, as Cloud Foundry, nixpacks and railpack read it: `KEY: VALUE` a line.
final class Staticfile {
    static final String FILE = "Staticfile";
    private static final Pattern LINE = Pattern.compile("(\\s*)([\\w.-]+)\\s*:\\s*(.*)");
    private static final Set<String> FALLBACKS = Set.of("pushstate", "index_fallback");
    /// What holds here in any case, or does not matter.
    private static final Set<String> NEEDLESS = Set.of("gzip", "enable_http2", "http2");

    private Optional<String> root = Optional.empty();
    private boolean isFallback;
    private final List<Problem> problems = new ArrayList<>();

    private Staticfile() {}

    static Optional<Staticfile> read(Folder folder) {
        return folder.read(FILE).map(text -> {
            var file = new Staticfile();
            int number = 0;
            for (var line : text.split("\r\n|\n|\r", -1)) {
                number++;
                if (!line.isBlank()
                        && !line.strip().startsWith("#")
                        && !line.strip().equals("---")) {
                    file.line(number, line);
                }
            }
            return file;
        });
    }

    private void line(int number, String line) {
        var read = LINE.matcher(line);
        if (!read.matches()) {
            tell(number, "'" + line.strip() + "' is no setting", "a line is KEY: VALUE");
            return;
        }
        var key = read.group(2).toLowerCase(Locale.ROOT);
        var value = read.group(3).strip().replaceAll("^[\"']|[\"']$", "");
        if (!read.group(1).isEmpty()) {
            status(number, key, value);
        } else if (key.equals("root")) {
            // An absolute path means the folder of the application.
            root = Optional.of(value.replaceAll("^(\\./|/)+|/+$", "")).filter(each -> !each.isEmpty());
        } else if (FALLBACKS.contains(key)) {
            isFallback = isOn(value);
        } else if (!NEEDLESS.contains(key) && !key.startsWith("status_code") && (isOn(value) || !value.isEmpty())) {
            tell(number, "'" + key + "' is not known here", "files are served as they are, and `_headers` sets fields");
        }
    }

    /// What is below `status_codes`.
    private void status(int number, String code, String page) {
        boolean isUsual = code.equals("404") && page.replaceFirst("^/", "").equals("404.html");
        if (!isUsual) {
            tell(
                    number,
                    "the page of status " + code + " is not taken from here",
                    "name the page of what is missing 404.html");
        }
    }

    private static boolean isOn(String value) {
        return Set.of("enabled", "true", "yes", "on").contains(value.toLowerCase(Locale.ROOT));
    }

    private void tell(int line, String message, String hint) {
        problems.add(Problem.user("detect.staticfile", message)
                .at(new Place(FILE, line, 1))
                .hint(hint));
    }

    /// @param otherwise the folder that is served where it names none
    Publish publish(Optional<Publish> otherwise) {
        var folder = root.or(() -> otherwise.map(Publish::folder)).orElse(".");
        return new Publish(folder, isFallback);
    }

    void tell(Draft draft, Folder folder) {
        draft.because(
                FILE,
                root.map(each -> "serves " + each).orElse("a site")
                        + (isFallback ? ", index.html for unknown paths" : ""));
        problems.forEach(draft::warn);
        root.filter(each -> !folder.hasFolder(each) && draft.build.isEmpty())
                .ifPresent(each -> draft.warn(Problem.user("detect.staticfile", "there is no folder " + each)
                        .at(Place.of(FILE))
                        .hint("name one that is in the repository, or leave `root` out")));
        if (folder.has("Staticfile.auth")) {
            draft.warn(
                    Problem.user("detect.staticfile", "passwords for pages are not known here: everybody sees the site")
                            .at(Place.of("Staticfile.auth"))
                            .hint("put what is private elsewhere"));
        }
    }
}
