package dev.johwa.source.compose.form;

/// Keys that say how a container runs, beside those of a service around it.
public final class ContainerKeys {
    private ContainerKeys() {}

    public static boolean has(String key) {
        return KeyTable.section("container").keys().containsKey(key);
    }
}
