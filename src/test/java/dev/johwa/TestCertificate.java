package dev.johwa;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate of its own for some names, in two files.
///
/// @param kind of the key: `EC`, `RSA`
public record TestCertificate(Path chain, Path key, List<String> names) {
    public static TestCertificate make(Path folder, String file, String kind, String... names) throws Exception {
        return make(folder.resolve(file), kind, Duration.ofDays(90), names);
    }

    public static TestCertificate make(Path file, String kind, Duration life, String... names) throws Exception {
        var pair = KeyPairGenerator.getInstance(kind).generateKeyPair();
        var who = new X500Name("CN=" + file.getFileName());
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                        who,
                        BigInteger.valueOf(System.nanoTime()),
                        Date.from(now.minusSeconds(60)),
                        Date.from(now.plus(life)),
                        who,
                        pair.getPublic())
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(List.of(names).stream()
                                .map(name -> new GeneralName(kind(name), name))
                                .toArray(GeneralName[]::new)));
        var signer = new JcaContentSignerBuilder(kind.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
                .build(pair.getPrivate());
        var chain = Path.of(file + ".pem");
        var key = Path.of(file + ".key");
        write(chain, "CERTIFICATE", builder.build(signer).getEncoded());
        write(key, "PRIVATE KEY", pair.getPrivate().getEncoded());
        return new TestCertificate(chain, key, List.of(names));
    }

    private static int kind(String name) {
        return name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
    }

    private static void write(Path file, String kind, byte[] bytes) throws Exception {
        var text = Base64.getMimeEncoder().encodeToString(bytes);
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n",
                StandardCharsets.US_ASCII);
    }

    public static X509Certificate read(Path chain) throws Exception {
        try (var stream = Files.newInputStream(chain)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
        }
    }

    /// Trusts these and nobody else.
    public static SSLContext trusting(Path... chains) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (var chain : chains) {
            store.setCertificateEntry(chain.toString(), read(chain));
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /// Of a server that shows this certificate.
    public SSLContext serving() throws Exception {
        var password = "changeit".toCharArray();
        var bytes = Base64.getMimeDecoder().decode(Files.readString(key).replaceAll("-----[A-Z ]+-----", ""));
        var kind = read(chain).getPublicKey().getAlgorithm();
        var secret = KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("own", secret, password, new Certificate[] {read(chain)});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
