package dev.johwa.serve.domain;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Whether the certificates that the database names are there, readable, and each with its own key. That one has ended
/// is told elsewhere.
public final class CertificateProof {
    private final DomainStore store;
    private final Path folder;

    /// @param folder of certificates
    public CertificateProof(Database database, Path folder) {
        this.store = new DomainStore(database);
        this.folder = folder;
    }

    public int count() {
        return held().size();
    }

    /// What is wrong, by the name that the certificate is for.
    public Map<String, String> wrong() {
        var wrong = new TreeMap<String, String>();
        held().forEach(held -> wrong(held).ifPresent(text -> wrong.put(held.name(), text)));
        return wrong;
    }

    private List<Held> held() {
        return store.held().stream().filter(held -> !held.chain().isEmpty()).toList();
    }

    private Optional<String> wrong(Held held) {
        try {
            var _ = GivenCertificate.read(held.name(), text(held.chain()), text(held.key()), Instant.EPOCH);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("its file cannot be read: " + e);
        } catch (ProblemException e) {
            return Optional.of(e.problem().message());
        }
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
    }
}
