package dev.johwa.source.dockerfile;

import dev.johwa.source.dockerfile.ImageDescription.Base;
import dev.johwa.source.dockerfile.ImageDescription.Start;
import dev.johwa.source.dockerfile.stage.Needs;
import dev.johwa.source.dockerfile.stage.References;
import dev.johwa.source.dockerfile.stage.Stage;
import dev.johwa.source.dockerfile.stage.Stages;
import dev.johwa.source.dockerfile.stage.Walk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Puts together what one stage says.
final class Describing {
    private Describing() {}

    static ImageDescription of(Stages stages, Stage target, Walk walk) {
        var image = walk.image(target);
        var references = References.of(stages, walk);
        var start = new Start(image.entrypoint(), image.command(), image.user(), image.folder(), image.stopSignal());
        return new ImageDescription(
                target.name(),
                image.ports(),
                WebPorts.choose(image),
                image.healthcheck(),
                start,
                image.volumes(),
                image.labels(),
                bases(stages, references, target, walk),
                Needs.of(stages, target));
    }

    /// Of the stages that it needs, and what these copy from that is no stage.
    private static List<Base> bases(Stages stages, References references, Stage target, Walk walk) {
        var bases = new LinkedHashMap<String, Base>();
        var needed = references.needed(target);
        stages.all().stream().filter(stage -> needed.get(stage.number())).forEach(stage -> {
            walk.baseImage(stage).ifPresent(base -> bases.putIfAbsent(base.reference() + base.platform(), base));
        });
        references.all().stream()
                .filter(reference -> needed.get(reference.by().number()))
                .filter(References::isImage)
                .map(reference -> new Base(
                        reference.text(), Optional.empty(), stages.lines().of(reference.instruction())))
                .forEach(base -> bases.putIfAbsent(base.reference() + base.platform(), base));
        return List.copyOf(bases.values());
    }
}
