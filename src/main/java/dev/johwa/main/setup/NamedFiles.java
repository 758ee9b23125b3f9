package dev.johwa.main.setup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Files outside of the data folder that the words for `johwa up` name: without them the platform would not start on
/// another machine, or not keep to its rules.
record NamedFiles(Side old, Side fresh) {
    private static final Pattern OPTION =
            Pattern.compile("--(?:spec|backup-encrypt|acme-eab|forward-key|forward-tls)[ =]([A-Za-z0-9_./+@-]+)");

    /// The paths that a file of settings names; what is fetched from elsewhere by its address is none.
    static List<String> of(String settings) {
        return settings.lines()
                .filter(line -> line.startsWith("JOHWA_OPTIONS="))
                .flatMap(line -> OPTION.matcher(line).results())
                .map(each -> each.group(1))
                .distinct()
                .toList();
    }

    /// They come to the same places; another file that lies there is kept beside.
    void carry(String settings) throws IOException {
        var there = new ArrayList<String>();
        for (var named : of(settings)) {
            // A repository is named with its version behind it; the service starts at the root.
            var path = "/" + named.replaceFirst("@[^/]*$", "").replaceFirst("^/+", "");
            if (old.host().line("test -e " + path, nothing(), OutputStream.nullOutputStream()) == 0) {
                there.add(path);
            } else {
                old.screen().progress("  warning: " + path + ", which `johwa up` is told of, is not on " + old.name());
            }
        }
        for (var path : there) {
            var inside = path.substring(1);
            new Carrying(old, fresh)
                    .pipe(
                            "tar -C / -cf - " + inside,
                            new byte[0],
                            "if test -e " + path + "; then rm -rf " + path + ".before-move && mv " + path + " " + path
                                    + ".before-move; fi && tar -C / -xpf -");
        }
        if (!there.isEmpty()) {
            old.screen().progress("  carried " + String.join(", ", there) + ", of which `johwa up` is told");
        }
    }

    private static ByteArrayInputStream nothing() {
        return new ByteArrayInputStream(new byte[0]);
    }
}
