package dev.johwa.watch.alert;

import java.util.Locale;

/// What an instance may have too little of.
enum Need {
    /// It has nearly as much as it may, for ten minutes: the kernel ends it at the limit.
    MEMORY(
            "min_over_time((johwa_instance_memory_bytes / johwa_instance_memory_limit_bytes)[10m:1m])"
                    + " and (time() - johwa_instance_start_time_seconds > 600)",
            new Bounds(0.95, 0.90),
            "memory",
            "has %s of the memory that it may have, for ten minutes: at all of it the kernel ends it",
            "limits: {memory: …}"),
    /// It had to wait in half of the tenths of a second in which it worked, for a third of a quarter of an hour.
    PROCESSORS(
            "increase(johwa_instance_cpu_throttled_periods_total[15m])"
                    + " / increase(johwa_instance_cpu_periods_total[15m])"
                    + " and (increase(johwa_instance_cpu_periods_total[15m]) > 3000)",
            new Bounds(0.50, 0.25),
            "processors",
            "had to wait in %s of the time that it worked in the last quarter of an hour, for it may use no more",
            "limits: {cpu: …}"),
    /// It has nearly as many files and connections open as it may.
    FILES(
            "min_over_time((johwa_instance_open_files / johwa_instance_open_files_limit)[5m:1m])",
            new Bounds(0.90, 0.80),
            "files",
            "has %s of the files and connections open that it may, for five minutes: what it opens beyond fails",
            "");

    private final String query;
    private final Bounds bounds;
    private final String word;
    private final String words;
    private final String setting;

    /// @param most the share from which on it is too much
    /// @param well the share at which it is well again
    private record Bounds(double most, double well) {}

    Need(String query, Bounds bounds, String word, String words, String setting) {
        this.query = query;
        this.bounds = bounds;
        this.word = word;
        this.words = words;
        this.setting = setting;
    }

    /// Asks for the share of each instance that is used enough to be looked at.
    String query() {
        return "(" + query + ") > " + bounds.well();
    }

    /// Asks for instances that use too much of it.
    String tooMuch() {
        return "(" + query + ") > " + bounds.most();
    }

    boolean isTooMuch(double share, boolean isOpen) {
        return share > (isOpen ? bounds.well() : bounds.most());
    }

    /// What the rule of Prometheus is called that says the same.
    String rule() {
        return "Johwa" + name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT) + "NearlyUsed";
    }

    String word() {
        return word;
    }

    String told(double share) {
        return told(Math.round(share * 100) + " %");
    }

    /// @param share as a person reads it
    String told(String share) {
        return String.format(Locale.ROOT, words, share);
    }

    /// The key of johwa.yaml that gives more; empty where there is none.
    String setting() {
        return setting;
    }
}
