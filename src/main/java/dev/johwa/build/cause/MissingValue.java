package dev.johwa.build.cause;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A value of the environment that is not set: its name from the message.
final class MissingValue {
    private static final String NAME = "(?<![A-Z0-9_])([A-Z][A-Z0-9_]{2,63})";
    /// With these words, each says that a value of the environment is meant.
    private static final List<Pattern> TOLD = List.of(
            Pattern.compile("(?i:environment variable|env(?:ironment)? var)s?:? ['\"`]?" + NAME
                    + "['\"`]?.{0,20}(?i:not|missing|required|must|undefined|unset)"),
            Pattern.compile(
                    NAME + " environment variable (?:is |must |was )?(?:not|missing|required|be set|undefined)"),
            Pattern.compile("(?i:missing|required|set|undefined|expected)(?: the)?(?: required)? "
                    + "(?i:environment|env)(?i: variables?| vars?)?:? ['\"`]?" + NAME),
            Pattern.compile("(?i:environment variable not found): ['\"`]?" + NAME),
            Pattern.compile("Set the " + NAME + " environment variable"),
            Pattern.compile(NAME + " not found\\. Declare it as envvar"),
            Pattern.compile("Could not resolve placeholder '" + NAME + "'"),
            Pattern.compile("key not found: \"" + NAME + "\""),
            Pattern.compile("\\b" + NAME
                    + " (?:is|must be|was) (?:not (?:set|defined)|required|missing|undefined|unset|set)\\b"));
    /// Some tell all that are missing below a headline, each in a line of its own.
    private static final Pattern HEADLINE =
            Pattern.compile("(?i)(?:invalid|missing) environment variables|configuration is currently invalid");
    private static final Pattern LISTED =
            Pattern.compile("(?:^[^A-Za-z0-9_]*|path: \\[ ?['\"])" + NAME + "(?=\\*?$|:|['\"])");
    private static final int MOST_LISTED = 12;

    private static final Pattern KEY = Pattern.compile("KeyError: '" + NAME + "'");

    private MissingValue() {}

    static Optional<Cause> in(Said said) {
        boolean isPython = said.lines().stream().anyMatch(line -> line.contains("environ"));
        for (var line : said.lines()) {
            var key = KEY.matcher(line);
            if (isPython && key.find()) {
                return Optional.of(missing(key.group(1), said));
            }
            for (var told : TOLD) {
                var found = told.matcher(line);
                if (found.find()) {
                    return Optional.of(missing(found.group(1), said));
                }
            }
        }
        return listed(said);
    }

    private static Optional<Cause> listed(Said said) {
        return said.lines().stream()
                .dropWhile(line -> !HEADLINE.matcher(line).find())
                .limit(MOST_LISTED)
                .map(LISTED::matcher)
                .filter(found -> found.find())
                .map(found -> missing(found.group(1), said))
                .findFirst();
    }

    private static Cause missing(String name, Said said) {
        var mend = switch (said.place()) {
            case APPLICATION ->
                "johwa secrets set " + said.app() + " " + name + "   (no secret? env: {" + name + ": …} in johwa.yaml)";
            case TEST -> "environments: {test: {env: {" + name + ": …}}} in johwa.yaml";
            case STEP -> "env: {" + name + ": …} in johwa.yaml";
        };
        return new Cause(Cause.VALUE_MISSING, "the environment value " + name + " is not set", mend);
    }
}
