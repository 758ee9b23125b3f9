package dev.johwa.watch.log;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Searches as people write them: words and `"several words"` that a line contains, `level:error` and `status:>=500`
/// for its fields, `release:41`, `/a regular expression/`; `-` before any of them for lines of which it does not hold.
public final class Terms {
    private static final int MOST = 20;
    private static final int LONGEST = 1_000;
    private static final Pattern TERM = Pattern.compile("(?<not>-)?(?:"
            + "/(?<regex>(?:[^/\\\\]|\\\\.)+)/"
            + "|(?<field>[A-Za-z_][\\w.@-]*):(?!//)(?<sign>>=|<=|>|<)?(?:\"(?<value>[^\"]*)\"|(?<bare>[^\\s\"]+))"
            + "|\"(?<words>[^\"]+)\""
            + "|(?<word>[^\\s\"]+))(?=\\s|$)");

    private Terms() {}

    /// @throws ProblemException with the place of what is none
    public static List<Term> parse(String text) {
        if (text.length() > LONGEST) {
            throw Problem.user("search.long", "a search of " + text.length() + " characters is too long")
                    .hint("it has " + LONGEST + " at most")
                    .exception();
        }
        var terms = new ArrayList<Term>();
        var found = TERM.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            if (!found.find(at) || found.start() != at || terms.size() >= MOST) {
                throw Problem.user("search.wrong", "the search '" + text + "' cannot be read at character " + (at + 1))
                        .hint("write words, \"several words\", level:error, status:>=500, release:41 or /a regular"
                                + " expression/, with - before what must not be, at most " + MOST)
                        .exception();
            }
            var term = term(found);
            terms.add(found.group("not") == null ? term : new Term.Not(term));
            at = found.end();
        }
        return terms;
    }

    private static Term term(Matcher found) {
        if (found.group("regex") != null) {
            return new Term.Regex(pattern(found.group("regex")));
        }
        if (found.group("field") != null) {
            var value = found.group("value") == null ? found.group("bare") : found.group("value");
            return field(found.group("field"), found.group("sign"), value);
        }
        return new Term.Word(found.group("words") == null ? found.group("word") : found.group("words"));
    }

    private static Term field(String name, @Nullable String sign, String value) {
        if (sign == null) {
            return new Term.Field(name, value);
        }
        return Term.Compared.number(value)
                .<Term>map(number -> new Term.Compared(name, sign, number))
                .orElseThrow(() -> Problem.user(
                                "search.number", "'" + value + "' in " + name + ":" + sign + value + " is no number")
                        .hint("write it as status:>=500")
                        .exception());
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text.replace("\\/", "/"));
        } catch (PatternSyntaxException e) {
            throw new ProblemException(
                    Problem.user(
                                    "search.regex",
                                    "/" + text + "/ is no regular expression: " + e.getDescription() + " at character "
                                            + (e.getIndex() + 1))
                            .hint("the form is that of Java; words need none"),
                    e);
        }
    }
}
