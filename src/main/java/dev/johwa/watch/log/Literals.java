package dev.johwa.watch.log;

import java.util.Optional;
import java.util.regex.Pattern;

/// What every text contains that a regular expression finds, so that most texts need not be tried.
final class Literals {
    private static final String SPECIAL = "\\^$.|?*+()[]{}";
    private static final int SHORTEST = 3;

    private final String regex;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";

    private Literals(String regex) {
        this.regex = regex;
    }

    /// The longest run of plain characters outside of groups; empty where there is none, or where one of several
    /// expressions is enough.
    static Optional<String> longest(Pattern pattern) {
        return pattern.flags() != 0
                        || pattern.pattern().contains("|")
                        || pattern.pattern().contains("(?")
                ? Optional.empty()
                : new Literals(pattern.pattern()).find();
    }

    private Optional<String> find() {
        int depth = 0;
        for (int i = 0; i < regex.length(); ) {
            char here = regex.charAt(i);
            boolean isQuoted =
                    here == '\\' && i + 1 < regex.length() && !Character.isLetterOrDigit(regex.charAt(i + 1));
            if (isQuoted || SPECIAL.indexOf(here) < 0) {
                int next = isQuoted ? i + 2 : i + 1;
                plain(regex.charAt(next - 1), next, depth);
                i = next;
                continue;
            }
            end();
            depth += here == '(' ? 1 : here == ')' ? -1 : 0;
            i = after(i, here);
            if (i < 0) {
                return Optional.empty();
            }
        }
        end();
        return longest.length() < SHORTEST ? Optional.empty() : Optional.of(longest);
    }

    private void plain(char letter, int next, int depth) {
        boolean mayBeAbsent = next < regex.length() && "?*{".indexOf(regex.charAt(next)) >= 0;
        if (depth > 0 || mayBeAbsent || Character.isSurrogate(letter)) {
            end();
        } else {
            run.append(letter);
        }
    }

    private void end() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }

    /// After what is no plain character; -1 where that is too much to say.
    private int after(int at, char here) {
        return switch (here) {
            case '\\' -> at + 1 < regex.length() && "0QEpPxuckN".indexOf(regex.charAt(at + 1)) < 0 ? at + 2 : -1;
            case '[' -> behindClass(at);
            case '{' -> regex.indexOf('}', at) < 0 ? -1 : regex.indexOf('}', at) + 1;
            default -> at + 1;
        };
    }

    private int behindClass(int at) {
        if (regex.startsWith("[]", at) || regex.startsWith("[^]", at)) {
            return -1;
        }
        int depth = 0;
        for (int i = at; i < regex.length(); i++) {
            char here = regex.charAt(i);
            if (here == '\\') {
                i++;
            } else if (here == '[') {
                depth++;
            } else if (here == ']' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
