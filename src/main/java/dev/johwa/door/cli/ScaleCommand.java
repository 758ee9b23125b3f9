package dev.johwa.door.cli;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.Orders;
import dev.johwa.lib.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Changes how many instances of the processes of an app run, also to 0 and back; the counts hold for later",
            "releases too. All that are named change, or none. Without a count it tells how many run now."
        },
        footer = {"%nExample:", "  johwa scale shop 3", "  johwa scale shop web=2 worker=3", "  johwa scale shop"})
final class ScaleCommand extends AppVerb {
    @Parameters(
            index = "1",
            arity = "0..*",
            paramLabel = "[PROCESS=]N",
            description = "How many; of the process web when none is named.")
    List<String> counts = List.of();

    ScaleCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var wanted = wanted();
        if (wanted.isEmpty()) {
            tellNow();
            return ExitCode.DONE;
        }
        client().scale(app(), new Orders.Scale(environment, wanted), this::tell);
        if (!json) {
            screen().line("scaled: " + app() + " " + text(wanted));
        }
        return ExitCode.DONE;
    }

    @Override
    boolean leavesNameOut(List<String> words) {
        return super.leavesNameOut(words) || words.getFirst().matches("\\d+");
    }

    private Map<String, Integer> wanted() {
        var wanted = new LinkedHashMap<String, Integer>();
        for (var each : counts) {
            int equals = each.indexOf('=');
            var process = equals < 0 ? "web" : each.substring(0, equals);
            if (wanted.put(process, number(each.substring(equals + 1))) != null) {
                throw Problem.user("usage.twice", "the process " + process + " is named twice")
                        .hint("name it once")
                        .exception();
            }
        }
        return wanted;
    }

    private void tellNow() {
        var found = client().status(Optional.of(app().project())).apps().stream()
                .filter(each -> each.name().equals(app().toString())
                        && each.environment().equals(environment))
                .findFirst()
                .orElseThrow(() -> AppsCommand.unknown(app(), environment, client().status(Optional.empty())));
        var now = found.instances().stream()
                .filter(each -> found.release().orElse(0) == each.release())
                .collect(Collectors.groupingBy(
                        AppList.Instance::process, TreeMap::new, Collectors.summingInt(one -> 1)));
        if (!toldAsJson(Map.of("processes", now))) {
            screen().line(now.isEmpty() ? "nothing runs" : text(now));
        }
    }

    private static String text(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.user("usage.number", "'" + text + "' is no number of instances")
                    .hint("write N or PROCESS=N")
                    .exception();
        }
    }
}
