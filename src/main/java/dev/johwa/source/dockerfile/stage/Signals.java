package dev.johwa.source.dockerfile.stage;

import java.util.Locale;
import java.util.Set;

/// Signals that STOPSIGNAL may name; of numbers BuildKit takes any but 0.
final class Signals {
    private static final Set<String> NAMES = Set.of(
            "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE",
            "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU",
            "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX");

    private Signals() {}

    static boolean isOne(String text) {
        if (text.matches("[+-]?[0-9]{1,9}")) {
            return Integer.parseInt(text) != 0;
        }
        var name = text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        return NAMES.contains(name) || name.matches("RTMIN\\+([1-9]|1[0-5])|RTMAX-([1-9]|1[0-4])");
    }
}
