package dev.johwa.lib.http;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// What a client that only speaks plain HTTP is given, since the JDK's asks for a TLS context all the same: one that
/// trusts nobody. The default one reads every certificate of the machine's authorities, which costs a short command
/// more than its call.
final class WithoutTls {
    private WithoutTls() {}

    static SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
