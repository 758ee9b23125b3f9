package dev.johwa.build.registry;

import dev.johwa.lib.clock.Clock;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.Permission;
import dev.johwa.source.identity.Role;
import dev.johwa.source.identity.Unguessable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Short-lived words that open single repositories, in memory only: what the token route gives for an access token, and
/// what the platform gives to an engine that pushes or pulls for it. Who holds one may do no more than whoever it was
/// given for may do at that moment. Safe for use by many threads.
public final class Passes {
    /// How long those of the token route hold.
    public static final Duration USUAL = Duration.ofMinutes(10);

    private static final String PREFIX = "jhp_";
    private static final int MOST = 10_000;
    private static final String USER = "johwa";

    private final Clock clock;
    private final Map<String, Pass> passes = new ConcurrentHashMap<>();

    Passes(Clock clock) {
        this.clock = clock;
    }

    /// What a pass opens.
    ///
    /// @param push whether also to push and delete
    public record Grant(RepositoryName repository, boolean push) {}

    /// What an engine logs in with.
    public record Credential(String user, String password) {}

    private record Pass(Supplier<Optional<Identity>> holder, List<Grant> grants, Instant until) {}

    /// For a program of the platform itself that pushes to one repository, or only pulls from it, until it is ended or
    /// the time is over.
    ///
    /// @param by name under which it is shown in history
    public Credential give(Grant grant, String by, Duration holds) {
        var role = grant.push() ? Role.MAINTAINER : Role.VIEWER;
        var identity = new Identity(
                "platform", by, Optional.empty(), Map.of(grant.repository().project(), role));
        return new Credential(USER, give(() -> Optional.of(identity), List.of(grant), holds));
    }

    /// For somebody known.
    ///
    /// @param holder who it is and what they may, asked at each use; empty when they are known no longer
    public String give(Supplier<Optional<Identity>> holder, List<Grant> grants, Duration holds) {
        var now = clock.now();
        passes.values().removeIf(pass -> pass.until().isBefore(now));
        while (passes.size() >= MOST) {
            passes.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().until()))
                    .ifPresent(entry -> passes.remove(entry.getKey()));
        }
        var text = PREFIX + Unguessable.text();
        passes.put(text, new Pass(holder, List.copyOf(grants), now.plus(holds)));
        return text;
    }

    /// It opens nothing from now on.
    public void end(String pass) {
        passes.remove(pass);
    }

    private Optional<Pass> find(String text) {
        return Optional.ofNullable(passes.get(text)).filter(pass -> pass.until().isAfter(clock.now()));
    }

    /// Whether this is a pass that holds.
    public boolean holds(String text) {
        return find(text).isPresent();
    }

    /// Who shows it, with all that they may read: for lists that leave out what is not for them.
    public Optional<Identity> holder(String text) {
        return find(text).flatMap(pass -> pass.holder().get()).map(Passes::reader);
    }

    private static Identity reader(Identity holder) {
        var roles = new HashMap<String, Role>();
        holder.roles().keySet().forEach(place -> roles.put(place, Role.VIEWER));
        return new Identity(holder.key(), holder.name(), Optional.empty(), roles);
    }

    /// Who shows it, with what it lets them do to the projects that it is for. Empty when it is no pass, or was given
    /// for
    /// less than is asked while its holder may do it: then they get another.
    public Optional<Identity> identify(String text, RepositoryName repository, Permission asked) {
        return find(text)
                .flatMap(pass -> pass.holder().get().flatMap(holder -> {
                    boolean isGranted = pass.grants().stream()
                            .anyMatch(grant -> grant.repository().equals(repository)
                                    && (grant.push() || asked == Permission.READ));
                    boolean isPermitted = holder.may(asked, Optional.of(repository.project()));
                    return isPermitted && !isGranted ? Optional.empty() : Optional.of(limited(holder, pass.grants()));
                }));
    }

    private static Identity limited(Identity holder, List<Grant> grants) {
        var roles = new HashMap<String, Role>();
        for (var grant : grants) {
            var project = Optional.of(grant.repository().project());
            if (grant.push() && holder.may(Permission.PUSH, project)) {
                roles.put(project.get(), Role.MAINTAINER);
            } else if (holder.may(Permission.READ, project)) {
                roles.putIfAbsent(project.get(), Role.VIEWER);
            }
        }
        return new Identity(holder.key(), holder.name(), Optional.empty(), roles);
    }
}
