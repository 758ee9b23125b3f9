package dev.johwa.lib.docker;

import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The networks of an engine.
public final class Networks {
    private final Wire wire;

    Networks(Wire wire) {
        this.wire = wire;
    }

    /// Makes a bridge of its own unless one with this name and these labels is there.
    ///
    /// @param isInternal whether it leads nowhere else
    /// @throws dev.johwa.lib.problem.ProblemException when a network of this name is somebody else's
    public void require(String name, Map<String, String> labels, boolean isInternal) {
        if (isThere(name, labels)) {
            return;
        }
        var call = Call.post("/networks/create")
                .json(Map.of(
                        "Name",
                        name,
                        "Driver",
                        "bridge",
                        "CheckDuplicate",
                        true,
                        "Internal",
                        isInternal,
                        "Labels",
                        labels));
        try {
            wire.act(call);
        } catch (ProblemException e) {
            if (!e.problem().code().equals(Failures.CONFLICT)) {
                throw e;
            }
            requireOurs(name, labels);
        }
    }

    private boolean isThere(String name, Map<String, String> labels) {
        return list(labels).contains(name);
    }

    private void requireOurs(String name, Map<String, String> labels) {
        if (!isThere(name, labels)) {
            throw Failures.taken("network", name);
        }
    }

    /// Names of those with all these labels.
    public List<String> list(Map<String, String> labels) {
        var found = new ArrayList<String>();
        wire.tree(Call.get("/networks").filtered(labels))
                .forEach(each -> found.add(each.path("Name").asString("")));
        return List.copyOf(found);
    }

    /// @return false when a container is in it
    public boolean remove(String name) {
        return wire.delete("/networks/" + Call.encoded(name));
    }

    /// The address by which containers of a bridge reach this machine, where the engine names one.
    public Optional<String> gateway(String name) {
        return wire.find(Call.get("/networks/" + Call.encoded(name)))
                .map(found -> found.path("IPAM")
                        .path("Config")
                        .path(0)
                        .path("Gateway")
                        .asString(""))
                .filter(gateway -> !gateway.isEmpty());
    }

    /// Lets a container into a further network.
    public void connect(String network, String container, List<String> aliases) {
        wire.act(Call.post("/networks/" + Call.encoded(network) + "/connect")
                .json(Map.of("Container", container, "EndpointConfig", Map.of("Aliases", aliases))));
    }
}
