package dev.johwa.serve.domain;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.OwnAddresses;
import dev.johwa.serve.router.RoutingTable.Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate that serves while there is no better one: made here, so that only who pinned it trusts it. It stays
/// as long as its names fit, whatever addresses the machine gets, since who pinned it would have to do so again.
public final class SelfMade {
    private static final Logger LOG = LoggerFactory.getLogger(SelfMade.class);
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final Duration LEFT = Duration.ofDays(30);

    private final Path chain;
    private final Path key;
    private final Set<String> names;
    private final Clock clock;

    public SelfMade(DomainSettings settings, Clock clock) {
        this.chain = settings.folder().resolve("self-made.pem");
        this.key = settings.folder().resolve("self-made.key");
        this.names = new LinkedHashSet<>(List.of(settings.domain(), "*." + settings.domain(), settings.name()));
        this.clock = clock;
    }

    /// Makes it when there is none that fits.
    public Certificate certificate() {
        try {
            if (!fits()) {
                make();
                LOG.info("made the certificate {} for {}", chain, names);
            }
            return new Certificate(List.of(), chain.toString(), key.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }

    private boolean fits() throws IOException {
        if (!Files.exists(chain) || !Files.exists(key)) {
            return false;
        }
        try (var stream = Files.newInputStream(chain)) {
            var found = Pem.certificates(stream).getFirst();
            var soon = Date.from(clock.now().plus(LEFT));
            return found.getNotAfter().after(soon) && names(found).containsAll(names);
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.warn("{} is no certificate and is made anew: {}", chain, e.toString());
            return false;
        }
    }

    private static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
        return certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }

    private void make() throws IOException, GeneralSecurityException, OperatorCreationException {
        var pair = Issued.newKey();
        Files.createDirectories(chain.getParent());
        Pem.write(key, Pem.text(pair.getPrivate()), "rw-------");
        Pem.write(chain, Pem.text(List.of(signed(pair))), "rw-r--r--");
    }

    private X509Certificate signed(KeyPair pair)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var serial = new BigInteger(120, new SecureRandom());
        // Each has a name of its own, so that none is taken for the one before.
        var who = new X500Name("CN=Johwa " + serial.toString(16));
        var now = clock.now();
        var alternatives = new ArrayList<GeneralName>();
        names.forEach(name -> alternatives.add(new GeneralName(GeneralName.dNSName, name)));
        OwnAddresses.all().forEach(address -> alternatives.add(new GeneralName(GeneralName.iPAddress, address)));
        var builder = new JcaX509v3CertificateBuilder(
                        who,
                        serial,
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(LIFE)),
                        who,
                        pair.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(alternatives.toArray(GeneralName[]::new)));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
