package dev.johwa.build.bill;

import dev.johwa.build.image.Images;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what artifacts are made of, from their bytes alone. Nothing is read before somebody asks, and then once: what
/// was found is kept in a folder. Safe for use by many threads, one of which reads at a time.
public final class Bills {
    private static final Logger LOG = LoggerFactory.getLogger(Bills.class);
    private static final int MOST = 8;
    /// The manifest and the configuration come before the layers.
    private static final int LAYERS = 2;

    private final Images images;
    private final BillStore store;
    private final Map<Digest, Bill> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Bill> eldest) {
            return size() > MOST;
        }
    };

    /// @param folder where bills are kept that this program made; the folder above it has nothing else
    public Bills(Images images, Path folder) {
        this.images = images;
        this.store = new BillStore(folder);
        clear();
    }

    private void clear() {
        try {
            store.clear();
        } catch (UncheckedIOException e) {
            LOG.warn("a part of a bill stays: {}", e.toString());
        }
    }

    /// Where the artifacts lie.
    public Images images() {
        return images;
    }

    /// Whether it was made already.
    public boolean has(Digest artifact) {
        return store.has(artifact);
    }

    /// @throws ProblemException when the artifact is not there, or damaged
    public synchronized Bill of(Digest artifact) {
        var before = known.get(artifact);
        if (before != null) {
            return before;
        }
        var bill = store.find(artifact).orElseGet(() -> made(artifact));
        known.put(artifact, bill);
        return bill;
    }

    private Bill made(Digest artifact) {
        var survey = new Survey();
        images.parts(artifact).stream().skip(LAYERS).forEach(layer -> read(layer, survey));
        var bill = survey.bill(artifact);
        try {
            store.keep(bill);
        } catch (IOException | UncheckedIOException e) {
            // It is told all the same, and made again when somebody asks again.
            LOG.warn("the bill of {} is not kept: {}", artifact.shortened(), e.toString());
        }
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
