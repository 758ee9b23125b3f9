package dev.johwa.door.cli;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.LogList;
import dev.johwa.door.api.LogQuery;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Escapes;
import dev.johwa.lib.text.Near;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description =
                "Shows what an app printed, also of instances that have stopped. With -f and without a name: what all "
                        + "apps of the folder's project print, or all that you may see.",
        footer = {
            "%nExample:",
            "  johwa logs shop -f",
            "  johwa logs -f",
            "  johwa logs shop --since 10m --grep ERROR --json",
            "  johwa logs shop --search 'level:error release:41 -timeout'",
            "  johwa logs --search 'kind:platform level:error' --since 1d",
            "  johwa logs shop --service db",
            "  johwa logs shop --until 2026-01-31T12:00:00Z --limit 50"
        })
final class LogsCommand extends AppVerb {
    private static final Pattern OF_PLATFORM = Pattern.compile("(^|\\s)kind:platform(\\s|$)");

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new lines as they come.")
    boolean follow;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "200",
            description = "The newest so many; default: 200.")
    int limit;

    @Nullable
    @Option(names = "--release", paramLabel = "N", description = "Only of this release.")
    Integer release;

    @Nullable
    @Option(names = "--since", paramLabel = "T", description = "A time (RFC 3339), or how long ago: 10m, 2h, 3d.")
    String since;

    @Nullable
    @Option(names = "--until", paramLabel = "T", description = "The same: nothing that was printed after it.")
    String until;

    @Nullable
    @Option(names = "--grep", paramLabel = "TEXT", description = "Only lines that contain this text.")
    String grep;

    @Nullable
    @Option(
            names = "--search",
            paramLabel = "TERMS",
            description = {
                "Only lines of which all of it holds: words, \"several words\", fields (level:error, status:>=500),",
                "release:41, /a regular expression/; - before any of them for what must not be. run:12 finds what a",
                "run said, kind:access requests at the edge, kind:release what became of deployments; without a name",
                "kind:platform what the platform itself warned of, for owners."
            })
    String search;

    @Nullable
    @Option(
            names = {"-p", "--process"},
            paramLabel = "P",
            description = "Only of this process, such as worker, or of this instance.")
    String process;

    @Nullable
    @Option(names = "--service", paramLabel = "SERVICE", description = "Only of this service of the compose file.")
    String service;

    LogsCommand(Session session) {
        super(session);
    }

    /// By its service where one is named.
    @Override
    AppName app() {
        var named = super.app();
        return service == null ? named : ofService(named, service);
    }

    private AppName ofService(AppName named, String wanted) {
        var apps = client().status(Optional.of(named.project())).apps().stream()
                .filter(each -> each.environment().equals(environment)
                        && !each.service().isEmpty())
                .toList();
        var services = apps.stream().map(AppList.App::service).distinct().toList();
        return apps.stream()
                .filter(each -> each.service().equals(wanted))
                .map(each -> AppName.parse(each.name()))
                .findFirst()
                .orElseThrow(() -> Problem.user(
                                "service.unknown",
                                named.project() + " has no service '" + wanted + "' in " + environment)
                        .hint(
                                services.isEmpty()
                                        ? "it is not made of a compose file; `johwa apps` lists what it is made of"
                                        : Near.question(wanted, services)
                                                .orElse("there are " + String.join(", ", services)))
                        .exception());
    }

    @Override
    public Integer call() {
        if (follow && until != null) {
            throw Problem.user("usage.until", "--until says where to end and -f goes on for ever")
                    .hint("leave one of them out")
                    .exception();
        }
        var number = release == null ? OptionalInt.empty() : OptionalInt.of(release);
        var query = new LogQuery(
                environment,
                limit,
                number,
                Optional.ofNullable(since),
                Optional.ofNullable(until),
                Optional.ofNullable(grep),
                Optional.ofNullable(search),
                Optional.ofNullable(process));
        if (follow && name == null) {
            client().followLogs(GitRemote.find(session.folder()).map(GitRemote::project), query, this::show);
            return ExitCode.DONE;
        }
        if (follow) {
            client().followLogs(app(), query, this::show);
            return ExitCode.DONE;
        }
        boolean isOfPlatform =
                name == null && search != null && OF_PLATFORM.matcher(search).find();
        var list = isOfPlatform ? client().platformLogs(query) : client().logs(app(), query);
        if (!toldAsJson(list)) {
            list.lines().forEach(this::show);
            if (list.lines().isEmpty()) {
                tellNothing(list.note());
            }
        }
        return ExitCode.DONE;
    }

    /// A silence that a wrong name makes is told apart from that of an app.
    private void tellNothing(Optional<String> note) {
        var searched = search == null ? grep : search;
        screen().progress((searched == null ? "Nothing was printed" : "No line was found for '" + searched + "'")
                + (process == null ? "" : " by '" + process + "'")
                + note.map(text -> "; " + text).orElse("."));
        if (process == null) {
            return;
        }
        var there = client().status(Optional.of(app().project())).apps().stream()
                .filter(each -> each.name().equals(app().toString())
                        && each.environment().equals(environment))
                .flatMap(each -> Stream.concat(
                        each.processes().stream().map(AppList.Process::process),
                        each.instances().stream().map(AppList.Instance::id)))
                .distinct()
                .toList();
        if (!there.contains(process) && !there.isEmpty()) {
            screen().progress(Near.question(process, there).orElse("There are " + String.join(", ", there) + "."));
        }
    }

    private void show(LogList.Line line) {
        if (json) {
            screen().line(Json.write(line));
            return;
        }
        var where = line.instance().orElse(line.tag().orElse(""));
        var words = Escapes.coloured(Escapes.lastWritten(line.text()));
        var text = line.stream().equals("err") ? screen().style(Style.YELLOW, words) : words;
        var fields = line.tag().isEmpty() || line.fields().isEmpty() ? "" : " " + Json.write(line.fields());
        screen().line(screen().style(Style.FAINT, line.at().replaceFirst("(\\.\\d{3})\\d*", "$1") + " " + where) + " "
                + text + screen().style(Style.FAINT, Escapes.coloured(fields)));
    }
}
