package dev.johwa.main;

import dev.johwa.lib.problem.Problem;
import dev.johwa.watch.log.ForwardPort;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where records of logs are taken from others.
final class ForwardOptions {
    @Option(
            names = "--forward",
            paramLabel = "HOST:PORT",
            description = {
                "Take records by Fluentd's forward protocol there (default: nowhere). Who reaches it writes into the log",
                "of any project, unless --forward-key asks for a key."
            })
    @Nullable
    String forward;

    @Option(
            names = "--forward-key",
            paramLabel = "FILE",
            description = "What its clients must know: the shared key on the first line, then users as USER:PASSWORD.")
    @Nullable
    Path key;

    @Option(
            names = "--forward-tls",
            paramLabel = "FILE",
            description = "Its connections begin with TLS: a PEM file of the certificate, its authorities and its key.")
    @Nullable
    Path tls;

    /// @param folder of relative paths
    Optional<ForwardPort.Opening> opening(Path folder) {
        if (forward == null) {
            if (key != null || tls != null) {
                throw Problem.user(
                                "usage.forward",
                                (key != null ? "--forward-key" : "--forward-tls") + " without --forward")
                        .hint("say where records are taken: --forward 127.0.0.1:24224")
                        .exception();
            }
            return Optional.empty();
        }
        return Optional.of(ForwardPort.Opening.read(
                UpCommand.address("--forward", forward),
                Optional.ofNullable(key).map(folder::resolve),
                Optional.ofNullable(tls).map(folder::resolve)));
    }
}
