package dev.johwa.main.setup;

import dev.johwa.lib.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Where to log in: `root@203.0.113.5`, a name, or a `Host` of the person's ssh_config.
///
/// @param user empty: as ssh decides
/// @param port empty: as ssh decides
record Destination(String user, String host, OptionalInt port) {
    // Nothing that ssh could take for an option.
    private static final Pattern TEXT = Pattern.compile(
            "(?:([A-Za-z0-9_][A-Za-z0-9_.-]*)@)?(?:\\[([0-9A-Fa-f:.%]+)]|([A-Za-z0-9:][A-Za-z0-9_.:-]*))");
    private static final Pattern WITH_PORT = Pattern.compile("([A-Za-z0-9_.@-]+):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    /// @param port 0: as ssh decides
    static Destination parse(String text, int port) {
        var parts = TEXT.matcher(text);
        // One colon is no address of the newer kind.
        if (!parts.matches() || text.chars().filter(c -> c == ':').count() == 1) {
            throw Problem.user("setup.address", "'" + text + "' is no address of a server")
                    .hint(hint(text))
                    .exception();
        }
        if (port < 0 || port > LAST_PORT) {
            throw Problem.user("setup.address", "--port is " + port)
                    .hint("ports are 1 to 65535; ssh's own is 22")
                    .exception();
        }
        var host = parts.group(2) == null ? parts.group(3) : parts.group(2);
        var user = parts.group(1) == null ? "" : parts.group(1);
        return new Destination(user, host, port == 0 ? OptionalInt.empty() : OptionalInt.of(port));
    }

    private static String hint(String text) {
        var port = WITH_PORT.matcher(text);
        return port.matches()
                ? "a port goes into --port: " + port.group(1) + " --port " + port.group(2)
                : "write USER@ADDRESS, such as root@203.0.113.5; a port goes into --port";
    }

    /// As words for ssh.
    List<String> words() {
        var words = new ArrayList<String>();
        port.ifPresent(number -> words.addAll(List.of("-p", String.valueOf(number))));
        if (!user.isEmpty()) {
            words.addAll(List.of("-l", user));
        }
        words.add(host);
        return words;
    }

    @Override
    public String toString() {
        return (user.isEmpty() ? "" : user + "@") + host;
    }
}
