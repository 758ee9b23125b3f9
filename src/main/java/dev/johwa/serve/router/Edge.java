package dev.johwa.serve.router;

import dev.johwa.lib.http.OwnAddresses;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The control plane's hold on the edge process: starts or adopts it, keeps a duplicate of its listening sockets,
/// starts it again within a second when it dies, and sends it tables. Safe for use by many threads.
public interface Edge extends AutoCloseable {
    /// Adopts the edge that runs for this folder, or starts one; called once. What is asked meanwhile waits.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the address is taken, or no edge answers in time
    void start();

    /// Sends a table and returns when every new request goes by it.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the edge does not confirm within five seconds
    void apply(RoutingTable table);

    /// Waits until no request is in flight to these instances, at most so long; then closes what is left (upgraded
    /// connections and streams get a close of their own protocol where there is one).
    ///
    /// @return requests that had to be cut
    int drain(Set<String> instances, Duration atMost);

    /// Waits until no request is in flight to these instances, at most so long; cuts none.
    ///
    /// @return requests that still are
    int settle(Set<String> instances, Duration atMost);

    /// Counts since the edge started, by app, environment and release, and the health of instances.
    EdgeReport report();

    /// Whether it serves by a table already, perhaps of an earlier control plane: who comes meanwhile is answered.
    default boolean hasTable() {
        return false;
    }

    /// Hears of the first request for an app that sleeps (a route with Hold), and of instances that became unhealthy
    /// or healthy again.
    void listen(Listener listener);

    /// Address on which the edge answers, `host:port`.
    String address();

    /// Address on which the edge answers TLS, `host:port`; empty when it does not.
    String tlsAddress();

    /// Whether only this machine reaches it; not before it answers.
    default boolean isLoopback() {
        return !address().isEmpty()
                && Stream.of(address(), tlsAddress())
                        .filter(text -> !text.isEmpty())
                        .allMatch(OwnAddresses::isLoopback);
    }

    long pid();

    /// Which program it runs, and who else there is.
    Programs programs();

    /// Ends our side; the edge lives on.
    @Override
    void close();

    /// Ends our side, and an edge that was not there before us: for a start that failed.
    void abandon();

    /// Ends the edge process too.
    void shutDown();

    /// @param serving the program of the edge that serves; empty where it does not tell
    /// @param leaving edges of before that let their last connections end
    /// @param note what a person should know; empty for nothing
    record Programs(String serving, List<Long> leaving, String note) {}

    /// What the edge tells by itself.
    interface Listener {
        void asked(String app, String environment);

        void health(String instance, boolean healthy);
    }
}
