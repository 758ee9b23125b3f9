package dev.johwa.build.pipeline;

import dev.johwa.build.base.StandardImages;
import dev.johwa.build.container.ImageBuilds;
import dev.johwa.build.image.Images;
import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.task.Tasks;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Values;
import dev.johwa.source.detect.Detector;
import dev.johwa.source.git.Repositories;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What the pipelines work with.
///
/// @param logs folder of the logs of runs: `PROJECT/NUMBER.log`
/// @param masks hides the secrets of a project in a line
/// @param tools fetches runtimes that a project asks for and the machine lacks
/// @param databases lends tests what `data` names
/// @param builds makes images of Dockerfiles
/// @param standard writes images where there is no Dockerfile
/// @param atOnce how many runs build at a time; others wait
/// @param headroom whether the machine has room for one more
public record Rooms(
        Database database,
        FactLog facts,
        Clock clock,
        Tasks tasks,
        Repositories repositories,
        Detector detector,
        Configs configs,
        Values values,
        Images images,
        Path logs,
        Function<String, UnaryOperator<String>> masks,
        ToolStore tools,
        TestDatabases databases,
        ImageBuilds builds,
        StandardImages standard,
        int atOnce,
        Headroom headroom) {}
