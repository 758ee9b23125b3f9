package dev.johwa.door.cli.local;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.ProjectFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A workflow of GitHub whose one step is a git push to a server of ours.
///
/// What people choose there (names of branches above all) reaches the shell by the environment only; the token is
/// seen by that step alone; pull requests of forks, which GitHub gives no secrets, start nothing.
///
/// @param project its address for git
/// @param branches that are handed over without a pull request, the default one first
/// @param certificate what the server is believed by, as text; empty where the world believes it
public record GitHubWorkflow(String project, List<String> branches, Optional<String> certificate) {
    public static final Path FILE = Path.of(".github/workflows/johwa.yml");
    /// The name under which the workflow expects the token.
    public static final String SECRET = "JOHWA_TOKEN";

    private static final String TEXT = """
            # Hands pushes and pull requests to Johwa, which tests them and ships them. Written by `johwa init --github`.
            name: Johwa
            on:
              push:
                branches: [%s]
              pull_request:
                types: [opened, reopened, synchronize, closed]
            permissions:
              contents: read
            concurrency:
              group: johwa-${{ github.head_ref || github.ref_name }}
            jobs:
              push:
                # GitHub gives no secrets to forks, nor to Dependabot.
                if: >-
                  github.event_name == 'push' || github.actor != 'dependabot[bot]' &&
                  github.event.pull_request.head.repo.full_name == github.repository
                runs-on: ubuntu-latest
                timeout-minutes: 60
                steps:
                  - uses: actions/checkout@v4
                    with:
                      ref: ${{ github.event.pull_request.head.sha || github.sha }}
                      fetch-depth: 0
                      persist-credentials: false
                  - name: Push to Johwa
                    env:
                      PROJECT: %s
                      BRANCH: ${{ github.head_ref || github.ref_name }}
                      ACTION: ${{ github.event.action }}
                      JOHWA_TOKEN: ${{ secrets.JOHWA_TOKEN }}
            %s        run: |
                      : "${JOHWA_TOKEN:?there is no such secret here; johwa init --github sets it}"
            %s          git config credential.helper '!f() { echo username=github; echo "password=$JOHWA_TOKEN"; }; f'
                      if [ "$ACTION" = closed ]; then
                        git push "$PROJECT" ":refs/heads/$BRANCH"
                      else
                        git push --force -o must-pass "$PROJECT" "HEAD:refs/heads/$BRANCH"
                      fi
            """;

    /// @param defaultBranch goes to production
    /// @param project its address for git
    public static GitHubWorkflow of(Path folder, String defaultBranch, String project, Optional<String> certificate) {
        var branches = new ArrayList<>(List.of(defaultBranch));
        file(folder).branches().stream()
                .filter(branch -> !branch.equals("*") && !branches.contains(branch))
                .forEach(branches::add);
        return new GitHubWorkflow(project, branches, certificate);
    }

    /// A file that is not readable says nothing here; `johwa check` tells what is wrong with it.
    private static ProjectFile file(Path folder) {
        try {
            var file = folder.resolve("johwa.yaml");
            return Files.exists(file) ? Configs.parse("johwa.yaml", Files.readString(file)) : ProjectFile.none();
        } catch (ProblemException e) {
            return ProjectFile.none();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The whole file.
    public String text() {
        var quoted = branches.stream()
                .map(branch -> "'" + branch.replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
        return TEXT.formatted(quoted, project, pem(), certificate.isEmpty() ? "" : TRUST);
    }

    private static final String TRUST = """
                      printf '%s' "$CERTIFICATE" >"$RUNNER_TEMP/johwa.pem"
                      git config "http.$PROJECT.sslCAInfo" "$RUNNER_TEMP/johwa.pem"
            """;

    private String pem() {
        return certificate
                .map(text -> "          CERTIFICATE: |\n" + text.strip().indent(12))
                .orElse("");
    }
}
