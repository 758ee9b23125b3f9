package dev.johwa.serve.domain;

import dev.johwa.serve.router.RoutingTable.Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Answers that the edge gives to an authority now. One order at a time asks. Safe for use by many threads.
final class OpenQuestions implements Questions {
    private final CertificateFiles files;
    private final Runnable changed;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, Certificate> proofs = new ConcurrentHashMap<>();

    /// @param changed gives the edge its table anew, and returns when it goes by it
    OpenQuestions(CertificateFiles files, Runnable changed) {
        this.files = files;
        this.changed = changed;
    }

    Map<String, String> tokens() {
        return Map.copyOf(tokens);
    }

    List<Certificate> proofs() {
        return List.copyOf(proofs.values());
    }

    @Override
    public void answer(String token, String text) {
        tokens.put(token, text);
        changed.run();
    }

    @Override
    public void answer(String name, X509Certificate proof, PrivateKey key) {
        try {
            proofs.put(name, files.writeProof(name, new Issued(List.of(proof), key)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        changed.run();
    }

    @Override
    public void takeBack() {
        var over = proofs();
        tokens.clear();
        proofs.clear();
        changed.run();
        over.forEach(files::delete);
    }
}
