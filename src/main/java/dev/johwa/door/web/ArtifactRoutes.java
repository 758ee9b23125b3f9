package dev.johwa.door.web;

import dev.johwa.build.bill.Component;
import dev.johwa.door.api.ArtifactProof;
import dev.johwa.door.api.LicenceList;
import dev.johwa.door.api.VulnerabilityList;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.watch.artifact.Papers;
import dev.johwa.watch.artifact.Vulnerabilities;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// What artifacts of releases are made of, and whether they are what was built.
final class ArtifactRoutes {
    private static final String ARTIFACT = "/api/v1/apps/{project}/{app}/artifact/";

    private final Releases releases;
    private final Papers papers;
    private final Supplier<Vulnerabilities> vulnerabilities;

    ArtifactRoutes(WebRooms rooms) {
        this.releases = rooms.releases();
        this.papers = rooms.papers();
        this.vulnerabilities = rooms.vulnerabilities();
    }

    List<Route> all() {
        return List.of(
                asked(Route.get(ARTIFACT + "sbom", Access.READ, "What it is made of, as CycloneDX", this::bill)),
                asked(Route.get(ARTIFACT + "licences", Access.READ, "Licences of what is in it", this::licences))
                        .gives(LicenceList.class),
                asked(Route.get(
                                ARTIFACT + "vulnerabilities",
                                Access.READ,
                                "Known vulnerabilities of what is in it",
                                call -> call.answer(VulnerabilityItems.list(
                                        vulnerabilities.get().of(release(call), Vulnerabilities.PATIENCE)))))
                        .gives(VulnerabilityList.class),
                asked(Route.get(ARTIFACT + "verification", Access.READ, "Whether it is what was built", this::verify))
                        .gives(ArtifactProof.class),
                Route.get(
                                "/api/v1/artifact-key",
                                Access.SIGNED_IN,
                                "The key that statements are checked with",
                                call -> {
                                    var key = papers.key();
                                    call.answer(new ArtifactProof.Key(key.pem(), key.id()));
                                })
                        .gives(ArtifactProof.Key.class));
    }

    private static Route asked(Route route) {
        return route.query("environment", "production by default")
                .query("release", "its number; the one that serves by default");
    }

    private Release release(Call call) {
        var where = ReleaseRoutes.where(call, call.query("environment").orElse(AppEnvironment.PRODUCTION));
        UnknownApp.require(call, releases, where);
        var number = call.queryNumber("release");
        if (number.isEmpty()) {
            return releases.requireLive(where);
        }
        return releases.find(where, number.getAsInt())
                .filter(release -> release.where().equals(where))
                .orElseThrow(() -> Problem.user("release.unknown", where + " has no release " + number.getAsInt())
                        .hint("`johwa releases " + where.name() + "` lists them")
                        .exception());
    }

    private void bill(Call call) {
        call.answer(Json.read(papers.bill(release(call)).cycloneDx(), JsonNode.class));
    }

    private void licences(Call call) {
        var release = release(call);
        var bill = papers.bill(release);
        var byLicence = new TreeMap<String, List<String>>();
        var unknown = new ArrayList<String>();
        for (var component : bill.components()) {
            component
                    .licences()
                    .forEach(licence -> byLicence
                            .computeIfAbsent(licence, _ -> new ArrayList<>())
                            .add(component.purl()));
            if (isUnknown(component)) {
                unknown.add(component.purl());
            }
        }
        var licences = byLicence.entrySet().stream()
                .map(entry -> new LicenceList.Licence(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(licence -> -licence.packages().size()))
                .toList();
        call.answer(new LicenceList(
                release.where().name(),
                release.number(),
                release.artifact().text(),
                licences,
                unknown,
                bill.warnings()));
    }

    private static boolean isUnknown(Component component) {
        return component.licences().isEmpty();
    }

    private void verify(Call call) {
        var release = release(call);
        var verdict = papers.verify(release);
        call.answer(new ArtifactProof(
                release.where().name(),
                release.number(),
                release.artifact().text(),
                verdict.wrong().isEmpty(),
                verdict.wrong(),
                verdict.statements()));
    }
}
