package dev.johwa.build.bill;

import dev.johwa.build.image.Images;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells what artifacts are made of, from their bytes alone. Nothing is read before somebody asks; the last few are
/// remembered. Safe for use by many threads, one of which reads at a time.
public final class Bills {
    private static final int MOST = 8;
    /// The manifest and the configuration come before the layers.
    private static final int LAYERS = 2;

    private final Images images;
    private final Map<Digest, Bill> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Bill> eldest) {
            return size() > MOST;
        }
    };

    public Bills(Images images) {
        this.images = images;
    }

    /// @throws ProblemException when the artifact is not there, or damaged
    public synchronized Bill of(Digest artifact) {
        var before = known.get(artifact);
        if (before != null) {
            return before;
        }
        var survey = new Survey();
        images.parts(artifact).stream().skip(LAYERS).forEach(layer -> read(layer, survey));
        var bill = survey.bill(artifact);
        known.put(artifact, bill);
        return bill;
    }

    private void read(Digest layer, Survey survey) {
        try {
            survey.layer(images.open(layer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
