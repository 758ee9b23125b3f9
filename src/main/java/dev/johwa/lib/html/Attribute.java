package dev.johwa.lib.html;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// An attribute of an element.
///
/// @param value empty for one that is only there or not (`disabled`)
public record Attribute(String name, String value) implements Piece {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9:-]*");
    private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "formaction");
    private static final Pattern SCHEME = Pattern.compile("\\s*([a-zA-Z][a-zA-Z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto");

    public Attribute {
        var lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches() || lower.startsWith("on") || lower.equals("style")) {
            throw new IllegalArgumentException("no attribute of ours: " + name);
        }
        if (ADDRESSES.contains(lower) && !isHarmless(value)) {
            value = "#";
        }
    }

    /// An address that a browser goes to, rather than runs.
    private static boolean isHarmless(String address) {
        var scheme = SCHEME.matcher(address);
        return !scheme.matches() || SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT));
    }

    void write(StringBuilder out) {
        out.append(' ').append(name);
        if (!value.isEmpty()) {
            out.append("=\"");
            Html.escape(value, out);
            out.append('"');
        }
    }
}
