package dev.johwa.door.cli;

import dev.johwa.door.api.Orders;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Makes a release of what was tested and built before: of a commit, branch, tag or digest.",
        footer = {
            "%nExample:",
            "  johwa deploy shop v1.4 --environment staging",
            "  johwa deploy shop main --rollout 5%%,10m,50%%,10m",
            "  johwa deploy shop sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b"
        })
final class DeployCommand extends AppVerb {
    @Parameters(
            index = "1",
            paramLabel = "REF|DIGEST",
            description = "A commit, branch or tag, or an artifact's digest.")
    String source = "";

    @Option(
            names = "--rollout",
            split = ",",
            paramLabel = "STEPS",
            description = "Bring it to its users step by step, in place of what johwa.yaml says.")
    List<String> rollout = List.of();

    DeployCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var steps = Optional.of(rollout).filter(words -> !words.isEmpty());
        return deploying(told -> client().deploy(app(), new Orders.Deploy(environment, source, steps), told));
    }
}
