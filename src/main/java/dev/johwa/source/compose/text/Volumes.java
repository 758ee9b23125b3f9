package dev.johwa.source.compose.text;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The short form of volumes: `/data`, `name:/data`, `./folder:/data:ro`.
public final class Volumes {
    private static final Set<String> PROPAGATIONS =
            Set.of("rprivate", "private", "rshared", "shared", "rslave", "slave");

    private Volumes() {}

    /// @param type `bind` or `volume`
    /// @param source a path, a name, or empty for a volume without a name
    public record Mounted(String type, String source, String target, Options options) {
        public boolean isBind() {
            return type.equals("bind");
        }

        /// A target of one or two letters, of which nothing more is said.
        public boolean isBare() {
            return source.isEmpty() && target.getBytes(StandardCharsets.UTF_8).length <= 2;
        }
    }

    /// What may stand behind the second colon.
    ///
    /// @param propagation of a bind; empty for the default
    /// @param selinux `z`, `Z` or empty
    public record Options(boolean isReadOnly, boolean isNoCopy, String propagation, String selinux) {
        static final Options NONE = new Options(false, false, "", "");
    }

    /// @throws ProblemException `compose.volume`
    public static Mounted read(String text) {
        if (text.isEmpty()) {
            throw wrong(text, "it is empty");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length <= 2) {
            return new Mounted("volume", "", text, Options.NONE);
        }
        var parts = parts(text);
        if (parts.stream().anyMatch(String::isEmpty)) {
            throw wrong(text, "there is nothing between two colons");
        }
        if (parts.size() > 3) {
            throw wrong(text, "it has too many colons");
        }
        var source = parts.size() == 1 ? "" : parts.getFirst();
        var target = parts.size() == 1 ? parts.getFirst() : parts.get(1);
        var options = parts.size() == 3 ? options(parts.get(2)) : Options.NONE;
        return new Mounted(isPath(source) ? "bind" : "volume", source, target, options);
    }

    /// Parts between colons; that of a Windows drive and those in `${…}` separate nothing.
    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
                open++;
            } else if (c == '}' && open > 0) {
                open--;
            } else if (c == ':' && open == 0 && !isDrive(part)) {
                parts.add(part.toString());
                part.setLength(0);
                continue;
            }
            part.append(c);
        }
        parts.add(part.toString());
        return parts;
    }

    private static boolean isDrive(CharSequence part) {
        return part.length() == 1 && Character.isLetter(part.charAt(0));
    }

    private static Options options(String text) {
        var options = Options.NONE;
        for (var option : text.split(",", -1)) {
            if (option.equals("ro") || option.equals("rw")) {
                options = new Options(option.equals("ro"), options.isNoCopy, options.propagation, options.selinux);
            } else if (option.equals("nocopy")) {
                options = new Options(options.isReadOnly, true, options.propagation, options.selinux);
            } else if (option.equalsIgnoreCase("z")) {
                options = new Options(options.isReadOnly, options.isNoCopy, options.propagation, option);
            } else if (PROPAGATIONS.contains(option)) {
                options = new Options(options.isReadOnly, options.isNoCopy, option, options.selinux);
            }
        }
        return options;
    }

    private static boolean isPath(String source) {
        return source.startsWith(".")
                || source.startsWith("/")
                || source.startsWith("~")
                || source.startsWith("\\\\")
                || source.length() > 1 && Character.isLetter(source.charAt(0)) && source.charAt(1) == ':';
    }

    private static ProblemException wrong(String text, String why) {
        return Problem.user("compose.volume", "'" + text + "' is no volume: " + why)
                .hint("write a volume such as data:/var/lib/data or ./folder:/data:ro")
                .exception();
    }
}
