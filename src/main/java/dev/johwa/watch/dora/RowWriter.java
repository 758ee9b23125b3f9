package dev.johwa.watch.dora;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Writes rows field by field; [RowReader] reads them in the same order.
final class RowWriter {
    private final DataOutputStream out;

    RowWriter(DataOutputStream out) {
        this.out = out;
    }

    void write(Collection<PlaceFold> places) throws IOException {
        out.writeInt(places.size());
        for (var place : places) {
            text(place.place().project());
            text(place.place().app());
            text(place.place().environment());
            out.writeInt(place.rows().size());
            for (var row : place.rows()) {
                row(row);
            }
        }
    }

    private void row(Row row) throws IOException {
        out.writeInt(row.release());
        out.writeInt(row.before());
        out.writeByte(row.role().ordinal());
        text(row.commit());
        text(row.artifact());
        text(row.kind());
        text(row.outcome());
        instant(row.startedAt());
        instant(row.finishedAt());
        out.writeInt(row.merges());
        out.writeInt(row.leads().size());
        for (var lead : row.leads()) {
            text(lead.commit());
            instant(lead.committedAt());
            instant(lead.authoredAt());
            out.writeLong(lead.seconds());
        }
        texts(row.quiet());
        out.writeBoolean(row.failure().isPresent());
        if (row.failure().isPresent()) {
            failure(row.failure().get());
        }
    }

    private void failure(Failure failure) throws IOException {
        text(failure.by());
        text(failure.commit());
        out.writeInt(failure.release());
        var restore = failure.restore();
        out.writeBoolean(restore.isPresent());
        out.writeLong(restore.orElse(Duration.ZERO).getSeconds());
        out.writeInt(restore.orElse(Duration.ZERO).getNano());
        out.writeInt(failure.suspects().size());
        for (int suspect : failure.suspects()) {
            out.writeInt(suspect);
        }
    }

    private void instant(Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private void texts(List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (var each : texts) {
            text(each);
        }
    }

    private void text(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
