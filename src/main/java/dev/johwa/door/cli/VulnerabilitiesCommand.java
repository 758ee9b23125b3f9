package dev.johwa.door.cli;

import dev.johwa.door.api.VulnerabilityList;
import dev.johwa.door.api.VulnerabilityList.Item;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `johwa artifact vulnerabilities`.
@Command(
        description = {
            "Lists known vulnerabilities of what is in a release: what is new since the release before, what is gone,",
            "in which versions they are mended, and which package brings them.",
            "They are known by an export of OSV in the folder osv of the server's data folder; nothing is fetched."
        },
        footer = {
            "%nExample:",
            "  johwa artifact vulnerabilities shop",
            "  johwa artifact vulnerabilities shop 12 --json",
            "  johwa artifact vulnerabilities shop --fail high"
        })
final class VulnerabilitiesCommand extends ArtifactCommands.Artifact {
    /// From nothing told to the worst.
    private static final List<String> LEVELS = List.of("unknown", "low", "medium", "high", "critical");

    private static final int MOST_UNSURE = 10;

    @Nullable
    @Option(
            names = "--fail",
            paramLabel = "LEVEL",
            description = "Exit code 1 when one that is not ignored is low, medium, high or critical, or worse.")
    String fail;

    VulnerabilitiesCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        int least = fail == null ? LEVELS.size() : level(fail);
        var list = client().artifacts().vulnerabilities(which());
        if (!toldAsJson(list)) {
            tell(list);
        }
        boolean isBad = list.vulnerabilities().stream()
                .anyMatch(each -> each.ignored().isEmpty() && LEVELS.indexOf(each.severity()) >= least);
        return isBad ? ExitCode.NO : ExitCode.DONE;
    }

    private static int level(String word) {
        int level = LEVELS.indexOf(word.toLowerCase(Locale.ROOT));
        if (level <= 0) {
            throw Problem.user("usage.level", "'" + word + "' is no level")
                    .hint(Near.question(word, LEVELS).orElse("choose of low, medium, high, critical"))
                    .exception();
        }
        return level;
    }

    private void tell(VulnerabilityList list) {
        screen().line(headline(list));
        var rows = list.vulnerabilities().stream().map(this::row).toList();
        if (!rows.isEmpty()) {
            screen().table(List.of("SEVERITY", "ID", "PACKAGE", "MENDED IN", "THROUGH", "WHAT"), rows);
        }
        list.gone()
                .forEach(each -> screen().line("gone since release " + list.before() + ": " + each.id() + " of "
                        + named(each.purl())));
        list.unsure().stream()
                .limit(MOST_UNSURE)
                .forEach(each ->
                        screen().line("unknown: " + each.id() + " of " + named(each.purl()) + ": " + each.why()));
        if (list.unsure().size() > MOST_UNSURE) {
            screen().line("unknown: " + (list.unsure().size() - MOST_UNSURE) + " more, which --json lists");
        }
        list.notes().forEach(screen()::progress);
    }

    private static String headline(VulnerabilityList list) {
        var open = list.vulnerabilities().stream()
                .filter(each -> each.ignored().isEmpty())
                .toList();
        long ignored = list.vulnerabilities().size() - open.size();
        long isNew = open.stream().filter(Item::isNew).count();
        var parts = new ArrayList<String>();
        parts.add(list.app() + " release " + list.release() + ": " + counted(open));
        if (ignored > 0) {
            parts.add(ignored + " ignored");
        }
        if (list.before() > 0) {
            parts.add(isNew + " new since release " + list.before());
        }
        if (!list.unsure().isEmpty()) {
            parts.add(list.unsure().size() + " that nobody can tell");
        }
        var asOf =
                list.asOf().isEmpty() ? "" : "; advisories up to " + list.asOf().replaceFirst("T.*", "");
        return String.join(", ", parts) + asOf;
    }

    private static String counted(List<Item> open) {
        if (open.isEmpty()) {
            return "no known vulnerabilities";
        }
        var counts = open.stream().collect(Collectors.groupingBy(Item::severity, Collectors.counting()));
        return LEVELS.reversed().stream()
                .filter(counts::containsKey)
                .map(level -> counts.get(level) + " " + level)
                .collect(Collectors.joining(", "));
    }

    private List<String> row(Item item) {
        var style = switch (item.severity()) {
            case "critical", "high" -> Screen.Style.RED;
            case "medium" -> Screen.Style.YELLOW;
            case String _ -> Screen.Style.FAINT;
        };
        var severity = item.ignored().isEmpty() ? screen().style(style, item.severity()) : "ignored";
        var what = (item.isNew() ? "new: " : "")
                + item.summary()
                + (item.ignored().isEmpty() ? "" : " (ignored: " + item.ignored() + ")");
        return List.of(
                severity,
                item.id(),
                named(item.purl()),
                item.fixed().isEmpty() ? "-" : String.join(", ", item.fixed()),
                through(item),
                what);
    }

    private static String through(Item item) {
        var way = item.way();
        var through = !way.known() ? "-" : way.through().isEmpty() ? "itself" : String.join(" > ", way.through());
        return way.inUse() ? through : through + " (development)";
    }

    /// `lodash@4.17.20` of `pkg:npm/lodash@4.17.20?arch=…`.
    private static String named(String purl) {
        return purl.substring(purl.indexOf('/') + 1).replaceFirst("\\?.*", "");
    }
}
