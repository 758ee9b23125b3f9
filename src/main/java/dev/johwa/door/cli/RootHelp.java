package dev.johwa.door.cli;

import java.util.List;

/// What `johwa --help` says: the verbs in their groups.
final class RootHelp {
    private RootHelp() {}

    static String text(List<Verb> all, Screen screen) {
        var verbs = all.stream().filter(Verb::isForPeople).toList();
        var help = new StringBuilder("Johwa: push code; it is tested, shipped and watched.\n\n"
                + "Usage: johwa [-C DIR] [--server URL] [--token TOKEN] COMMAND …\n");
        int widest = verbs.stream().mapToInt(verb -> verb.name().length()).max().orElse(0);
        for (var group : Group.values()) {
            var members = verbs.stream().filter(verb -> verb.group() == group).toList();
            if (members.isEmpty()) {
                continue;
            }
            help.append('\n')
                    .append(screen.style(Screen.Style.BOLD, group.title()))
                    .append('\n');
            for (var verb : members) {
                var gap = " ".repeat(widest - verb.name().length() + 2);
                help.append("  ")
                        .append(screen.style(Screen.Style.CYAN, verb.name()))
                        .append(gap)
                        .append(verb.summary())
                        .append('\n');
            }
        }
        return help.append("""

                        Everywhere
                          -C DIR         as if started in that folder
                          --server URL   instead of JOHWA_URL, the remote named johwa, or the login
                          --token TOKEN  instead of JOHWA_TOKEN, the remote's, or the login's
                          --json         one JSON document on standard output, for programs

                        johwa COMMAND --help tells more of one, with an example.
                        """).toString();
    }
}
