package dev.johwa.watch.log.outline;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Looks for the longest text that an outline always has.
final class Plain {
    private static final int SHORTEST = 2;

    private final ByteArrayOutputStream run = new ByteArrayOutputStream();
    private byte[] longest = new byte[0];

    Optional<String> of(Outline outline) {
        add(outline);
        end();
        return longest.length < SHORTEST ? Optional.empty() : Optional.of(new String(longest, StandardCharsets.UTF_8));
    }

    private void add(Outline outline) {
        switch (outline) {
            case Outline.Bytes bytes -> {
                if (bytes.set().cardinality() == 1) {
                    run.write(bytes.set().nextSetBit(0));
                } else {
                    end();
                }
            }
            case Outline.Sequence sequence -> sequence.parts().forEach(this::add);
            case Outline.Choice _ -> end();
            case Outline.Repeat repeat -> repeated(repeat);
        }
    }

    private void repeated(Outline.Repeat repeat) {
        for (int i = 0; i < repeat.least(); i++) {
            add(repeat.part());
        }
        if (repeat.most() != repeat.least()) {
            end();
        }
    }

    private void end() {
        if (run.size() > longest.length) {
            longest = run.toByteArray();
        }
        run.reset();
    }
}
