package dev.johwa.lib.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trust in a server that was connected by its number: as the JDK trusts, and only where the certificate has the name
/// that is meant. The JDK alone is content with one of that number too, and whoever answers for the name may have that.
final class NamedTrust extends X509ExtendedTrustManager {
    private static final int DNS = 2;

    private final X509ExtendedTrustManager trust;
    private final String name;

    private NamedTrust(X509ExtendedTrustManager trust, String name) {
        this.trust = trust;
        this.name = name;
    }

    /// In what the machine trusts, for a server of this name.
    static SSLContext context(String name) {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return context(name, factory.getTrustManagers());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    static SSLContext context(String name, TrustManager[] managers) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        var named = new TrustManager[] {new NamedTrust((X509ExtendedTrustManager) managers[0], name)};
        context.init(null, named, null);
        return context;
    }

    private void requireName(X509Certificate leaf) throws CertificateException {
        var names = leaf.getSubjectAlternativeNames();
        boolean isMeant = names != null
                && names.stream()
                        .filter(each -> each.getFirst().equals(DNS))
                        .anyMatch(each -> isOf(String.valueOf(each.get(1))));
        if (!isMeant) {
            throw new CertificateException("the certificate is none of " + name + ", but of " + shown(leaf));
        }
    }

    /// A star is one label, the first.
    private boolean isOf(String pattern) {
        return pattern.equalsIgnoreCase(name)
                || pattern.startsWith("*.")
                        && name.indexOf('.') > 0
                        && pattern.substring(1).equalsIgnoreCase(name.substring(name.indexOf('.')));
    }

    private static String shown(X509Certificate leaf) throws CertificateException {
        var names = leaf.getSubjectAlternativeNames();
        return names == null
                ? leaf.getSubjectX500Principal().getName()
                : names.stream().map(List::getLast).toList().toString();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        trust.checkServerTrusted(chain, kind, engine);
        requireName(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        trust.checkServerTrusted(chain, kind, socket);
        requireName(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        trust.checkServerTrusted(chain, kind);
        requireName(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
        trust.checkClientTrusted(chain, kind, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        trust.checkClientTrusted(chain, kind, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        trust.checkClientTrusted(chain, kind);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
