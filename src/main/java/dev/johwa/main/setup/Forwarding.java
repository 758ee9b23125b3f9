package dev.johwa.main.setup;

import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;

/// The old machine of a move passes connections on to the new one, byte for byte, by systemd's own proxy: TLS stays
/// between visitors and the new one.
record Forwarding(Side old, String address) {
    static final String END = "systemctl disable --now johwa-moved.socket johwa-moved-tls.socket";

    private static final String BEGIN = """
            proxy=$(ls /usr/lib/systemd/systemd-socket-proxyd /lib/systemd/systemd-socket-proxyd 2>/dev/null | head -n 1)
            [ -n "$proxy" ]
            johwa down --data DATA >/dev/null
            pass() {
                systemctl -q is-active "$1.socket" && return
                cat >"/etc/systemd/system/$1.socket" <<UNIT
            [Unit]
            Description=What still comes here goes on to where Johwa moved

            [Socket]
            ListenStream=$2
            BindIPv6Only=both
            Backlog=4096

            [Install]
            WantedBy=sockets.target
            UNIT
                cat >"/etc/systemd/system/$1.service" <<UNIT
            [Unit]
            Description=What still comes here goes on to where Johwa moved
            Requires=$1.socket

            [Service]
            ExecStart=$proxy --connections-max=4096 ADDRESS:$2
            DynamicUser=yes
            UNIT
                systemctl daemon-reload
                systemctl -q enable --now "$1.socket"
            }
            port() { systemctl cat "$1" 2>/dev/null | sed -n 's/^ListenStream=\\([0-9]*\\)$/\\1/p' | tail -n 1; }
            plain=$(port johwa.socket)
            tls=$(port johwa-tls.socket)
            pass johwa-moved "${plain:-80}"
            UNITS | grep -q johwa-tls && pass johwa-moved-tls "${tls:-443}" || :
            """;

    /// @return whether it does; a machine without that proxy cannot
    boolean begin() throws IOException {
        var goal = address.contains(":") ? "[" + address + "]" : address;
        try {
            var _ = old.script(
                    "pass on what still comes",
                    BEGIN.replace("ADDRESS", goal)
                            .replace("UNITS", "grep -o johwa-tls.socket DATA/moved.json")
                            .replace("DATA", Side.DATA));
            return true;
        } catch (ProblemException e) {
            old.screen().problem(e.problem());
            return false;
        }
    }
}
