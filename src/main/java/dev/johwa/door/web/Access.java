package dev.johwa.door.web;

import dev.johwa.source.identity.Permission;
import java.util.Optional;

/// Who may use a route.
enum Access {
    /// Everybody: it tells nothing of what is here.
    OPEN,
    /// Whoever shows a token; the route itself leaves out what this identity may not see.
    SIGNED_IN,
    /// Programs of this machine without a token, others as READ: what a scraper asks.
    LOCAL_OR_READ,
    READ,
    PUSH,
    OPERATE,
    ADMINISTER;

    /// What an identity must be permitted, for routes that ask for more than being signed in.
    Optional<Permission> permission() {
        return switch (this) {
            case OPEN, SIGNED_IN -> Optional.empty();
            case READ, LOCAL_OR_READ -> Optional.of(Permission.READ);
            case PUSH -> Optional.of(Permission.PUSH);
            case OPERATE -> Optional.of(Permission.OPERATE);
            case ADMINISTER -> Optional.of(Permission.ADMINISTER);
        };
    }
}
