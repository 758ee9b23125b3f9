package dev.johwa.door.cli;

import dev.johwa.door.api.ArtifactCalls.Which;
import dev.johwa.door.api.ArtifactProof;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.sign.Envelope;
import dev.johwa.lib.sign.VerifyingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Verbs about what releases are made of.
final class ArtifactCommands {
    private static final int SHOWN = 5;

    private ArtifactCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.BUILD, "sbom", "Print what it is made of, as CycloneDX", Sbom::new),
                new Verb(Group.BUILD, "licences", "List licences of what is in it", LicencesOf::new),
                new Verb(
                        Group.BUILD,
                        "vulnerabilities",
                        "List known vulnerabilities of what is in it",
                        VulnerabilitiesCommand::new),
                new Verb(Group.BUILD, "verify", "Check that it is what was built and signed", Verify::new),
                new Verb(Group.BUILD, "key", "Print the server's public key", Key::new));
    }

    /// A verb about the artifact of one release.
    abstract static class Artifact extends AppVerb {
        @Nullable
        @Parameters(index = "1", arity = "0..1", paramLabel = "RELEASE", description = "Default: what is live.")
        Integer release;

        Artifact(Session session) {
            super(session);
        }

        Which which() {
            return new Which(app(), environment, release == null ? OptionalInt.empty() : OptionalInt.of(release));
        }
    }

    @Command(
            description = "Tells what the artifact of a release is made of, and whether it is what was built.",
            footer = {"%nExample:", "  johwa artifact verify shop", "  johwa artifact sbom shop 12 > bom.json"})
    static final class Main extends RemoteVerb {
        Main(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            throw Problem.user("usage.verb", "say what of an artifact: sbom, licences, vulnerabilities, verify or key")
                    .hint("johwa artifact --help")
                    .exception();
        }
    }

    @Command(
            description = "Prints what the artifact of a release is made of, as CycloneDX 1.6 in JSON.",
            footer = {"%nExample:", "  johwa artifact sbom shop > bom.json", "  johwa artifact sbom shop 12"})
    static final class Sbom extends Artifact {
        Sbom(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            screen().line(Json.pretty(client().artifacts().bill(which())));
            return ExitCode.DONE;
        }
    }

    @Command(
            description = "Lists the licences of what is in the artifact of a release.",
            footer = {"%nExample:", "  johwa artifact licences shop", "  johwa artifact licences shop 12 --json"})
    static final class LicencesOf extends Artifact {
        LicencesOf(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().artifacts().licences(which());
            if (toldAsJson(list)) {
                return ExitCode.DONE;
            }
            var rows = new ArrayList<List<String>>();
            list.licences().forEach(each -> rows.add(row(each.licence(), each.packages())));
            if (!list.unknown().isEmpty()) {
                rows.add(row("unknown", list.unknown()));
            }
            if (rows.isEmpty()) {
                screen().progress("No packages were found in it.");
            } else {
                screen().table(List.of("LICENCE", "PACKAGES", "SUCH AS"), rows);
            }
            list.warnings().forEach(screen()::progress);
            return ExitCode.DONE;
        }

        private static List<String> row(String licence, List<String> packages) {
            var some = packages.stream()
                    .limit(SHOWN)
                    .map(purl -> purl.substring(purl.indexOf('/') + 1))
                    .toList();
            return List.of(licence, Integer.toString(packages.size()), String.join(", ", some));
        }
    }

    @Command(
            description = {
                "Reads every blob of a release's artifact, and checks the signed statement of where it comes from.",
                "Exit code 1 when anything differs."
            },
            footer = {"%nExample:", "  johwa artifact verify shop", "  johwa artifact verify shop 12 --key johwa.pem"})
    static final class Verify extends Artifact {
        @Nullable
        @Option(
                names = "--key",
                paramLabel = "FILE",
                description = "Public key in PEM that you trust; default: the one of the server.")
        Path key;

        Verify(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            var told = client().artifacts().verify(which());
            var proof = key == null ? told : checked(told, VerifyingKey.parse(Files.readString(key)), key);
            if (!toldAsJson(proof)) {
                tell(proof);
            }
            return proof.ok() ? ExitCode.DONE : ExitCode.NO;
        }

        /// Here, not where it was signed.
        private static ArtifactProof checked(ArtifactProof told, VerifyingKey key, Path file) {
            var wrong = new ArrayList<>(told.wrong());
            var digest = told.artifact().substring(told.artifact().indexOf(':') + 1);
            for (var statement : told.statements()) {
                if (!statement.isBy(key)) {
                    wrong.add("the signature of its statement is not of the key in " + file);
                } else if (!subject(statement)
                        .path("digest")
                        .path("sha256")
                        .asString("")
                        .equals(digest)) {
                    wrong.add("its statement speaks of another artifact");
                }
            }
            return new ArtifactProof(
                    told.app(), told.release(), told.artifact(), wrong.isEmpty(), wrong, told.statements());
        }

        private static JsonNode subject(Envelope statement) {
            return tree(statement).path("subject").path(0);
        }

        private static JsonNode tree(Envelope statement) {
            return Json.read(statement.bytes(), JsonNode.class);
        }

        private void tell(ArtifactProof proof) {
            var what = proof.app() + " release " + proof.release() + ", " + proof.artifact();
            screen().line((proof.ok() ? "verified: " : "NOT verified: ") + what);
            proof.wrong().forEach(screen()::line);
            if (proof.ok()) {
                proof.statements().forEach(statement -> tell(tree(statement).path("predicate")));
            }
        }

        private void tell(JsonNode predicate) {
            var definition = predicate.path("buildDefinition");
            var metadata = predicate.path("runDetails").path("metadata");
            var commit = definition
                    .path("resolvedDependencies")
                    .path(0)
                    .path("digest")
                    .path("gitCommit");
            screen().line("commit " + commit.asString("") + " on "
                    + definition.path("externalParameters").path("branch").asString("") + ", by "
                    + definition.path("internalParameters").path("by").asString(""));
            screen().line("built by " + metadata.path("invocationId").asString("") + " at "
                    + metadata.path("finishedOn").asString("an unknown time") + " on "
                    + predicate.path("runDetails").path("builder").path("id").asString(""));
        }
    }

    @Command(
            description = "Prints the public key that the server signs statements with, in PEM.",
            footer = {"%nExample:", "  johwa artifact key > johwa.pem"})
    static final class Key extends RemoteVerb {
        Key(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var key = client().artifacts().key();
            if (!toldAsJson(key)) {
                screen().line(key.pem().strip());
            }
            return ExitCode.DONE;
        }
    }
}
