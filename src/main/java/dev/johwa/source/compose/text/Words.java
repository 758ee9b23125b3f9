package dev.johwa.source.compose.text;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/// Splits a command that is written as one text into words, as Compose does: quotes and backslashes as in a shell,
/// nothing is expanded, and what follows `;`, `&`, `|`, `<` or `>` is left out.
public final class Words {
    private static final String ENDS = ";&|<>";

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean isWord;
    private boolean isEscaped;
    private boolean isDouble;
    private boolean isSingle;
    private boolean isBack;
    private boolean isDollar;

    private Words() {}

    /// @throws ProblemException `compose.command` when quotes or parentheses do not close
    public static List<String> split(String text) {
        return new Words().all(text);
    }

    private List<String> all(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (ENDS.indexOf(c) >= 0 && !isQuoted()) {
                boolean isStream = c == '>' && !word.isEmpty() && Character.isDigit(word.charAt(0));
                isWord &= !isStream;
                break;
            }
            take(c);
        }
        if (isWord) {
            words.add(word.toString());
        }
        if (isQuoted()) {
            throw unclosed();
        }
        return List.copyOf(words);
    }

    private boolean isQuoted() {
        return isEscaped || isSingle || isDouble || isBack || isDollar;
    }

    private void take(char c) {
        if (isEscaped) {
            isEscaped = false;
            add(c);
        } else if (c == '\\') {
            backslash(c);
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            space(c);
        } else if (c == '"' && !isSingle && !isDollar) {
            isWord |= isDouble;
            isDouble = !isDouble;
        } else if (c == '\'' && !isDouble && !isDollar) {
            isWord |= isSingle;
            isSingle = !isSingle;
        } else {
            bracket(c);
            add(c);
        }
    }

    private void backslash(char c) {
        if (isSingle) {
            word.append(c);
        } else {
            isEscaped = true;
        }
    }

    private void space(char c) {
        if (isQuoted()) {
            word.append(c);
        } else if (isWord) {
            words.add(word.toString());
            word.setLength(0);
            isWord = false;
        }
    }

    private void bracket(char c) {
        if (isSingle || isDouble) {
            return;
        }
        if (c == '`' && !isDollar) {
            isBack = !isBack;
        } else if (c == ')' && !isBack) {
            isDollar = !isDollar;
        } else if (c == '(' && !isBack) {
            boolean opens = !isDollar && !word.isEmpty() && word.charAt(word.length() - 1) == '$';
            if (!opens) {
                throw unclosed();
            }
            isDollar = true;
        }
    }

    private void add(char c) {
        word.append(c);
        isWord = true;
    }

    private static ProblemException unclosed() {
        return Problem.user("compose.command", "the command has a quote or parenthesis that does not close")
                .hint("write it as a list of words, such as [sh, -c, 'echo (a)']")
                .exception();
    }
}
