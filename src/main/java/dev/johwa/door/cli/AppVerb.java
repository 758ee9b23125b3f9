package dev.johwa.door.cli;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.Event;
import dev.johwa.lib.text.Near;
import java.util.List;
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
                likelyMeant().ifPresent(screen()::progress);
            }
            return new Deployed(app().toString(), environment, 0, true, "", "");
        }));
    }

    /// A word where there is nothing yet under that name, and another app has nearly the same.
    Optional<String> likelyMeant() {
        var names = client().status(Optional.empty()).apps().stream()
                .map(AppList.App::name)
                .distinct()
                .toList();
        return names.contains(app().toString())
                ? Optional.empty()
                : Near.question(app().toString(), names)
                        .map(question -> "There is no app '" + app() + "' yet; " + question);
    }

    /// Says that a list is empty, and which app may have been meant.
    void tellNone(String what) {
        screen().progress("No " + what + " of " + InEnvironment.shown(app().toString(), environment) + ".");
        likelyMeant().ifPresent(screen()::progress);
    }

    /// Whether the first of these words, which are all but options, cannot be a NAME, but is one that follows it.
    boolean leavesNameOut(List<String> words) {
        return words.getFirst().contains("=");
    }

    AppName app() {
        return session.app(name);
    }
}
