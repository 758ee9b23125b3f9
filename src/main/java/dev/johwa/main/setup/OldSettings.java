package dev.johwa.main.setup;

import java.io.IOException;
import java.util.regex.Pattern;

/// The file of words for `johwa up` of a machine, as the next one needs it.
final class OldSettings {
    private static final Pattern NAME = Pattern.compile("^(JOHWA_OPTIONS=.*?)--name ([^ \"]+) ?", Pattern.MULTILINE);
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private OldSettings() {}

    /// @param name of API and git on the new one; a name that is no address of the old one is kept
    static String of(Side old, String name) throws IOException {
        var text = old.host().said("cat /etc/default/johwa 2>/dev/null\n");
        var found = NAME.matcher(text);
        if (!found.find() || !isOfMachine(found.group(2), old)) {
            return text;
        }
        return found.replaceFirst(match -> match.group(1) + (name.isEmpty() ? "" : "--name " + name + " "));
    }

    private static boolean isOfMachine(String name, Side old) {
        return ADDRESS.matcher(name).matches()
                || old.name().replaceFirst(".*@", "").equals(name);
    }
}
