package dev.johwa.build.container;

import dev.johwa.build.container.Inbox.Way;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The way of an image from our registry into the engine. It begins as soon as the registry has the image, while the
/// builder still writes down what it did. Used by one thread.
final class Delivery implements AutoCloseable {
    private final ImageParts parts;
    private final Way way;
    private final Cancel cancel;
    private final Tasks tasks = new Tasks();
    private Optional<Begun> begun = Optional.empty();

    Delivery(ImageParts parts, Way way, Cancel cancel) {
        this.parts = parts;
        this.way = way;
        this.cancel = cancel;
    }

    private record Begun(String reference, CompletableFuture<Boolean> pull) {}

    /// Once for each build: what is told later is not ahead of anything.
    void begin(Digest manifest) {
        if (begun.isEmpty()) {
            var reference = reference(manifest);
            begun = Optional.of(new Begun(reference, tasks.call("delivery", () -> isPulled(reference))));
        }
    }

    private boolean isPulled(String reference) {
        try {
            pull(reference);
            return true;
        } catch (ProblemException e) {
            // The one who waits for it tries again and tells.
            return false;
        }
    }

    /// Waits until the engine has it, for as long as this is open: without another name it then drops it.
    void end(Digest manifest) {
        var reference = reference(manifest);
        boolean isThere = begun.filter(early -> early.reference().equals(reference))
                .filter(early -> Tasks.answer(early.pull()))
                .isPresent();
        if (!isThere) {
            close();
            pull(reference);
            begun = Optional.of(new Begun(reference, CompletableFuture.completedFuture(true)));
        }
    }

    private void pull(String reference) {
        parts.engine().get().images().pull(reference, Optional.of(way.credential()), line -> {}, cancel);
    }

    private String reference(Digest manifest) {
        return way.repository() + "@" + manifest.text();
    }

    /// Takes the name away under which the engine has it, also when nobody wants it any more.
    @Override
    public void close() {
        begun.filter(early -> Tasks.answer(early.pull()))
                .ifPresent(early -> parts.engine().get().images().remove(early.reference()));
        tasks.close();
    }
}
