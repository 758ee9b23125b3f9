package dev.johwa.lib.process;

/// Architectures of machines, in the words of Debian, Go and OCI's images.
public final class Architecture {
    private Architecture() {}

    public static String ofThisMachine() {
        return of(System.getProperty("os.arch"));
    }

    /// @param word as `uname -m` or Java says it
    public static String of(String word) {
        return switch (word) {
            case "aarch64" -> "arm64";
            case "amd64", "x86_64" -> "amd64";
            case String other -> other;
        };
    }
}
