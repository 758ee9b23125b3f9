package dev.johwa.lib.http;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// What a client that only speaks plain HTTP is given, since the JDK's asks for a TLS context all the same: one that
/// has no TLS. The default one reads every certificate of the machine's authorities, which costs a short command more
/// than its call; one that trusts nobody still sets up all of the JDK's TLS, a twentieth of a second of each start.
final class WithoutTls extends SSLContextSpi {
    private WithoutTls() {}

    static SSLContext context() {
        return new SSLContext(new WithoutTls(), new Nobody(), "none") {};
    }

    private static final class Nobody extends Provider {
        private static final long serialVersionUID = 1;

        private Nobody() {
            super("none", "1", "no TLS");
        }
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return new SSLParameters(new String[0], new String[0]);
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return engineGetDefaultSSLParameters();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("this client speaks plain HTTP");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        throw plain();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw plain();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        throw plain();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        throw plain();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        throw plain();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        throw plain();
    }

    private static UnsupportedOperationException plain() {
        return new UnsupportedOperationException("this client speaks plain HTTP");
    }
}
