package dev.johwa.watch.dora;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The raw rows of a window as comma-separated values (RFC 4180), for those who want to count for themselves.
final class Rows {
    private static final List<String> DEPLOYMENT_COLUMNS = List.of(
            "app",
            "environment",
            "release",
            "kind",
            "outcome",
            "role",
            "commit",
            "artifact",
            "started",
            "finished",
            "previous_release",
            "commits",
            "merges",
            "failed_by",
            "repaired_by",
            "restore_seconds");

    private final Report.Window window;
    private final List<PlaceFold> places;

    Rows(Report.Window window, List<PlaceFold> places) {
        this.window = window;
        this.places = places;
    }

    void writeDeployments(Appendable out) throws IOException {
        write(out, DEPLOYMENT_COLUMNS.stream());
        for (var row : (Iterable<Row>) inside()::iterator) {
            var failure = row.failure();
            write(
                    out,
                    Stream.of(
                            row.place().name(),
                            row.place().environment(),
                            row.release(),
                            row.kind(),
                            row.outcome(),
                            row.role().name().toLowerCase(Locale.ROOT),
                            row.commit(),
                            row.artifact(),
                            row.startedAt(),
                            row.finishedAt(),
                            row.before(),
                            row.leads().size(),
                            row.merges(),
                            failure.map(Failure::by).orElse(""),
                            failure.map(Failure::release).map(String::valueOf).orElse(""),
                            failure.flatMap(Failure::restore)
                                    .map(restore -> Long.toString(restore.toSeconds()))
                                    .orElse("")));
        }
    }

    void writeLeadTimes(Appendable out) throws IOException {
        write(out, Stream.of("app", "environment", "release", "commit", "authored", "committed", "live", "seconds"));
        for (var row : (Iterable<Row>) inside()::iterator) {
            for (var lead : row.leads()) {
                write(
                        out,
                        Stream.of(
                                row.place().name(),
                                row.place().environment(),
                                row.release(),
                                lead.commit(),
                                lead.authoredAt(),
                                lead.committedAt(),
                                row.finishedAt(),
                                lead.seconds()));
            }
        }
    }

    private Stream<Row> inside() {
        return places.stream()
                .flatMap(place -> place.rows().stream())
                .filter(row -> !row.finishedAt().isBefore(window.since()));
    }

    private static void write(Appendable out, Stream<?> cells) throws IOException {
        out.append(cells.map(cell -> cell(cell.toString())).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String cell(String text) {
        boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
