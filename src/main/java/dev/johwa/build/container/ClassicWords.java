package dev.johwa.build.container;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Hears the lines of the engine's classic builder. Used by one thread.
final class ClassicWords {
    private static final Pattern STEP = Pattern.compile("Step \\d+/\\d+ : .*");
    private static final Pattern CACHED = Pattern.compile(" *---> Using cache");
    /// What the builder says of itself.
    private static final Pattern OWN = Pattern.compile(" *---> .*|Removing intermediate container .*");

    private final Consumer<BuildWord> words;
    private String step = "";
    /// Whether it is told when it is known that it is not as before.
    private boolean isPending;

    ClassicWords(Consumer<BuildWord> words) {
        this.words = words;
    }

    void hear(String line) {
        if (STEP.matcher(line).matches()) {
            end(false);
            step = line;
            isPending = true;
        } else if (isPending && CACHED.matcher(line).matches()) {
            begin(true);
        } else {
            begin(false);
            if (!OWN.matcher(line).matches()) {
                words.accept(new BuildWord.Line(step, line));
            }
        }
    }

    private void begin(boolean isCached) {
        if (isPending) {
            isPending = false;
            words.accept(new BuildWord.Step(step, isCached));
        }
    }

    /// The last step is over.
    void end(boolean isFailed) {
        begin(false);
        if (!step.isEmpty()) {
            words.accept(new BuildWord.Ended(step, isFailed));
            step = "";
        }
    }

    /// What the last step is: `RUN npm ci`.
    String doing() {
        return step.replaceFirst("Step \\S+ : ", "");
    }
}
