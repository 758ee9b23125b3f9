package dev.johwa.lib.process;

import dev.johwa.lib.text.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Spells how a program is started: session, groups, sandbox, user, environment, program; each a word of argv.
final class Wrapper {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String WRAPPER = Resource.text(Wrapper.class, "wrapper.sh");
    /// What the keys of a terminal send is ignored by what stands around the program, and it would inherit that.
    private static final List<String> SIGNALS_BACK = List.of("/usr/bin/env", "--default-signal=INT,QUIT,TSTP");
    private static final String ENTER = Resource.text(Wrapper.class, "enter.sh");

    private Wrapper() {}

    /// Where a program's input comes from, which is never ours, and its output goes.
    ///
    /// @param word as the wrapper has it
    record Input(String word) {
        /// It ends at once, so that what asks a person goes on; output into files.
        static final Input ENDED = new Input("ended");
        /// It never ends, and nothing comes; output into files.
        static final Input OPEN = new Input("open");
        /// Pipes whose other ends we hold.
        static final Input HELD = new Input("held");

        /// @param slave the file of a terminal, which becomes that of the program's session
        static Input terminal(String slave) {
            return new Input(slave);
        }

        private boolean isTerminal() {
            return word.startsWith("/");
        }
    }

    /// @param groups folders of control groups that it enters
    /// @param prefix what comes before the program: a sandbox, a change of user
    static List<String> argv(Command command, Path folder, Input input, List<Path> groups, List<String> prefix) {
        var argv = new ArrayList<>(List.of("/usr/bin/setsid", "/bin/sh", "-c", WRAPPER, "johwa-wrapper"));
        argv.add(folder.toString());
        argv.add(input.word());
        argv.add(String.valueOf(groups.size()));
        groups.forEach(group -> argv.add(group.resolve("cgroup.procs").toString()));
        argv.addAll(prefix);
        argv.addAll(List.of("/bin/sh", "-c", ENTER, "johwa-enter"));
        argv.add(command.folder().toString());
        if (input.isTerminal()) {
            argv.addAll(SIGNALS_BACK);
        }
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
