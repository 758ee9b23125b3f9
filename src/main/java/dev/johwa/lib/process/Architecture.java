package dev.johwa.lib.process;

import java.nio.file.Files;
import java.nio.file.Path;

/// Architectures of machines, in the words of Debian, Go and OCI's images.
public final class Architecture {
    private static final Path EMULATORS = Path.of("/proc/sys/fs/binfmt_misc");

    private Architecture() {}

    public static String ofThisMachine() {
        return of(System.getProperty("os.arch"));
    }

    /// Whether this machine runs programs of an architecture: its own, a shorter one of its family, or one that its
    /// kernel hands to an emulator.
    ///
    /// @param said as an image says it, whatever that is
    public static boolean runs(String said) {
        var own = ofThisMachine();
        var architecture = of(said);
        boolean isOfFamily =
                own.equals("amd64") && architecture.equals("386") || own.equals("arm64") && architecture.equals("arm");
        return architecture.equals(own)
                || isOfFamily
                || architecture.matches("\\w+") && Files.exists(EMULATORS.resolve("qemu-" + kernels(architecture)));
    }

    /// As the kernel has it.
    private static String kernels(String architecture) {
        return switch (architecture) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            case "386" -> "i386";
            case String other -> other;
        };
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
