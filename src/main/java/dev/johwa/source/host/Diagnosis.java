package dev.johwa.source.host;

import dev.johwa.lib.clock.Clock;
import dev.johwa.source.git.OriginFailed;
import dev.johwa.source.host.HostFailed.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Finds out why git was given nothing. Where HTTP is spoken the host is asked what git asked, since its answer says
/// more than git's words; of ssh there are only words.
final class Diagnosis {
    private static final String REFS = "/info/refs?service=git-upload-pack";
    private static final List<String> REFUSED = List.of("permission denied", "authentication failed", "access denied");
    private static final List<String> MISSING = List.of("not found", "does not exist", "could not read from remote");
    private static final List<String> STRANGER = List.of("host key verification failed", "remote host identification");

    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]+");

    private final Clock clock;

    Diagnosis(Clock clock) {
        this.clock = clock;
    }

    /// @param token empty for none
    HostFailed of(OriginFailed failed, Address address, String token, Reach reach) {
        return address.isSsh() ? bySsh(failed) : byHttp(failed, address, token, reach);
    }

    private static HostFailed bySsh(OriginFailed failed) {
        var said = String.valueOf(failed.getMessage());
        var lower = said.toLowerCase(Locale.ROOT);
        if (STRANGER.stream().anyMatch(lower::contains)) {
            var shown = FINGERPRINT.matcher(said);
            return new HostFailed(
                    Reason.STRANGE,
                    "it shows another host key than before" + (shown.find() ? ", " + shown.group() : ""));
        }
        if (REFUSED.stream().anyMatch(lower::contains)) {
            return new HostFailed(Reason.REFUSED, "it does not accept the deploy key");
        }
        boolean isThere = !lower.contains("could not resolve") && !lower.contains("connect to host");
        return isThere && MISSING.stream().anyMatch(lower::contains)
                ? new HostFailed(Reason.MISSING, line(said))
                : new HostFailed(Reason.OUT, line(said));
    }

    private HostFailed byHttp(OriginFailed failed, Address address, String token, Reach reach) {
        var headers = new HashMap<>(Map.of("Git-Protocol", "version=2"));
        if (!token.isEmpty()) {
            headers.put("Authorization", Access.basic(token));
        }
        try (var calls = new HostCalls(address.url(), headers, clock, reach)) {
            calls.touch(REFS);
            return new HostFailed(Reason.WRONG, "git says: " + line(String.valueOf(failed.getMessage())));
        } catch (HostFailed e) {
            return e.reason() == Reason.MOVED ? HostFailed.moved(e.to().replaceFirst("/info/refs.*", "")) : e;
        }
    }

    private static String line(String said) {
        return said.replaceFirst("^(fatal|error): ", "").replaceAll("\\s+", " ");
    }
}
