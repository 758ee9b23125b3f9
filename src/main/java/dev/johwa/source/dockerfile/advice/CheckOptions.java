package dev.johwa.source.dockerfile.advice;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.stage.Lines;
import dev.johwa.source.dockerfile.syntax.Source;
import dev.johwa.source.dockerfile.syntax.Statement;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `# check=` may say: `skip=RULE,RULE;error=true;experimental=all`.
final class CheckOptions {
    private static final String SPACE = "[\\t\\n\\f\\r ]*";
    private static final Pattern OPTION = Pattern.compile(
            SPACE + "(?:(?:skip|experimental)" + SPACE + "=.*|error" + SPACE + "=" + SPACE
                    + "(?:[01tTfF]|TRUE|true|True|FALSE|false|False)" + SPACE + ")",
            Pattern.DOTALL);

    private CheckOptions() {}

    static Optional<Problem> problem(Source source, Lines lines) {
        // Builders take it up to the first space.
        var text = source.checks().map(each -> each.split(" ", 2)[0]).orElse("");
        if (text.isBlank()) {
            return Optional.empty();
        }
        for (var option : text.split(";", 3)) {
            if (!OPTION.matcher(option).matches()) {
                return Optional.of(Advice.warning(
                                "build-fails",
                                "no builder will do this: '" + RawNames.text(option)
                                        + "' is nothing that '# check=' has")
                        .at(lines.of(new Statement.Span(1, 3), option))
                        .hint("write # check=skip=RULE;error=true"));
            }
        }
        return Optional.empty();
    }
}
