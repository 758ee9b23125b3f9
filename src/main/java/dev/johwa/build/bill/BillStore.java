package dev.johwa.build.bill;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Bills that were made, by artifact: they can be made again, so that whatever is wrong with one means that there is
/// none. Another program reads artifacts in another way, so its bills are not ours. Used by one thread.
///
/// @param folder of this program's; those beside it are of others
record BillStore(Path folder) {
    private static final int MOST = 2_000;

    /// Once, before anything is kept.
    void clear() {
        Whole.clear(folder);
    }

    Optional<Bill> find(Digest artifact) {
        try (var in = new GZIPInputStream(Files.newInputStream(file(artifact)))) {
            return Optional.of(Json.read(in, Bill.class))
                    .filter(bill -> bill.artifact().equals(artifact));
        } catch (IOException | ProblemException e) {
            return Optional.empty();
        }
    }

    private Path file(Digest artifact) {
        return folder.resolve(artifact.hex() + ".json.gz");
    }

    boolean has(Digest artifact) {
        return Files.exists(file(artifact));
    }

    void keep(Bill bill) throws IOException {
        if (!Files.exists(folder)) {
            var above = folder.resolveSibling(".").normalize();
            Trees.delete(above);
            Files.createDirectories(folder);
        }
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            packed.write(Json.bytes(bill));
        }
        Whole.write(file(bill.artifact()), bytes.toByteArray());
        var all = Trees.children(folder);
        all.stream()
                .sorted(Comparator.comparingLong(Trees::modifiedAt))
                .limit(Math.max(0, all.size() - MOST))
                .forEach(Trees::delete);
    }
}
