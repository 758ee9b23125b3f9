package dev.johwa.main.doctor;

import dev.johwa.serve.domain.CertificateProof;
import dev.johwa.source.git.Progress;

/// Whether every certificate is there with its own key.
final class CertificatesLook extends Look {
    private final Stored stored;

    CertificatesLook(Stored stored) {
        super("certificates");
        this.stored = stored;
    }

    @Override
    String through(Progress progress) {
        var proof = new CertificateProof(stored.database(), stored.folder().resolve("tls"));
        proof.wrong()
                .forEach((name, wrong) -> broken(
                        "the certificate of " + name,
                        wrong,
                        "browsers get a warning for " + name + ", or no answer through TLS",
                        "`johwa domains remove " + name + "` and add it again: it gets another certificate;"
                                + " or bring tls/ back from a backup"));
        return counted(proof.count(), "certificate", "certificates");
    }
}
