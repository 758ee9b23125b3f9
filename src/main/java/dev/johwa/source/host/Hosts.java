package dev.johwa.source.host;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.source.host.Connection.Home;
import dev.johwa.source.host.Connection.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds out what is spoken at an address.
final class Hosts {
    private final Clock clock;
    private final HostLookup lookup;

    Hosts(Clock clock, HostLookup lookup) {
        this.clock = clock;
        this.lookup = lookup;
    }

    /// What is spoken there, and where.
    record Found(Kind kind, String api) {
        private static final Found NOTHING = new Found(Kind.GIT, "");
    }

    /// @param token empty for none
    /// @param byOwner whether an owner named it
    Found find(Address address, String token, boolean byOwner) {
        if (address.host().equals("github.com")) {
            return new Found(Kind.GITHUB, "https://api.github.com");
        }
        if (address.host().equals("gitlab.com")) {
            return new Found(Kind.GITLAB, address.server() + "/api/v4");
        }
        var reach = new Reach(lookup, byOwner);
        return Stream.of(Kind.GITHUB, Kind.GITEA, Kind.GITLAB)
                .flatMap(kind -> asked(kind, address, token, reach).stream())
                .findFirst()
                .orElse(Found.NOTHING);
    }

    /// A server of one's own is known by what it says of the repository.
    private Optional<Found> asked(Kind kind, Address address, String token, Reach reach) {
        var api = address.server() + base(kind);
        var repository = address.repository();
        var path = kind == Kind.GITLAB
                ? "/projects/" + URLEncoder.encode(repository, StandardCharsets.UTF_8)
                : "/repos/" + repository;
        try (var calls = new HostCalls(api, headers(kind, token), clock, reach)) {
            return calls.answers(path) ? Optional.of(new Found(kind, api)) : Optional.empty();
        }
    }

    private static String base(Kind kind) {
        return switch (kind) {
            case GITHUB -> "/api/v3";
            case GITEA -> "/api/v1";
            case GITLAB -> "/api/v4";
            case GIT -> "";
        };
    }

    private static Map<String, String> headers(Kind kind, String token) {
        var headers = new HashMap<String, String>();
        if (kind == Kind.GITHUB) {
            headers.putAll(GitHubApi.HEADERS);
        }
        if (!token.isEmpty()) {
            headers.put("Authorization", (kind == Kind.GITEA ? "token " : "Bearer ") + token);
        }
        return headers;
    }

    /// What is spoken there beside git, to whom there is a token.
    ///
    /// @param token empty for none
    /// @param byOwner whether an owner named it
    Optional<HostApi> api(Home home, String token, boolean byOwner) {
        if (home.kind() == Kind.GIT || home.api().isEmpty()) {
            return Optional.empty();
        }
        var calls = new HostCalls(home.api(), headers(home.kind(), token), clock, new Reach(lookup, byOwner));
        var repository = Address.parse(home.url()).repository();
        return switch (home.kind()) {
            case GITHUB -> Optional.of(new GitHubApi(calls, repository));
            case GITEA -> Optional.of(new GiteaApi(calls, repository));
            case GITLAB -> Optional.of(new GitLabApi(calls, repository));
            case GIT -> Optional.empty();
        };
    }
}
