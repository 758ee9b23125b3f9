package dev.johwa.main.ship;

/// How systemd runs the program (systemd.service(5), systemd.socket(5)).
final class Units {
    private Units() {}

    /// @param program the folder where the program lies, absolute
    static String service(String program) {
        return Program.resource("johwa.service").replace("@PROGRAM@", program);
    }

    /// Port 80, held by systemd.
    static String socket() {
        return Program.resource("johwa.socket");
    }

    /// Port 443, held by systemd.
    static String tlsSocket() {
        return Program.resource("johwa-tls.socket");
    }

    /// `/etc/default/johwa`: what its operators add to the command.
    static String options() {
        return Program.resource("default");
    }
}
