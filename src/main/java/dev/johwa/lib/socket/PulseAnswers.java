package dev.johwa.lib.socket;

import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers each datagram by one zero byte: what tells a client that somebody is here. The answer is never larger than
/// the question.
public final class PulseAnswers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PulseAnswers.class);

    private final DatagramSocket socket;

    private PulseAnswers(DatagramSocket socket) {
        this.socket = socket;
    }

    /// @throws IOException when nobody may listen there
    public static PulseAnswers start(InetSocketAddress address, String name, Tasks tasks) throws IOException {
        var answers = new PulseAnswers(new DatagramSocket(address));
        var _ = tasks.run(name, answers::answer);
        return answers;
    }

    private void answer() {
        var packet = new DatagramPacket(new byte[16], 16);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                if (packet.getLength() > 0) {
                    socket.send(new DatagramPacket(new byte[1], 1, packet.getSocketAddress()));
                }
                packet.setLength(16);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.info("a datagram was not answered: {}", e.getMessage());
                }
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
