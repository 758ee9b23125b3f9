package dev.johwa.door.cli;

import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.text.Escapes;
import dev.johwa.lib.text.Sizes;
import dev.johwa.lib.text.Width;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Rows of apps in as many columns as there is room for.
///
/// @param columns how many letters a line has room for
record TopTable(Screen screen, int columns) {
    private static final double MANY_ERRORS = 0.01;
    private static final int GAP = 2;

    /// In the order in which they stand.
    private enum Column {
        APP("APP"),
        RELEASE("RELEASE"),
        STATE("STATE"),
        REQUESTS("REQ/S"),
        ERRORS("ERR %"),
        TIME("95 %"),
        CORES("CORES"),
        MEMORY("MEMORY"),
        INSTANCES("INST"),
        BUDGET("BUDGET"),
        HAPPENING("HAPPENING");

        private final String title;

        Column(String title) {
            this.title = title;
        }
    }

    /// What goes first where there is no room.
    private static final List<Column> SPARED = List.of(
            Column.INSTANCES,
            Column.MEMORY,
            Column.CORES,
            Column.BUDGET,
            Column.RELEASE,
            Column.HAPPENING,
            Column.TIME);

    private record Cell(String text, Optional<Style> style) {
        static Cell of(String text) {
            return new Cell(text, Optional.empty());
        }
    }

    /// The titles, then a line for each row.
    List<String> lines(List<TopRow> rows) {
        var cells = rows.stream().map(TopTable::cells).toList();
        var shown = EnumSet.allOf(Column.class);
        if (rows.stream().allMatch(row -> row.happening().isEmpty())) {
            shown.remove(Column.HAPPENING);
        }
        for (var spared : SPARED) {
            if (width(shown, cells, Column.HAPPENING) > columns) {
                shown.remove(spared);
            }
        }
        var lines = new ArrayList<String>();
        var titles = new ArrayList<Cell>();
        for (var column : Column.values()) {
            titles.add(new Cell(column.title, Optional.of(Style.FAINT)));
        }
        lines.add(line(titles, shown, cells));
        cells.forEach(row -> lines.add(line(row, shown, cells)));
        return lines;
    }

    private static List<Cell> cells(TopRow row) {
        return List.of(
                Cell.of(Escapes.plain(InEnvironment.shown(row.name(), row.environment()))),
                Cell.of(
                        row.release().isPresent()
                                ? Integer.toString(row.release().getAsInt())
                                : "-"),
                new Cell(Escapes.plain(row.state()), state(row.state())),
                Cell.of(number(row.requestsPerSecond())),
                new Cell(
                        number(100 * row.errorRatio()),
                        row.errorRatio() >= MANY_ERRORS ? Optional.of(Style.RED) : Optional.empty()),
                Cell.of(row.p95Seconds().map(TopTable::time).orElse("-")),
                Cell.of(number(row.cores())),
                Cell.of(Sizes.memory(Math.round(row.memoryBytes()))),
                Cell.of(Integer.toString(row.instances())),
                budget(row),
                new Cell(Escapes.plain(String.join("; ", row.happening())), Optional.of(Style.YELLOW)));
    }

    private static Optional<Style> state(String state) {
        return switch (state) {
            case "live" -> Optional.of(Style.GREEN);
            case "failed" -> Optional.of(Style.RED);
            case "deploying" -> Optional.of(Style.YELLOW);
            default -> Optional.of(Style.FAINT);
        };
    }

    private static Cell budget(TopRow row) {
        if (row.budgetLeft().isEmpty()) {
            return Cell.of("-");
        }
        long left = row.budgetLeft().getAsLong();
        var text = (left < 0 ? "missed" : left + " left")
                + row.burning().map(rate -> ", " + number(rate) + " x").orElse("");
        boolean isBad = left < 0 || row.burning().isPresent();
        return new Cell(text, isBad ? Optional.of(Style.RED) : Optional.empty());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 || value == 0 ? "%.1f" : "%.2f", value);
    }

    private static String time(double seconds) {
        return seconds < 1 ? Math.round(seconds * 1000) + " ms" : number(seconds) + " s";
    }

    /// @param open a column that takes what is left
    private static int width(Set<Column> shown, List<List<Cell>> rows, Column open) {
        int width = 0;
        for (var column : shown) {
            width += (column == open ? column.title.length() : width(column, rows)) + GAP;
        }
        return width - GAP;
    }

    private static int width(Column column, List<List<Cell>> rows) {
        return rows.stream()
                .mapToInt(row -> Width.of(row.get(column.ordinal()).text()))
                .reduce(column.title.length(), Math::max);
    }

    private String line(List<Cell> row, Set<Column> shown, List<List<Cell>> all) {
        var line = new StringBuilder();
        int used = 0;
        for (var column : shown) {
            var cell = row.get(column.ordinal());
            int room = Math.max(0, columns - used);
            int wanted = column == Column.HAPPENING ? Width.of(cell.text()) : width(column, all);
            var text = Width.cut(cell.text(), Math.min(wanted, room));
            var styled = cell.style().map(style -> screen.style(style, text)).orElse(text);
            line.append(styled).append(" ".repeat(Math.max(0, Math.min(wanted + GAP, room) - Width.of(text))));
            used += wanted + GAP;
        }
        return line.toString().stripTrailing();
    }
}
