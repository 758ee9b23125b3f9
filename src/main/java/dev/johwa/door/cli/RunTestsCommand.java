package dev.johwa.door.cli;

import dev.johwa.door.api.TestList;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.clock.Durations;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = "Lists the tests of a run, failed ones first and in full.",
        footer = {"%nExample:", "  johwa run tests shop 12 --failed", "  johwa run tests --slowest 10"})
final class RunTestsCommand extends RunVerb {
    private static final int MOST_MESSAGE_LINES = 12;

    @Option(names = "--failed", description = "Only those that failed.")
    boolean failed;

    @Nullable
    @Option(names = "--slowest", paramLabel = "N", description = "So many that took longest.")
    Integer slowest;

    RunTestsCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var project = project();
        int number = number();
        var list = client().tests(
                        project, number, failed, slowest == null ? OptionalInt.empty() : OptionalInt.of(slowest));
        if (toldAsJson(list)) {
            return ExitCode.DONE;
        }
        if (list.apps().isEmpty()) {
            screen().line("No tests are kept of run " + number + " of " + project
                    + ": it ran none, or reused what passed before; johwa run show " + project + " " + number);
            return ExitCode.DONE;
        }
        list.apps().forEach(app -> screen().line(sum(app)));
        list.tests().stream().filter(RunTestsCommand::isFailed).forEach(this::failure);
        var others = list.tests().stream().filter(test -> !isFailed(test)).toList();
        if (!others.isEmpty()) {
            screen().line("");
            screen().table(
                            List.of("OUTCOME", "TOOK", "TEST"),
                            others.stream().map(this::row).toList());
        }
        return ExitCode.DONE;
    }

    private static boolean isFailed(TestList.Item test) {
        return test.outcome().equals("failed");
    }

    private static String sum(TestList.Sum app) {
        return app.app() + ": " + (app.run() - app.failed()) + " passed"
                + (app.failed() == 0 ? "" : ", " + app.failed() + " failed")
                + (app.skipped() == 0 ? "" : ", " + app.skipped() + " skipped")
                + " in " + Durations.text(app.millis());
    }

    private void failure(TestList.Item test) {
        screen().line("");
        screen().line(screen().style(Style.RED, test.name())
                + test.file()
                        .map(file -> "  (" + file
                                + test.line().map(line -> ":" + line).orElse("") + ")")
                        .orElse("")
                + (test.note().isEmpty() ? "" : "  " + test.note()));
        test.message().lines().limit(MOST_MESSAGE_LINES).forEach(line -> screen().line("  " + line));
    }

    private List<String> row(TestList.Item test) {
        return List.of(
                AppsCommand.state(screen(), test.outcome()),
                test.millis().map(Durations::text).orElse("-"),
                test.name() + (test.note().isEmpty() ? "" : "  " + test.note()));
    }
}
