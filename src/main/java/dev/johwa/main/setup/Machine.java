package dev.johwa.main.setup;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import dev.johwa.lib.process.Architecture;
import dev.johwa.lib.text.Sizes;
import dev.johwa.main.ship.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a server says of itself, by `look.sh`.
///
/// @param told its words and values
record Machine(Map<String, String> told) {
    private static final long LEAST_KIB = 1 << 20;
    private static final Pattern LINE = Pattern.compile("([a-z0-9/]+)=(.*)");

    Machine {
        told = Map.copyOf(told);
    }

    static Machine of(String text) {
        var told = new HashMap<String, String>();
        for (var line : text.lines().toList()) {
            var parts = LINE.matcher(line);
            if (parts.matches()) {
                told.put(parts.group(1), parts.group(2).strip());
            }
        }
        if (!told.containsKey("end")) {
            throw Problem.external("setup.look", "the server's answer cannot be understood: " + text.strip())
                    .hint("does a login there print something of its own, or end at once? ssh shows it")
                    .exception();
        }
        return new Machine(told);
    }

    private String value(String name) {
        return told.getOrDefault(name, "");
    }

    /// In Debian's words.
    String architecture() {
        return Architecture.of(value("architecture"));
    }

    String system() {
        return value("system").isEmpty() ? "an unknown system" : value("system");
    }

    boolean isRoot() {
        return value("account").equals("0");
    }

    /// Whether the account that logs in becomes root by sudo.
    boolean isBySudo() {
        return told.containsKey("sudo");
    }

    /// Which Johwa is installed there; empty where none is, or one that does not tell.
    Optional<Version> version() {
        return Version.parse(value("version"));
    }

    /// Whether another program answers at the port of TLS.
    boolean isTlsTaken() {
        return told.containsKey("port443");
    }

    String summary() {
        return system() + ", " + architecture() + ", " + size("memory") + " of memory, " + size("free/var/lib")
                + " free";
    }

    private String size(String name) {
        return Sizes.text(kib(name) * 1024);
    }

    /// Where a platform lies.
    long freeBytes() {
        return kib("free/var/lib") * 1024;
    }

    private long kib(String name) {
        return value(name).matches("\\d{1,15}") ? Long.parseLong(value(name)) : 0;
    }

    /// What speaks against it, errors first.
    List<Problem> problems() {
        var found = new ArrayList<Problem>();
        var family = List.of(value("family").split(" "));
        if (!told.containsKey("apt") || !family.contains("debian")) {
            found.add(no("setup.system", "this server runs " + system())
                    .hint("setup knows Debian and Ubuntu; elsewhere unpack the archive of `johwa package` by hand"));
        } else if (!told.containsKey("systemd")) {
            found.add(no("setup.systemd", "this server does not run systemd, which is to keep Johwa running")
                    .hint("start `johwa up` by what runs services there; `johwa package` writes the program"));
        }
        for (var folder : List.of("/opt", "/var/lib")) {
            if (kib("free" + folder) < LEAST_KIB) {
                found.add(no("setup.disk", "only " + size("free" + folder) + " are free in " + folder)
                        .hint("make room for at least 1 GiB"));
            }
        }
        if (told.containsKey("port80")) {
            found.add(no("setup.port", "port 80 is taken" + holder("port80"))
                    .hint("apps are to answer there: end that program and keep it from starting again, such as "
                            + "`systemctl disable --now nginx`, then run setup again"));
        }
        if (told.containsKey("package")) {
            found.add(no("setup.package", "Johwa is installed there as a Debian package")
                    .hint("upgrade it by apt-get install ./johwa_*.deb; or remove it first (its data stays)"));
        }
        found.addAll(warnings(family));
        return found;
    }

    private List<Problem> warnings(List<String> family) {
        var found = new ArrayList<Problem>();
        if (family.contains("ubuntu")) {
            found.add(warning("setup.ubuntu", "this server runs " + system() + ", on which nobody has tested setup yet")
                    .hint("it should work as on Debian; please report what does not"));
        }
        if (told.containsKey("port443")) {
            found.add(warning("setup.port", "port 443 is taken" + holder("port443"))
                    .hint("until that program has ended, apps answer without TLS, and API and git through ssh only"));
        }
        firewall("ufw", "ufw allow %s/tcp").ifPresent(found::add);
        firewall("firewalld", "firewall-cmd --permanent --add-port=%s/tcp && firewall-cmd --reload")
                .ifPresent(found::add);
        return found;
    }

    /// @param command that lets visitors in at a port
    private Optional<Problem> firewall(String name, String command) {
        var closed = Stream.of(value(name).split(" "))
                .filter(port -> !port.isEmpty())
                .toList();
        if (closed.isEmpty()) {
            return Optional.empty();
        }
        var commands = closed.stream().map(command::formatted).collect(Collectors.joining("; "));
        return Optional.of(warning(
                        "setup.firewall",
                        name + " is active and lets nobody in at port " + String.join(" and ", closed))
                .hint("there: " + commands + "; where your provider has a firewall too, open it there"));
    }

    private String holder(String port) {
        return value(port).isEmpty() ? " by a program that is not told" : " by " + value(port);
    }

    private static Problem no(String code, String message) {
        return Problem.user(code, message);
    }

    private static Problem warning(String code, String message) {
        return Problem.user(code, message).as(Severity.WARNING);
    }
}
