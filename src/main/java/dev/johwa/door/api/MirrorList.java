package dev.johwa.door.api;

import java.util.List;

/// Other registries that are pulled from through this one.
public record MirrorList(List<Item> mirrors) {

    /// @param name that stands where a project would: `hub/library/alpine`
    /// @param url of the other registry
    public record Item(String name, String url) {}
}
