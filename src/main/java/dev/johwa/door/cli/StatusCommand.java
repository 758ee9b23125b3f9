package dev.johwa.door.cli;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.ReceiverList;
import dev.johwa.door.api.Road;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.text.Sizes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Shows how apps are: what is live, where, which instances run, and how their databases and folders are.",
        footer = {
            "%nExample:",
            "  johwa status shop",
            "  johwa status --json",
            "  PS1='\\w $(johwa status --prompt)\\$ '"
        })
final class StatusCommand extends RemoteVerb {
    @Nullable
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only of this project or PROJECT/APP.")
    String name;

    @Option(
            names = "--prompt",
            description = "One short line about the folder's project for a shell's prompt, and never an error.")
    boolean prompt;

    StatusCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        if (prompt) {
            new Prompt(session).tell();
            return ExitCode.DONE;
        }
        var wanted = Optional.ofNullable(name);
        var all = client().status(wanted.map(AppName::projectOf));
        var app = wanted.filter(text -> text.contains("/"));
        var apps = all.apps().stream()
                .filter(each -> app.isEmpty() || each.name().equals(app.get()))
                .toList();
        if (apps.isEmpty() && wanted.isPresent()) {
            throw AppsCommand.unknown(wanted.get(), client().status(Optional.empty()));
        }
        if (!toldAsJson(new AppList(apps, all.backup(), all.notes(), all.platform(), all.disk(), all.wrong()))) {
            AppsCommand.table(screen(), apps);
            apps.forEach(each -> tellMore(each, wanted.isPresent()));
            if (wanted.isPresent()) {
                all.wrong().forEach(this::tellWrong);
            }
            all.backup().ifPresent(this::tell);
            all.platform().ifPresent(this::tell);
            all.disk().ifPresent(use -> DiskLine.tell(screen(), use, wanted.isEmpty()));
            all.notes().forEach(note -> screen().line(screen().style(Style.RED, "! ") + note));
            tellData(apps, wanted.isPresent());
            wanted.ifPresent(named -> tellLast(AppName.projectOf(named)));
        }
        return ExitCode.DONE;
    }

    private void tell(AppList.Backup backup) {
        var when = backup.at().map(at -> "the newest of " + Times.local(at) + " in " + backup.where());
        screen().line("backup: " + when.orElse("none yet"));
        if (!backup.problem().isEmpty()) {
            screen().line("  " + screen().style(Style.RED, "! ") + backup.problem());
        }
    }

    /// Nothing where all is of one program.
    private void tell(AppList.Platform platform) {
        var edge = platform.edge();
        if (!edge.program().equals(platform.program())) {
            screen().line("johwa: the control plane is " + platform.program() + ", the edge "
                    + (edge.program().isEmpty() ? "an earlier one" : edge.program()));
        }
        edge.leaving()
                .forEach(pid -> screen().line("johwa: the edge before (pid " + pid + ") lets its connections end"));
        if (!edge.note().isEmpty()) {
            screen().line("  " + screen().style(Style.YELLOW, "! ") + edge.note());
        }
    }

    private void tellMore(AppList.App app, boolean instances) {
        app.notes().forEach(note -> screen().line("  " + screen().style(Style.YELLOW, "! ") + note));
        if (instances && !app.instances().isEmpty()) {
            screen().line("");
            screen().table(
                            List.of("INSTANCE", "PROCESS", "RELEASE", "STATE", "MEMORY", "CPU", "PID", "PORT", "SINCE"),
                            app.instances().stream().map(StatusCommand::row).toList());
        }
        if (instances) {
            app.processes().stream().filter(each -> each.restarts() > 0).forEach(this::tellRestarts);
        }
    }

    private void tellWrong(ReceiverList.Condition condition) {
        screen().line(screen().style(Style.RED, "! ") + condition.headline() + ", since "
                + Times.local(condition.begun()));
        condition.advice().forEach(this::tellNext);
        condition.link().ifPresent(link -> tellNext("more at " + link));
    }

    private void tellNext(String step) {
        screen().line("  " + screen().style(Style.FAINT, "→ ") + step);
    }

    private void tellRestarts(AppList.Process process) {
        screen().line(screen().style(Style.YELLOW, "! ") + process.process() + " ended by itself and was started again "
                + (process.restarts() == 1 ? "once" : process.restarts() + " times")
                + " in this release, the last time "
                + process.lastExitAt().map(Times::local).orElse("") + ": "
                + process.lastExit().orElse(""));
    }

    private void tellData(List<AppList.App> apps, boolean isWhole) {
        var data = apps.stream().flatMap(app -> app.data().stream()).toList();
        if (isWhole && !data.isEmpty()) {
            screen().line("");
            DataTable.show(screen(), data);
            return;
        }
        data.forEach(item -> item.problem()
                .ifPresent(text -> screen().line(
                                screen().style(Style.RED, "! ") + item.app() + " " + item.variable() + ": " + text)));
    }

    /// The road of the last change: `johwa run show` tells more of it.
    private void tellLast(String project) {
        for (var newest : client().runs(Optional.of(project), 1).runs()) {
            var run = client().run(project, newest.number());
            screen().line("");
            screen().line("last change: run " + run.number() + " " + AppsCommand.state(screen(), run.state()) + "  "
                    + run.subject() + "  (" + run.by() + " on " + run.branch()
                    + ")");
            screen().line("  " + RoadLine.of(screen(), Road.of(run, run.healthy())));
        }
    }

    private static List<String> row(AppList.Instance instance) {
        return List.of(
                instance.id(),
                instance.process(),
                Integer.toString(instance.release()),
                instance.state(),
                memory(instance),
                cpu(instance),
                instance.pid().isPresent() ? Long.toString(instance.pid().getAsLong()) : "",
                instance.port().isPresent() ? Integer.toString(instance.port().getAsInt()) : "",
                instance.startedAt().map(Times::local).orElse(""));
    }

    /// `84 MiB of 512 MiB`.
    private static String memory(AppList.Instance instance) {
        var limit = instance.memoryLimitBytes();
        return instance.memoryBytes().isEmpty()
                ? ""
                : Sizes.memory(instance.memoryBytes().getAsLong())
                        + (limit.isEmpty() ? "" : " of " + Sizes.memory(limit.getAsLong()));
    }

    /// Processor time, and how much of one processor now: `12.3 s, 4 %`.
    private static String cpu(AppList.Instance instance) {
        var now = instance.cpus();
        return instance.cpuSeconds().isEmpty()
                ? ""
                : Durations.text((long) (instance.cpuSeconds().getAsDouble() * 1000))
                        + (now.isEmpty() ? "" : ", " + Math.round(now.getAsDouble() * 100) + " %");
    }
}
