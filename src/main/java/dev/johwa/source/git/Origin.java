package dev.johwa.source.git;

import java.util.Map;

/// Where a mirrored repository is fetched from, by real git.
///
/// @param url without credentials
/// @param environment what git is given beside it: credentials travel here, where no list of processes shows them
public record Origin(String url, Map<String, String> environment) {
    public Origin {
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return url;
    }
}
