package dev.johwa.source.migrate;

import java.util.Locale;
import java.util.regex.Pattern;

/// What several platforms say of containers in nearly the same words.
final class Containers {
    /// Folders in which images usually have the application: below them lie its own.
    private static final Pattern WITHIN = Pattern.compile(
            "/(?:rails|app|code|workspace|usr/src/app|usr/src|srv/app|opt/app|home/\\w+/app|var/www(?:/html)?)/(.+?)/*");

    private static final Pattern MEMORY = Pattern.compile("(\\d{1,9}(?:\\.\\d+)?)\\s*([bkmg]?)i?b?");

    private Containers() {}

    /// An argument of the image's build.
    static void argument(Entry entry, Sheet sheet) {
        var name = entry.name();
        var value = entry.text().orElse("");
        if (Sheet.isSecret(name, value)) {
            sheet.byHandUnseen(entry, "arguments stay in the image: RUN --mount=type=secret,id=" + name);
        } else if (Ruby.isIn(value)) {
            sheet.byHand(entry, "Ruby gives it there; write the value: docker: {args: {" + name + ": …}}");
        } else {
            sheet.key(entry, "docker.args." + name, value);
        }
    }

    /// A folder in the container that outlives releases.
    static void folder(Entry entry, Sheet sheet, String path) {
        var inner = WITHIN.matcher(path);
        if (inner.matches()) {
            sheet.item(entry, "data", inner.group(1) + "/");
        } else {
            sheet.byHand(
                    entry,
                    "a line of the Dockerfile keeps it over releases: VOLUME " + path
                            + "; below WORKDIR `data: [uploads/]` does");
        }
    }

    /// A limit such as `2g`, `512mb` or `1024` (bytes, where it names no unit).
    static void memory(Entry entry, Sheet sheet, String text) {
        var size = MEMORY.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            sheet.notYet(entry, "'" + text + "' is no size: limits: {memory: 512Mi}");
            return;
        }
        long unit = switch (size.group(2)) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            case String _ -> 1L;
        };
        long mebibytes = Math.max(1, (long) (Double.parseDouble(size.group(1)) * unit) >> 20);
        sheet.key(entry, "limits.memory", mebibytes % 1024 == 0 ? mebibytes / 1024 + "Gi" : mebibytes + "Mi");
    }

    static void processors(Entry entry, Sheet sheet) {
        var text = entry.text().orElse("");
        if (text.matches("\\d{1,4}(\\.\\d{1,4})?")) {
            sheet.key(entry, "limits.cpu", text);
        } else {
            sheet.notYet(entry, "'" + text + "' is no number of processors");
        }
    }

    /// The Dockerfile, by its path.
    static void path(Entry entry, Sheet sheet) {
        sheet.dockerfile(entry, entry.text().orElse("Dockerfile"));
    }

    /// What the build of an image sees.
    static void context(Entry entry, Sheet sheet) {
        if (entry.text().orElse(".").replaceFirst("^(\\./?)+", "").isEmpty()) {
            sheet.asItIs(entry, "the app's folder is what the build of its image sees");
        } else {
            sheet.notYet(entry, "the build of an image sees the app's folder: `folder` in johwa.yaml names it");
        }
    }
}
