package dev.johwa.serve.domain;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.router.RoutingTable.Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Certificates and keys as files of one folder. Another certificate gets other files, so that the edge may still read
/// the ones before.
final class CertificateFiles {
    private final Path folder;
    private final Clock clock;

    CertificateFiles(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    Held write(String name, boolean given, Issued issued) throws IOException {
        var base = base(name) + "-" + clock.now().toEpochMilli();
        write(base, issued);
        var leaf = issued.chain().getFirst();
        return new Held(
                name,
                given,
                base + ".pem",
                base + ".key",
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant(),
                "",
                0,
                Instant.EPOCH,
                Advice.NONE);
    }

    /// The certificate itself, without those above it; empty when its file is not readable.
    Optional<X509Certificate> leaf(Held held) {
        if (held.chain().isEmpty()) {
            return Optional.empty();
        }
        try (var text = Files.newInputStream(folder.resolve(held.chain()))) {
            return Pem.certificates(text).stream().findFirst();
        } catch (IOException | CertificateException e) {
            return Optional.empty();
        }
    }

    /// The one that proves to an authority that a name is ours.
    Certificate writeProof(String name, Issued issued) throws IOException {
        var base = "proof-" + base(name);
        write(base, issued);
        return certificate(name, base + ".pem", base + ".key");
    }

    private void write(String base, Issued issued) throws IOException {
        Files.createDirectories(folder);
        Pem.write(folder.resolve(base + ".key"), Pem.text(issued.key()), "rw-------");
        Pem.write(folder.resolve(base + ".pem"), Pem.text(issued.chain()), "rw-r--r--");
    }

    private static String base(String name) {
        return name.replace("*", "any");
    }

    Certificate certificate(Held held) {
        return certificate(held.name(), held.chain(), held.key());
    }

    private Certificate certificate(String name, String chain, String key) {
        return new Certificate(
                List.of(name),
                folder.resolve(chain).toString(),
                folder.resolve(key).toString());
    }

    /// Of a certificate that another has replaced, or whose name was removed.
    void delete(Held held) {
        if (!held.chain().isEmpty()) {
            delete(
                    folder.resolve(held.chain()).toString(),
                    folder.resolve(held.key()).toString());
        }
    }

    void delete(Certificate proof) {
        delete(proof.chain(), proof.key());
    }

    private static void delete(String chain, String key) {
        try {
            Files.deleteIfExists(Path.of(chain));
            Files.deleteIfExists(Path.of(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
