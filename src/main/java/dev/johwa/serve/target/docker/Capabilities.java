package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.Image;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What a container may do beyond what any program may (capabilities(7)).
final class Capabilities {
    /// In its Dockerfile an image asks for more: `LABEL dev.johwa.capabilities="NET_RAW SYS_CHROOT"`.
    static final String LABEL = "dev.johwa.capabilities";

    /// By these images that start as root give up being root: they hand folders over and switch users; and they stop
    /// what runs as another, and listen below 1024.
    private static final List<String> GIVEN =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID");
    /// What Docker gives anybody, and no more: with another one a container could be the machine's root.
    private static final Set<String> ASKABLE =
            Set.of("AUDIT_WRITE", "FSETID", "NET_RAW", "SETFCAP", "SETPCAP", "SYS_CHROOT");

    private Capabilities() {}

    /// @param others that a compose file asks for
    static List<String> of(Image image, List<String> others) {
        var all = new TreeSet<>(GIVEN);
        for (var word : image.labels().getOrDefault(LABEL, "").split("[,\\s]+")) {
            var name = word.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
            if (!name.isEmpty() && !all.contains(name)) {
                requireAskable(name);
                all.add(name);
            }
        }
        for (var name : others) {
            if (all.add(name)) {
                requireAskable(name);
            }
        }
        return List.copyOf(all);
    }

    private static void requireAskable(String name) {
        if (!ASKABLE.contains(name)) {
            throw Problem.user(
                            "container.capability",
                            "the image asks for the capability " + name + " (label " + LABEL
                                    + "), which no app is given")
                    .hint(Near.question(name, List.copyOf(ASKABLE))
                            .orElse("an app may ask for " + String.join(", ", new TreeSet<>(ASKABLE))))
                    .exception();
        }
    }
}
