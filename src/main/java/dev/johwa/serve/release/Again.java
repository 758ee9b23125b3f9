package dev.johwa.serve.release;

import java.util.ArrayList;
import java.util.List;

/// How a commit is released that lacked only what somebody sets: setting it releases what serves anew, and a push of
/// the same commit is none.
record Again(Ports ports) {
    /// @param commands that set it
    List<String> after(List<String> commands, Deployment going) {
        var all = new ArrayList<>(commands);
        if (going.kind().equals("push")) {
            all.add(
                    isRefused(going.release())
                            ? "then push again"
                            : "johwa run rerun " + going.where().project() + " "
                                    + going.release().run() + "   (then: it releases this commit)");
        }
        return all;
    }

    /// A branch that waits for its run is still at another commit.
    private boolean isRefused(Release release) {
        return ports.repositories()
                .resolve(release.where().project(), "refs/heads/" + release.branch())
                .filter(head -> !head.id().equals(release.commit()))
                .isPresent();
    }
}
