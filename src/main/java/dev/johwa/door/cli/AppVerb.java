package dev.johwa.door.cli;

import dev.johwa.door.api.AppName;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.Event;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A verb about one app in one environment.
abstract class AppVerb extends RemoteVerb {
    @Nullable
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "PROJECT, or PROJECT/APP where a project has several; default: the remote named johwa.")
    String name;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "E",
            defaultValue = "production",
            description = "The environment; default: production.")
    String environment = "production";

    AppVerb(Session session) {
        super(session);
    }

    /// Changes settings; what is live gets a release with them, and nothing live is no failure.
    int changing(Function<Consumer<Event>, Optional<Deployed>> work) {
        return deploying(told -> work.apply(told).orElseGet(() -> {
            if (!json) {
                screen().progress("Kept; nothing is live there, so the next release has it.");
            }
            return new Deployed(app().toString(), environment, 0, true, "", "");
        }));
    }

    AppName app() {
        return session.app(name);
    }
}
