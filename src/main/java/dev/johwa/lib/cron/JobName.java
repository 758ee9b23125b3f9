package dev.johwa.lib.cron;

/// Names of jobs whose files give them none.
public final class JobName {
    private static final int LONGEST = 30;

    private JobName() {}

    /// By what runs: `node-clean-js`.
    public static String of(String command) {
        var plain = command.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return plain.isEmpty()
                ? "job"
                : plain.substring(0, Math.min(LONGEST, plain.length())).replaceAll("-+$", "");
    }
}
