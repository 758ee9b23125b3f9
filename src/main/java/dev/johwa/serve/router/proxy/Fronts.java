package dev.johwa.serve.router.proxy;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/// Connections of people on one event loop, and streams of those by HTTP/2. They are gone through in a copy, since who
/// ends meanwhile leaves. Used by its event loop only.
final class Fronts {
    private final Set<FrontHandler> all = new HashSet<>();

    /// @return whether it was not here yet
    boolean add(FrontHandler front) {
        return all.add(front);
    }

    void remove(FrontHandler front) {
        all.remove(front);
    }

    int size() {
        return all.size();
    }

    void lookAtLimits() {
        new ArrayList<>(all).forEach(FrontHandler::lookAtLimits);
    }

    /// Whether streams of that connection are open.
    boolean hasOpen(Channel connection) {
        return all.stream().anyMatch(front -> front.isOf(connection));
    }

    /// Ends what is in flight to these instances.
    ///
    /// @return how many requests were cut
    int cut(Set<String> instances) {
        int cut = 0;
        for (var front : new ArrayList<>(all)) {
            if (front.cut(instances)) {
                cut++;
            }
        }
        return cut;
    }

    /// Ends what is still under way.
    ///
    /// @return how many requests were cut
    int sayGoodbye() {
        int cut = 0;
        for (var front : new ArrayList<>(all)) {
            if (front.sayGoodbye()) {
                cut++;
            }
        }
        return cut;
    }
}
