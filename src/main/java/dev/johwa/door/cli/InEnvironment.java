package dev.johwa.door.cli;

/// An environment behind the name of an app; the usual one, production, is not said.
final class InEnvironment {
    private static final String USUAL = "production";

    private InEnvironment() {}

    /// For a person: `shop (staging)`.
    static String shown(String app, String environment) {
        return environment.equals(USUAL) ? app : app + " (" + environment + ")";
    }

    /// As words of a command: `shop -e staging`.
    static String words(String app, String environment) {
        return environment.equals(USUAL) ? app : app + " -e " + environment;
    }
}
