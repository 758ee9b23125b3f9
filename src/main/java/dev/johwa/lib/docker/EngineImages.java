package dev.johwa.lib.docker;

import dev.johwa.lib.task.Cancel;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The images that an engine has.
public final class EngineImages {
    /// What Podman writes before names that say no registry.
    private static final Pattern HOME = Pattern.compile("^(docker\\.io/(library/)?|localhost/)");
    private static final Duration TRANSFER = Duration.ofHours(1);

    private final Wire wire;

    EngineImages(Wire wire) {
        this.wire = wire;
    }

    private static String path(String image) {
        return "/images/" + Call.encoded(image);
    }

    /// @param image name with tag or digest, or id
    public Optional<Image> inspect(String image) {
        return wire.find(Call.get(path(image) + "/json")).map(Reading::image);
    }

    /// Ids of those with all these labels.
    ///
    /// @param labels names and values; an empty value is any
    public List<String> list(Map<String, String> labels) {
        var found = new ArrayList<String>();
        wire.tree(Call.get("/images/json").filtered(labels))
                .forEach(each -> found.add(each.path("Id").asString("")));
        return List.copyOf(found);
    }

    /// Those of a repository: their names by their ids.
    ///
    /// @param repository `johwa/shop`
    public Map<String, List<String>> named(String repository) {
        var found = new LinkedHashMap<String, List<String>>();
        for (var image : wire.tree(Call.get("/images/json"))) {
            for (var tag : image.path("RepoTags")) {
                if (HOME.matcher(tag.asString("")).replaceFirst("").startsWith(repository + ":")) {
                    found.computeIfAbsent(image.path("Id").asString(""), _ -> new ArrayList<>())
                            .add(tag.asString(""));
                }
            }
        }
        return found;
    }

    /// Takes over images from a tar in the form of `docker save`.
    public void load(Content tar, Cancel cancel) {
        var call = Call.post("/images/load").with("quiet", true).tar(tar).within(TRANSFER);
        Progress.of(wire, call, cancel).toEnd("docker.load-failed", line -> {});
    }

    /// An image in the form of `docker save`: a tar, read to its end or closed.
    public InputStream save(String image) {
        return wire.open(Call.get(path(image) + "/get").within(TRANSFER)).body();
    }

    /// Makes an image of one layer from a tar of files.
    ///
    /// @param reference name and tag that it gets
    /// @param changes lines of a Dockerfile that say how it starts: `CMD ["/server"]`
    /// @return its id
    public String importTar(Content tar, String reference, List<String> changes, Cancel cancel) {
        var name = Reference.of(reference);
        var call = Call.post("/images/create")
                .with("fromSrc", "-")
                .with("repo", name.repository())
                .with("tag", name.tag())
                .withAll("changes", changes)
                .tar(tar)
                .within(TRANSFER);
        var id = Progress.of(wire, call, cancel)
                .toEnd("docker.import-failed", line -> {})
                .id();
        if (inspect(reference).isEmpty()) {
            // Podman calls every one of them the latest.
            tag(id, reference);
        }
        return id;
    }

    /// Gets an image from its registry, of which only layers travel that are not here.
    ///
    /// @param reference `REGISTRY/REPOSITORY:TAG` or `…@sha256:…`
    /// @param progress hears a line for each step
    public void pull(String reference, Optional<Credential> credential, Consumer<String> progress, Cancel cancel) {
        var name = Reference.of(reference);
        var call = Call.post("/images/create")
                .with("fromImage", name.repository())
                .with("tag", name.tag())
                .within(TRANSFER);
        var signed = credential
                .map(each -> call.field("X-Registry-Auth", each.header()))
                .orElse(call);
        Progress.of(wire, signed, cancel).toEnd("docker.pull-failed", progress);
    }

    /// Gives an image to its registry, which the name begins with; only layers travel that are not there.
    ///
    /// @return digest of its manifest
    public String push(String reference, Credential credential, Consumer<String> progress, Cancel cancel) {
        var name = Reference.of(reference);
        var call = Call.post(path(name.repository()) + "/push")
                .with("tag", name.tag())
                .field("X-Registry-Auth", credential.header())
                .within(TRANSFER);
        return Progress.of(wire, call, cancel)
                .toEnd("docker.push-failed", progress)
                .digest();
    }

    /// Gives an image another name.
    public void tag(String image, String reference) {
        var name = Reference.of(reference);
        wire.act(Call.post(path(image) + "/tag").with("repo", name.repository()).with("tag", name.tag()));
    }

    /// Takes a name away, and the image with its last one. One that is missing is no matter.
    ///
    /// @return false when a container needs it
    public boolean remove(String image) {
        return wire.delete(path(image));
    }
}
