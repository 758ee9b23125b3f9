package dev.johwa.door.cli.local;

import dev.johwa.door.api.AlertList;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.config.Slo;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.eject.EjectedApp;
import dev.johwa.source.eject.EjectedProject;
import dev.johwa.watch.alert.Measure;
import dev.johwa.watch.alert.Objective;
import dev.johwa.watch.alert.Objectives;
import dev.johwa.watch.tool.Watched;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What of a project in a folder is to be watched, at the server that is meant where one is known.
///
/// @param withRules whether its objectives matter, so that the server is asked for them
record WatchedProject(Session session, EjectedProject project, boolean withOwn, boolean withRules) {
    /// Where a server answers that nobody named.
    private static final URI USUAL = URI.create("http://127.0.0.1:8321");
    private static final String PRODUCTION = "production";

    Watched watched() {
        return new Watched(
                project.name(),
                server(),
                project.apps().stream().map(this::name).toList(),
                objectives(),
                withOwn);
    }

    /// As figures name it.
    private String name(EjectedApp app) {
        return app.settings().name();
    }

    private URI server() {
        try {
            return session.serverAddress();
        } catch (ProblemException e) {
            return USUAL;
        }
    }

    /// What johwa.yaml says, else what the server reads from its history, else the usual ones.
    private List<Objective> objectives() {
        var known = withRules ? known() : List.<AlertList.Objective>of();
        return project.apps().stream()
                .filter(app -> app.settings().service() == Service.WEB
                        || app.settings().service() == Service.STATIC)
                .flatMap(app -> objectives(app, known))
                .toList();
    }

    private Stream<Objective> objectives(EjectedApp app, List<AlertList.Objective> known) {
        var slo = app.settings().slo();
        return Objectives.of(name(app), PRODUCTION, slo).stream()
                .map(each -> isSaid(each, slo) ? each : lived(each, known).orElse(each));
    }

    private static boolean isSaid(Objective objective, Slo slo) {
        return switch (objective.measure()) {
            case Measure.Availability _ -> slo.availability().isPresent();
            case Measure.Latency _ -> slo.within().isPresent() || slo.fast().isPresent();
        };
    }

    private static Optional<Objective> lived(Objective usual, List<AlertList.Objective> known) {
        return known.stream()
                .filter(each -> each.name().equals(usual.app())
                        && each.environment().equals(usual.environment())
                        && each.kind().equals(usual.measure().word()))
                .map(each -> new Objective(
                        usual.app(),
                        usual.environment(),
                        each.within().<Measure>map(Measure.Latency::new).orElseGet(Measure.Availability::new),
                        each.target()))
                .findFirst();
    }

    private List<AlertList.Objective> known() {
        try {
            var known = session.client()
                    .figures()
                    .alerts(Optional.of(project.name()))
                    .objectives();
            if (!known.isEmpty()) {
                session.screen()
                        .progress("Objectives that johwa.yaml does not say are as " + server()
                                + " reads them from the last thirty days; after a month: johwa eject again");
            }
            return known;
        } catch (ProblemException e) {
            session.screen()
                    .progress("Objectives that johwa.yaml does not say are the usual ones: "
                            + e.problem().message());
            return List.of();
        }
    }
}
