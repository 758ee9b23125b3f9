package dev.johwa.lib.text;

import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// Hides secrets in text: as they are, in base64 (at each of its three shifts), URL-encoded and as JSON writes them;
/// of secrets with several lines, each line. Values shorter than [#SHORTEST] are not hidden, since they would hide half
/// of every text. Safe for use by many threads.
public final class Mask implements UnaryOperator<String>, Cut {
    /// Shorter values are no secrets.
    public static final int SHORTEST = 4;

    private static final String HIDDEN = "***";

    private final List<String> forms;

    public Mask(Collection<String> secrets) {
        var all = new TreeSet<String>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (var secret : secrets) {
            add(all, secret);
            secret.lines().map(String::strip).forEach(line -> add(all, line));
        }
        this.forms = List.copyOf(all);
    }

    private static void add(TreeSet<String> all, String secret) {
        if (secret.length() >= SHORTEST) {
            Encodings.of(secret).filter(form -> form.length() >= SHORTEST).forEach(all::add);
        }
    }

    @Override
    public String apply(String text) {
        var hidden = hidden(text);
        if (hidden.isEmpty()) {
            return text;
        }
        var masked = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int start = hidden.nextSetBit(at);
            if (start < 0) {
                masked.append(text, at, text.length());
                break;
            }
            masked.append(text, at, start).append(HIDDEN);
            at = hidden.nextClearBit(start);
        }
        return masked.toString();
    }

    /// The characters that belong to a form of a secret, also where two of them overlap.
    private BitSet hidden(String text) {
        var hidden = new BitSet();
        for (var form : forms) {
            for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
                hidden.set(at, at + form.length());
            }
        }
        return hidden;
    }

    /// Before the longest end that may be the beginning of a secret.
    @Override
    public int end(String text) {
        int end = text.length();
        for (var form : forms) {
            for (int length = Math.min(form.length() - 1, text.length()); length > text.length() - end; length--) {
                if (text.startsWith(form.substring(0, length), text.length() - length)) {
                    end = text.length() - length;
                    break;
                }
            }
        }
        var hidden = hidden(text);
        // Not through a whole one either.
        return isWithin(hidden, end) ? hidden.previousClearBit(end) + 1 : end;
    }

    /// After the longest beginning that may be the end of a secret.
    @Override
    public int start(String text) {
        int start = 0;
        for (var form : forms) {
            for (int length = Math.min(form.length() - 1, text.length()); length > start; length--) {
                if (text.startsWith(form.substring(form.length() - length))) {
                    start = length;
                    break;
                }
            }
        }
        var hidden = hidden(text);
        return isWithin(hidden, start) ? hidden.nextClearBit(start) : start;
    }

    private static boolean isWithin(BitSet hidden, int at) {
        return at > 0 && hidden.get(at - 1) && hidden.get(at);
    }
}
