package dev.johwa.lib.process;

import dev.johwa.lib.text.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Spells how a program is started: session, groups, sandbox, user, environment, program; each a word of argv.
final class Wrapper {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String WRAPPER = Resource.text(Wrapper.class, "wrapper.sh");
    private static final String ENTER = Resource.text(Wrapper.class, "enter.sh");

    private Wrapper() {}

    /// The standard input of a program, which is never ours.
    enum Input {
        /// It ends at once, so that what asks a person goes on.
        ENDED,
        /// It never ends, and nothing comes.
        OPEN
    }

    /// @param groups folders of control groups that it enters
    /// @param prefix what comes before the program: a sandbox, a change of user
    static List<String> argv(Command command, Path folder, Input input, List<Path> groups, List<String> prefix) {
        var argv = new ArrayList<>(List.of("/usr/bin/setsid", "/bin/sh", "-c", WRAPPER, "johwa-wrapper"));
        argv.add(folder.toString());
        argv.add(input.name().toLowerCase(Locale.ROOT));
        argv.add(String.valueOf(groups.size()));
        groups.forEach(group -> argv.add(group.resolve("cgroup.procs").toString()));
        argv.addAll(prefix);
        argv.addAll(List.of("/bin/sh", "-c", ENTER, "johwa-enter"));
        argv.add(command.folder().toString());
        argv.addAll(command.argv());
        return argv;
    }

    /// The environment of the wrapper: the program's values under names without meaning.
    static Map<String, String> environment(Map<String, String> values) {
        var environment = new HashMap<String, String>();
        var names = new ArrayList<String>();
        values.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is no name of an environment value");
            }
            environment.put("JOHWA_VALUE_" + names.size(), value);
            names.add(name);
        });
        environment.put("JOHWA_NAMES", String.join(" ", names));
        environment.put("PATH", "/usr/bin:/bin");
        return environment;
    }
}
