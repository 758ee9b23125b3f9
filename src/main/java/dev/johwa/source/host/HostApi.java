package dev.johwa.source.host;

import dev.johwa.source.host.Reports.Deployed;
import dev.johwa.source.host.Reports.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a host speaks beside git, about one repository.
interface HostApi extends AutoCloseable {
    /// @param url as git fetches from it now
    record About(String url) {}

    /// What the host's own machines found of a commit.
    record Checks(List<String> pending, List<String> failed, int passed) {
        boolean areNone() {
            return pending.isEmpty() && failed.isEmpty() && passed == 0;
        }

        /// Counts them one by one.
        static final class Tally {
            private final List<String> pending = new ArrayList<>();
            private final List<String> failed = new ArrayList<>();
            private int passed;

            void pending(String name) {
                pending.add(name);
            }

            void failed(String name) {
                failed.add(name);
            }

            void passed() {
                passed++;
            }

            Checks checks() {
                return new Checks(List.copyOf(pending), List.copyOf(failed), passed);
            }
        }
    }

    About about() throws HostFailed;

    /// The same of a place to which the host led us.
    About about(String location) throws HostFailed;

    /// Open ones from forks: what is proposed from a branch of the repository itself is that branch.
    List<Pull> pulls() throws HostFailed;

    /// Under which name git has the head of such a one there.
    default String pullRef(int number) {
        return Pull.ref(number);
    }

    /// @param url that it calls
    /// @param secret with which it signs
    /// @param events beside pushes and proposals
    /// @return its id there
    String makeHook(String url, String secret, Set<String> events) throws HostFailed;

    /// Gives one that is there another secret.
    ///
    /// @param id that it has there
    void changeHook(String id, String url, String secret, Set<String> events) throws HostFailed;

    void removeHook(String id) throws HostFailed;

    /// Those that an earlier connection left: each push would ring twice.
    ///
    /// @param known as the host lists them
    default void removeHooks(List<JsonNode> known, String url) throws HostFailed {
        for (var hook : known) {
            var calls =
                    hook.path("config").path("url").asString(hook.path("url").asString(""));
            if (calls.equals(url)) {
                removeHook(hook.path("id").asString());
            }
        }
    }

    Checks checks(String commit) throws HostFailed;

    void tell(Status status) throws HostFailed;

    /// @return the id under which the host knows it; empty when it keeps none
    String tell(Deployed deployed) throws HostFailed;

    HostIssues issues();

    @Override
    void close();
}
