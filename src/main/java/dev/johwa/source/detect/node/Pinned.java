package dev.johwa.source.detect.node;

/// Which version of an installer reads a lock file, where the project does not say.
final class Pinned {
    private Pinned() {}

    /// The version to fetch.
    ///
    /// @param form of the lock file, or empty
    static String version(Installer installer, String form) {
        return switch (installer) {
            case NPM -> "10.9.4";
            case BUN -> "1.4.5";
            case YARN -> "1.22.22";
            case PNPM ->
                switch (form) {
                    case "5" -> "7.33.7";
                    case "6", "7" -> "8.15.9";
                    case String _ -> "10.34.9";
                };
            case BERRY ->
                switch (form) {
                    case "4", "5" -> "2.4.3";
                    case "6", "7" -> "3.8.7";
                    // An older form is brought up to date by each newer one, which `--immutable` forbids.
                    case "8" -> "4.13.0";
                    case "9" -> "4.14.1";
                    case String _ -> "4.18.1";
                };
        };
    }

    /// The versions that do as well when one of them is at hand.
    static String line(Installer installer, String form) {
        var version = version(installer, form);
        return installer == Installer.BERRY ? version : version.substring(0, version.indexOf('.'));
    }
}
