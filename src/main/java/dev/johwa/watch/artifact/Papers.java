package dev.johwa.watch.artifact;

import dev.johwa.build.bill.Bill;
import dev.johwa.build.bill.Bills;
import dev.johwa.build.image.Images;
import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.registry.Attachments;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.db.DatabaseClosed;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.event.Subscription;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.sign.Envelope;
import dev.johwa.lib.sign.SigningKey;
import dev.johwa.lib.sign.VerifyingKey;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Bills and statements of artifacts, made when a release is live, beside everything else. Safe for use by many
/// threads.
public final class Papers {
    private static final Logger LOG = LoggerFactory.getLogger(Papers.class);
    private static final String NAME = "papers of artifacts";
    /// Media type of a bill, by which clients ask for it.
    public static final String BILL = "application/vnd.cyclonedx+json";

    /// Media type of a signed statement.
    public static final String STATEMENT = "application/vnd.dsse.envelope.v1+json";

    private final Images images;
    private final Attachments attachments;
    private final Releases releases;
    private final Pipelines pipelines;
    private final SigningKey key;
    private final Bills bills;

    public Papers(Bills bills, Attachments attachments, Releases releases, Pipelines pipelines, SigningKey key) {
        this.images = bills.images();
        this.attachments = attachments;
        this.releases = releases;
        this.pipelines = pipelines;
        this.key = key;
        this.bills = bills;
    }

    /// From now on, and once for what serves already.
    public void start(FactLog facts) {
        var wanted = Subscription.of(NAME)
                .only(List.of(DeploymentFinished.class))
                .after(() -> releases.errands().live().values().forEach(this::attachWhereThere));
        facts.subscribe(wanted, entry -> {
            if (entry.fact() instanceof DeploymentFinished done
                    && done.outcome().equals("live")) {
                hear(done);
            }
        });
    }

    private void hear(DeploymentFinished done) {
        releases.current(new AppEnvironment(done.project(), done.app(), done.environment()))
                .filter(release -> release.number() == done.release())
                .ifPresent(this::attachWhereThere);
    }

    private void attachWhereThere(Release release) {
        try {
            if (images.has(release.artifact())) {
                attach(release);
            }
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted() || e instanceof DatabaseClosed) {
                // The server ends: they are made when it works again.
                throw e;
            }
            // The release serves all the same; whoever asks for its papers is told why there are none.
            LOG.warn("app={} release={} has no papers: {}", release.where(), release.number(), e.toString());
        }
    }

    private synchronized void attach(Release release) {
        var repository = repository(release);
        var bill = bills.of(release.artifact());
        attachments.add(repository, release.artifact(), BILL, bill.cycloneDx());
        if (attachments.find(repository, release.artifact(), STATEMENT).isEmpty()) {
            var run = pipelines.find(release.where().project(), release.run());
            var statement =
                    new Provenance(release, run, bill, "urn:johwa:" + key.open().id());
            var envelope = Envelope.sign(Provenance.PAYLOAD, statement.bytes(), key);
            attachments.add(repository, release.artifact(), STATEMENT, Json.bytes(envelope));
        }
    }

    /// Where the artifacts of an app are pulled from.
    static RepositoryName repository(Release release) {
        var where = release.where();
        return new RepositoryName(
                where.project().equals(where.app()) ? where.project() : where.project() + "/" + where.app());
    }

    /// What the artifact of a release is made of.
    ///
    /// @throws ProblemException when the artifact is not there, or damaged
    public Bill bill(Release release) {
        return bills.of(release.artifact());
    }

    /// The key that statements are checked with.
    public VerifyingKey key() {
        return key.open();
    }

    /// Reads every blob of it, and what was signed of it.
    public Verdict verify(Release release) {
        var wrong = new ArrayList<>(damaged(release.artifact()));
        var statements = new ArrayList<Envelope>();
        try {
            attachments.find(repository(release), release.artifact(), STATEMENT).stream()
                    .map(bytes -> Json.read(bytes, Envelope.class))
                    .forEach(statements::add);
        } catch (ProblemException e) {
            wrong.add(e.problem().message());
        }
        if (statements.isEmpty()) {
            wrong.add("nothing was signed of it: its statement is made some moments after it went live");
        }
        statements.forEach(statement -> wrong.addAll(differences(statement, release.artifact())));
        return new Verdict(release.artifact(), wrong, statements);
    }

    private List<String> damaged(Digest artifact) {
        try {
            var wrong = new ArrayList<String>();
            for (var blob : images.parts(artifact)) {
                try {
                    images.prove(blob);
                } catch (ProblemException e) {
                    wrong.add(e.problem().message());
                }
            }
            return wrong;
        } catch (ProblemException e) {
            return List.of(e.problem().message());
        }
    }

    private List<String> differences(Envelope statement, Digest artifact) {
        if (!statement.isBy(key.open())) {
            return List.of("the signature of its statement is not of this server's key");
        }
        var subject = Json.read(statement.bytes(), JsonNode.class)
                .path("subject")
                .path(0)
                .path("digest")
                .path("sha256")
                .asString("");
        return subject.equals(artifact.hex())
                ? List.of()
                : List.of("its statement speaks of another artifact, sha256:" + subject);
    }
}
