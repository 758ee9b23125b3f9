package dev.johwa.watch.artifact;

import dev.johwa.build.bill.Bill;
import dev.johwa.build.pipeline.Run;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where an artifact comes from, as an in-toto statement (version 1) with a predicate of SLSA provenance (version 1).
///
/// @param platform names the server by its key
record Provenance(Release release, Optional<Run> run, Bill bill, String platform) {
    static final String PAYLOAD = "application/vnd.in-toto+json";
    static final String STATEMENT = "https://in-toto.io/Statement/v1";
    static final String PREDICATE = "https://slsa.dev/provenance/v1";
    private static final String BUILD = "urn:johwa:build:v1";

    byte[] bytes() {
        var subject = new TreeMap<String, Object>();
        subject.put("name", release.where().name());
        subject.put("digest", Map.of("sha256", release.artifact().hex()));
        var statement = new TreeMap<String, Object>();
        statement.put("_type", STATEMENT);
        statement.put("subject", List.of(subject));
        statement.put("predicateType", PREDICATE);
        statement.put("predicate", new TreeMap<>(Map.of("buildDefinition", definition(), "runDetails", details())));
        return Json.bytes(statement);
    }

    private Map<String, Object> definition() {
        var parameters = new TreeMap<String, Object>();
        parameters.put("project", release.where().project());
        parameters.put("app", release.where().app());
        parameters.put("branch", release.branch());
        parameters.put("environment", release.where().environment());
        parameters.put("install", release.settings().install());
        parameters.put("build", release.settings().build());
        parameters.put("test", release.settings().test());
        var definition = new TreeMap<String, Object>();
        definition.put("buildType", BUILD);
        definition.put("externalParameters", parameters);
        definition.put("internalParameters", new TreeMap<>(Map.of("tests", release.tests(), "by", release.by())));
        definition.put("resolvedDependencies", materials());
        return definition;
    }

    private List<Map<String, Object>> materials() {
        var materials = new ArrayList<Map<String, Object>>();
        var source = new TreeMap<String, Object>();
        source.put("uri", "git+johwa:" + release.where().project() + ".git");
        source.put("digest", Map.of("gitCommit", release.commit()));
        materials.add(source);
        bill.locks().forEach(lock -> {
            var material = new TreeMap<String, Object>();
            material.put("name", lock.path());
            material.put("digest", Map.of("sha256", lock.digest().hex()));
            materials.add(material);
        });
        return materials;
    }

    private Map<String, Object> details() {
        var metadata = new TreeMap<String, Object>();
        metadata.put("invocationId", release.where().project() + "/runs/" + release.run());
        run.flatMap(Run::startedAt).ifPresent(at -> metadata.put("startedOn", at.toString()));
        run.flatMap(Run::finishedAt).ifPresent(at -> metadata.put("finishedOn", at.toString()));
        return new TreeMap<>(Map.of("builder", Map.of("id", platform), "metadata", metadata));
    }
}
