package dev.johwa.serve.router.tls;

import dev.johwa.lib.http.ServerKeys;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// Chooses the certificate of a connection by the name that the client asks for.
final class NamedKeys extends ServerKeys {
    private final Certificates certificates;

    NamedKeys(Certificates certificates) {
        this.certificates = certificates;
    }

    @Override
    protected @Nullable String choose(String keyType, String name, String application) {
        // Who asks in this way must never get another certificate (RFC 8737).
        var pair = application.equals(TlsSide.PROOF) ? certificates.proofOf(name) : certificates.of(name);
        return pair != null && pair.fits(keyType) ? pair.alias() : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        var pair = certificates.at(alias);
        return pair == null ? null : pair.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        var pair = certificates.at(alias);
        return pair == null ? null : pair.key();
    }
}
