package dev.johwa.main.doctor;

import dev.johwa.build.registry.Registry;
import dev.johwa.source.git.Progress;

/// Whether what repositories of the registry hold can be pulled.
final class RegistryLook extends Look {
    private final Registry registry;
    private final Damage damage;

    RegistryLook(Registry registry, Damage damage) {
        super("registry");
        this.registry = registry;
        this.damage = damage;
    }

    @Override
    String through(Progress progress) {
        for (var missing : registry.missing(damage.blobs())) {
            broken(
                    missing.what(),
                    "its bytes (blob " + missing.blob().shortened() + ") are missing or damaged",
                    "images that need it cannot be pulled",
                    "push the image again: what is there already is not sent");
        }
        return counted(registry.repositories().size(), "repository", "repositories") + " of images";
    }
}
