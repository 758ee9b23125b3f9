package dev.johwa.build.bill;

import java.util.ArrayList;
import java.util.List;

/// What one file of an artifact tells. Used by one thread.
final class Finding {
    /// Of one file; what is more is left out with a warning.
    private static final int MOST = 50_000;
    /// Of a name or a version: whoever compares them later reads all of it.
    private static final int LONGEST = 1_000;

    private final List<Component> components = new ArrayList<>();
    private boolean isFull;

    void add(Component component) {
        if (component.name().length() > LONGEST || component.version().length() > LONGEST) {
            return;
        }
        if (components.size() < MOST) {
            components.add(component);
        } else {
            isFull = true;
        }
    }

    void add(Ecosystem ecosystem, String name, String version) {
        if (!name.isBlank()) {
            add(Component.of(ecosystem, name, version));
        }
    }

    List<Component> components() {
        return components;
    }

    boolean isFull() {
        return isFull;
    }
}
