package dev.johwa.lib.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A path in which `:name` stands for a piece without a slash and one `*`, called `splat`, for any rest. A slash at the
/// end makes no difference, and `/news/*` means `/news` too.
///
/// Looks at each letter a few times at most: what a piece took is never given back.
final class PathPattern {
    static final String SPLAT = "splat";
    private static final Pattern TOKEN = Pattern.compile(":[A-Za-z]\\w*|\\*");
    private static final int MOST_PIECES = 40;

    private final List<Piece> pieces;
    private final boolean isOpen;

    private sealed interface Piece {
        record Text(String text) implements Piece {}

        record Name(String name) implements Piece {}

        record Splat() implements Piece {}
    }

    private PathPattern(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
        this.isOpen = pieces.contains(new Piece.Splat());
    }

    /// @param text beginning with `/`, perhaps encoded
    /// @throws RuleException when it is none
    static PathPattern of(String text) throws RuleException {
        var pieces = new ArrayList<Piece>();
        var token = TOKEN.matcher(text);
        int end = 0;
        while (token.find()) {
            if (token.start() > end) {
                pieces.add(new Piece.Text(Letters.decode(text.substring(end, token.start()))));
            }
            pieces.add(
                    token.group().equals("*")
                            ? new Piece.Splat()
                            : new Piece.Name(token.group().substring(1)));
            end = token.end();
        }
        if (end < text.length()) {
            pieces.add(new Piece.Text(Letters.decode(text.substring(end))));
        }
        check(text, pieces);
        return new PathPattern(withoutLastSlash(pieces));
    }

    private static void check(String text, List<Piece> pieces) throws RuleException {
        var names = new HashSet<String>();
        boolean hadSplat = false;
        for (int i = 0; i < pieces.size(); i++) {
            boolean isText = pieces.get(i) instanceof Piece.Text;
            if (!isText && i > 0 && !(pieces.get(i - 1) instanceof Piece.Text)) {
                throw new RuleException("'" + text + "' has nothing between two placeholders", "put a slash between");
            }
            if (!isText && hadSplat) {
                throw new RuleException("'" + text + "' has a placeholder after its *", "leave one of them out");
            }
            if (pieces.get(i) instanceof Piece.Name(String name) && !names.add(name)) {
                throw new RuleException("'" + text + "' has :" + name + " twice", "give each a name of its own");
            }
            hadSplat |= pieces.get(i) instanceof Piece.Splat;
        }
        if (pieces.size() > MOST_PIECES) {
            throw new RuleException("'" + Letters.shortened(text) + "' has too many placeholders", "use a * instead");
        }
    }

    private static List<Piece> withoutLastSlash(List<Piece> pieces) {
        boolean isSlashed = pieces.getLast() instanceof Piece.Text(String text) && text.endsWith("/");
        if (!isSlashed || pieces.contains(new Piece.Splat())) {
            return pieces;
        }
        var shorter = new ArrayList<>(pieces.subList(0, pieces.size() - 1));
        var text = ((Piece.Text) pieces.getLast()).text();
        if (text.length() > 1 || shorter.isEmpty()) {
            shorter.add(new Piece.Text(bare(text)));
        }
        return shorter;
    }

    /// Without a slash at the end, but for the root.
    static String bare(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /// The one path that it means, when there is but one.
    @Nullable
    String exact() {
        return pieces.size() == 1 && pieces.getFirst() instanceof Piece.Text(String text) ? text : null;
    }

    /// As a regular expression (RE2) of paths as they are sent, with a group for each of its names.
    ///
    /// @param trims whether the rest must not begin with a slash
    String expression(boolean trims) {
        var text = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            text.append(
                    switch (pieces.get(i)) {
                        case Piece.Text(String plain) ->
                            Letters.expression(beginsRest(i) ? plain.substring(0, plain.length() - 1) : plain);
                        case Piece.Name(String name) -> RedirectExpression.group(name, "[^/?]+?");
                        case Piece.Splat() -> {
                            var rest = (trims ? "/*" : "") + RedirectExpression.group(SPLAT, "[^?]*");
                            yield i > 0 && beginsRest(i - 1) ? "(?:/" + rest + ")?" : rest;
                        }
                    });
        }
        return text + (isOpen || "/".equals(exact()) ? "" : "/?");
    }

    /// Whether it is the folder whose rest is taken.
    private boolean beginsRest(int index) {
        return index == pieces.size() - 2
                && pieces.getLast() instanceof Piece.Splat
                && pieces.get(index) instanceof Piece.Text(String text)
                && text.endsWith("/");
    }

    /// What stands for its names; null when it does not mean this path.
    @Nullable
    Map<String, String> match(String whole) {
        var path = isOpen ? whole : bare(whole);
        var found = new HashMap<String, String>();
        int at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            int next = switch (pieces.get(i)) {
                case Piece.Text(String text) -> text(path, at, text, i);
                case Piece.Name(String name) -> name(path, at, name, i, found);
                case Piece.Splat() -> splat(path, at, i, found);
            };
            if (next < 0) {
                return null;
            }
            at = next;
        }
        return at >= path.length() ? found : null;
    }

    private int text(String path, int at, String text, int index) {
        if (path.startsWith(text, at)) {
            return at + text.length();
        }
        boolean isFolder =
                beginsRest(index) && path.length() == at + text.length() - 1 && text.startsWith(path.substring(at));
        return isFolder ? path.length() : -1;
    }

    /// Up to the first place where the text behind it stands, within its piece.
    private int name(String path, int at, String name, int index, Map<String, String> found) {
        int slash = path.indexOf('/', at);
        int last = slash < 0 ? path.length() : slash;
        int end = last;
        if (index + 1 < pieces.size() && pieces.get(index + 1) instanceof Piece.Text(String text)) {
            boolean isLast = index + 2 == pieces.size();
            end = !isLast ? path.indexOf(text, at + 1) : path.endsWith(text) ? path.length() - text.length() : -1;
        }
        if (end <= at || end > last) {
            return -1;
        }
        found.put(name, path.substring(at, end));
        return end;
    }

    private int splat(String path, int at, int index, Map<String, String> found) {
        int end = path.length();
        if (index + 1 < pieces.size() && pieces.get(index + 1) instanceof Piece.Text(String text)) {
            end = path.endsWith(text) ? path.length() - text.length() : -1;
        }
        if (end < at) {
            return -1;
        }
        found.put(SPLAT, path.substring(at, end));
        return end;
    }
}
