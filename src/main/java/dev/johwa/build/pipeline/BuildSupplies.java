package dev.johwa.build.pipeline;

import dev.johwa.build.container.ImageOrder.Supplies;
import dev.johwa.source.config.Values;
import dev.johwa.source.detect.Detection.Container;
import dev.johwa.source.dockerfile.Dockerfile;
import dev.johwa.source.dockerfile.ImageDescription.Base;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;

/// What the image of an app may take beside its files.
///
/// A step gets the secrets that it asks for by name, of those that the environment has to which the commit goes. A
/// stranger's change, which goes to none, gets no secret.
record BuildSupplies(Job job, Container container, Values values, Trust trust) {
    Supplies of(Path folder) {
        var file = Dockerfile.read(container.file(), bytes(folder.resolve(container.file())), container.arguments());
        var bases = new LinkedHashSet<String>();
        file.describe(container.stage()).bases().stream().map(Base::reference).forEach(bases::add);
        if (container.tested()) {
            file.describe(Optional.of(Container.TEST)).bases().stream()
                    .map(Base::reference)
                    .forEach(bases::add);
        }
        return new Supplies(bases.stream().toList(), secrets(file));
    }

    private Map<String, String> secrets(Dockerfile file) {
        var asked = file.secrets();
        if (asked.isEmpty() || trust.isForeign()) {
            return Map.of();
        }
        var scope = new Values.Scope(job.run().project(), job.app(), trust.name());
        var known = new HashMap<>(values.revealSecrets(scope, Long.MAX_VALUE));
        known.keySet().retainAll(asked);
        return known;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
