package dev.johwa.lib.process;

import dev.johwa.lib.process.Confinement.Limits;
import java.util.ArrayList;
import java.util.List;

/// Limits of each single process (setrlimit(2)), for what no control group bounds.
final class Rlimits {
    private Rlimits() {}

    /// The words before a program that set its limits.
    ///
    /// @param version who keeps the other limits; where no control group does, memory is bounded by the data
    ///     segment (a limit of the address space would refuse what runtimes only reserve)
    /// @param ownAccount whether the program has an account that nobody else counts processes on
    static List<String> prefix(Limits limits, Cgroups.Version version, boolean ownAccount) {
        var words = new ArrayList<String>();
        limits.fileBytes().ifPresent(bytes -> words.add("--fsize=" + bytes));
        if (version == Cgroups.Version.RLIMIT) {
            limits.memoryBytes().ifPresent(bytes -> words.add("--data=" + bytes));
            if (ownAccount) {
                limits.processes().ifPresent(count -> words.add("--nproc=" + count));
            }
        }
        if (!words.isEmpty()) {
            words.addFirst("prlimit");
            words.add("--");
        }
        return words;
    }
}
