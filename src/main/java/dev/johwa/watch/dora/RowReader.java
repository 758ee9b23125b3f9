package dev.johwa.watch.dora;

import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.watch.dora.Row.Role;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what [RowWriter] wrote.
final class RowReader {
    private static final Role[] ROLES = Role.values();

    private final ByteBuffer in;
    /// The few texts that stand in many rows.
    private final Map<String, String> common = new HashMap<>();

    RowReader(ByteBuffer in) {
        this.in = in;
    }

    List<PlaceFold> places() {
        int count = in.getInt();
        var places = new ArrayList<PlaceFold>();
        for (int i = 0; i < count; i++) {
            var place = new Place(text(), text(), text());
            int size = in.getInt();
            var rows = new ArrayList<Row>(Math.min(size, in.remaining()));
            for (int j = 0; j < size; j++) {
                rows.add(row(place));
            }
            places.add(new PlaceFold(place, rows));
        }
        return places;
    }

    private Row row(Place place) {
        int release = in.getInt();
        int before = in.getInt();
        var role = ROLES[in.get()];
        var row = new Row(place, fact(place, release, before), role);
        row.addMerges(in.getInt());
        for (int i = in.getInt(); i > 0; i--) {
            row.leads().add(new Row.Lead(text(), instant(), instant(), in.getLong()));
        }
        for (int i = in.getInt(); i > 0; i--) {
            row.addQuiet(text());
        }
        if (in.get() != 0) {
            row.fail(failure());
        }
        return row;
    }

    /// As far as a row keeps it.
    private DeploymentFinished fact(Place place, int release, int before) {
        var commit = text();
        var artifact = text();
        return new DeploymentFinished(
                place.project(),
                place.app(),
                place.environment(),
                release,
                commit,
                artifact,
                common(),
                common(),
                "",
                instant(),
                instant(),
                before,
                "",
                List.of(),
                false);
    }

    private Failure failure() {
        var by = common();
        var commit = text();
        int release = in.getInt();
        boolean isRepaired = in.get() != 0;
        var restore = Duration.ofSeconds(in.getLong(), in.getInt());
        var suspects = new ArrayList<Integer>();
        for (int i = in.getInt(); i > 0; i--) {
            suspects.add(in.getInt());
        }
        return new Failure(by, commit, release, Optional.of(restore).filter(_ -> isRepaired), List.copyOf(suspects));
    }

    private Instant instant() {
        return Instant.ofEpochSecond(in.getLong(), in.getInt());
    }

    private String common() {
        return common.computeIfAbsent(text(), text -> text);
    }

    private String text() {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
