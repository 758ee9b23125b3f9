package dev.johwa.watch.issue;

import dev.johwa.source.issue.Issues;
import dev.johwa.watch.notice.Ledger;
import dev.johwa.watch.notice.Notice;
import dev.johwa.watch.notice.Phase;
import dev.johwa.watch.notice.Sign.App;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// One issue for what is wrong with a project by one cause: opened when it begins, closed when it is over.
public final class ConditionIssues implements Ledger {
    private static final Pattern TICKS = Pattern.compile("`+");
    private static final int LONGEST_LINE = 1_000;

    private final Issues issues;

    public ConditionIssues(Issues issues) {
        this.issues = issues;
    }

    @Override
    public void tell(Handle handle, Notice notice) {
        var word = new Issues.Word(
                notice.project(),
                notice.condition(),
                notice.words().subject(),
                text(notice),
                List.of(notice.kind().word()));
        if (notice.phase() == Phase.OVER) {
            issues.over(handle, word);
        } else {
            issues.say(handle, word);
        }
    }

    private static String text(Notice notice) {
        var words = notice.words();
        var text = new StringBuilder(plain(words.headline())).append('\n');
        words.details().forEach(detail -> text.append("\n- ").append(detail.name() + ": " + plain(detail.value())));
        list(text, "Commits since what was well:", words.changes());
        list(text, "What would mend it:", words.advice());
        list(text, "What happened:", words.story());
        said(text, "Its first words:", words.firstWords());
        said(text, "Its last words:", words.lastWords());
        words.app().ifPresent(app -> text.append("\n\n").append(graphs(notice, app)));
        if (!notice.link().isEmpty()) {
            text.append("\n\n[More](").append(notice.link()).append(")");
        }
        return text.toString();
    }

    private static void said(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n\n").append(title).append("\n\n").append(fenced(lines));
        }
    }

    /// Drawn where the issue is shown; elsewhere it leads to them.
    private static String graphs(Notice notice, App app) {
        return "![Requests, errors and times of " + app.name() + " in " + app.environment() + " around then](/"
                + notice.project() + "/metrics?app=" + encoded(app.name()) + "&environment="
                + encoded(app.environment()) + "&at=" + notice.at().truncatedTo(ChronoUnit.SECONDS) + ")";
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n\n")
                    .append(title)
                    .append("\n\n")
                    .append(lines.stream().map(line -> "- " + plain(line)).collect(Collectors.joining("\n")));
        }
    }

    /// Words of others as they are; in Markdown they would format and link.
    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_\\[\\]<>|~])", "\\\\$1");
    }

    /// Lines as they are, within a fence that is longer than any in them.
    private static String fenced(List<String> lines) {
        int longest = lines.stream()
                .flatMap(line -> TICKS.matcher(line).results())
                .mapToInt(found -> found.end() - found.start())
                .max()
                .orElse(0);
        var fence = "`".repeat(Math.max(3, Math.min(longest, LONGEST_LINE) + 1));
        return lines.stream()
                .map(line -> line.substring(0, Math.min(line.length(), LONGEST_LINE)))
                .collect(Collectors.joining("\n", fence + "\n", "\n" + fence));
    }
}
