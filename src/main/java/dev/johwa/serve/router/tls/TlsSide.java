package dev.johwa.serve.router.tls;

import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// How connections of people are encrypted: TLS 1.3 and 1.2 by the JDK, ciphers with forward secrecy only.
public final class TlsSide {
    /// The protocol of a certificate authority that asks within a handshake (RFC 8737).
    public static final String PROOF = "acme-tls/1";

    /// HTTP/2 (RFC 9113 §3.2).
    public static final String HTTP_2 = "h2";

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] APPLICATIONS = {HTTP_2, "http/1.1", PROOF};
    private static final String[] CIPHERS = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };
    private static final long HANDSHAKE_MILLIS = 10_000;

    private final SSLContext context;

    public TlsSide(Certificates certificates) {
        try {
            context = SSLContext.getInstance("TLS");
            // Nobody shows us a certificate, so nobody is trusted: reading the machine's list would cost a start.
            context.init(new KeyManager[] {new NamedKeys(certificates)}, new TrustManager[0], null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java speaks TLS", e);
        }
    }

    /// The first handler of a connection.
    public SslHandler handler() {
        var engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        var parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(CIPHERS);
        parameters.setApplicationProtocols(APPLICATIONS);
        engine.setSSLParameters(parameters);
        var handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        return handler;
    }
}
