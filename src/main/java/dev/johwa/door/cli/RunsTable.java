package dev.johwa.door.cli;

import dev.johwa.door.api.RunList;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.text.Width;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs in columns, within the width of a terminal as far as branches and subjects can be shortened.
///
/// @param columns how many letters a line has room for
record RunsTable(Screen screen, int columns) {
    private static final List<String> TITLES =
            List.of("PROJECT", "RUN", "STATE", "BRANCH", "COMMIT", "TOOK", "BY", "SUBJECT");
    private static final int STATE = 2;
    private static final int BRANCH = 3;
    private static final int SUBJECT = 7;
    private static final int GAP = 2;
    private static final int LEAST_OF_A_BRANCH = 12;
    private static final int LEAST_OF_A_SUBJECT = 16;

    void tell(List<RunList.Item> runs) {
        var rows = fitted(runs.stream().map(RunsTable::row).toList());
        rows.forEach(row -> row.set(STATE, AppsCommand.state(screen, row.get(STATE))));
        screen.table(TITLES, rows);
    }

    private List<List<String>> fitted(List<List<String>> rows) {
        int taken = GAP * (TITLES.size() - 1);
        for (int i = 0; i < TITLES.size(); i++) {
            taken += i == BRANCH || i == SUBJECT ? 0 : width(rows, i);
        }
        int room = Math.max(0, columns - taken);
        int branch = Math.max(LEAST_OF_A_BRANCH, room - Math.min(LEAST_OF_A_SUBJECT, width(rows, SUBJECT)));
        rows.forEach(row -> row.set(BRANCH, Width.middle(row.get(BRANCH), branch)));
        int subject = Math.max(1, room - width(rows, BRANCH));
        rows.forEach(row -> row.set(SUBJECT, Width.cut(row.get(SUBJECT), subject)));
        return rows;
    }

    private static int width(List<List<String>> rows, int column) {
        int longest =
                rows.stream().mapToInt(row -> Width.of(row.get(column))).max().orElse(0);
        return Math.max(longest, TITLES.get(column).length());
    }

    private static List<String> row(RunList.Item run) {
        return new ArrayList<>(List.of(
                run.project(),
                Integer.toString(run.number()),
                run.state(),
                run.branch(),
                run.commit().substring(0, Math.min(8, run.commit().length())),
                took(run),
                run.by(),
                run.subject()));
    }

    static String took(RunList.Item run) {
        if (run.startedAt().isEmpty() || run.finishedAt().isEmpty()) {
            return "-";
        }
        return Durations.text(
                Duration.between(run.startedAt().get(), run.finishedAt().get()).toMillis());
    }
}
