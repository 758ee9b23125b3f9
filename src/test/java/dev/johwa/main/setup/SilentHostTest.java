package dev.johwa.main.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilentHostTest {
    private static final String SECONDS = "1";
    /// More than the kernel keeps for somebody who takes none: what comes after them gets no answer at all.
    private static final int MORE_THAN_WAIT = 3;

    @TempDir
    Path scratch;

    @Test
    void anAddressThatNeverAnswersIsToldWithANextStep() throws IOException, InterruptedException {
        var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var waiting = new ArrayList<Socket>();
        try (silent) {
            fill(silent, waiting);
            var laptop = new Laptop(scratch);
            laptop.waitAtMost(SECONDS);
            Machines.refused(
                    laptop.johwa(scratch, "setup", "root@127.0.0.1", "--port", String.valueOf(silent.getLocalPort())),
                    "no login at root@127.0.0.1: ssh: connect to host 127.0.0.1 port " + silent.getLocalPort()
                            + ": Connection timed out",
                    "Is the address right, and the machine on?");
        } finally {
            for (var each : waiting) {
                each.close();
            }
        }
    }

    private static void fill(ServerSocket silent, List<Socket> waiting) throws IOException {
        for (int i = 0; i < MORE_THAN_WAIT; i++) {
            var one = new Socket();
            waiting.add(one);
            try {
                one.connect(silent.getLocalSocketAddress(), 100);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }
}
