package dev.johwa.main;

import dev.johwa.build.base.BaseImages;
import dev.johwa.build.base.StandardImages;
import dev.johwa.build.container.BuildkitPlace;
import dev.johwa.build.container.ImageBuilds;
import dev.johwa.build.image.Images;
import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RegistryPorts;
import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.db.Database.Access;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.process.Programs;
import dev.johwa.lib.sign.SigningKey;
import dev.johwa.lib.task.Tasks;
import dev.johwa.main.doctor.Stored;
import dev.johwa.serve.backup.BackupPorts.Held;
import dev.johwa.serve.data.Beside;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.data.DataPorts;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.target.Accounts;
import dev.johwa.serve.target.Logs;
import dev.johwa.serve.target.Target;
import dev.johwa.serve.target.Targets;
import dev.johwa.serve.target.Targets.Docker;
import dev.johwa.source.config.Configs;
import dev.johwa.source.config.Values;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.git.Repositories;
import dev.johwa.watch.artifact.Papers;
import java.util.List;
import java.util.function.Supplier;

/// What several rooms use: stores of the data folder, and programs of the machine.
record Parts(
        Database database,
        FactLog facts,
        Values values,
        Repositories repositories,
        Configs configs,
        Processes processes,
        Images images,
        ArtifactParts artifacts,
        Registry registry,
        RegistryInbox inbox,
        ImageBuilds builds,
        StandardImages standard,
        ToolStore tools,
        Masks masks,
        Logs logs,
        LogParts kept) {

    /// @param open gets what must be closed, as soon as it is opened
    static Parts open(
            Settings settings, Configs configs, Toolchains toolchains, Clock clock, List<AutoCloseable> open) {
        var database = settings.place().open(Access.SERVER);
        open.add(database);
        var facts = new FactLog(database, clock, Facts.ALL);
        open.add(facts);
        var blobs = new Blobs(settings.data().resolve("blobs"));
        var values = new Values(database, clock, settings.data().resolve("secrets.key"));
        var masks = new Masks(values);
        var processes = new Processes(clock, Bubblewraps.find(settings), masks.cut());
        var images = new Images(blobs, settings.apps().resolve(".unpacked"), clock);
        var registry = registry(settings, database, blobs, clock);
        var inbox = new RegistryInbox(registry);
        var buildkit = new BuildkitPlace(
                settings.buildkit(), settings.path(), settings.run().resolve("buildkit"), processes);
        var printed = new Logs(settings.apps(), clock, Logs.BUDGET, masks);
        var kept = new LogParts(settings, clock, masks, printed);
        open.add(kept);
        // By boot, since what one left behind may not be whole.
        var unpacked =
                settings.apps().resolve(".bases").resolve(images.unpacked().getFileName());
        var bases = new BaseImages(registry, blobs, unpacked, clock);
        return new Parts(
                database,
                facts,
                values,
                new Repositories(settings.data().resolve("git"), Programs.find("git", settings.path())),
                configs,
                processes,
                images,
                new ArtifactParts(settings, images, clock),
                registry,
                inbox,
                new ContainerParts(settings.apps(), settings.engine()).builds(images, inbox, clock, buildkit),
                new StandardImages(registry, blobs, bases),
                new ToolStore(settings.toolchains(), processes, toolchains, settings.machine(), settings.fetch()),
                masks,
                printed,
                kept);
    }

    private static Registry registry(Settings settings, Database database, Blobs blobs, Clock clock) {
        return new Registry(new RegistryPorts(
                database,
                blobs,
                settings.data().resolve("blobs/uploads"),
                clock,
                settings.budgets().of(Budgets.Part.REGISTRY),
                new Capacity(settings.written(), clock)::requireRoomForPush));
    }

    /// For those who look whether all of it is whole.
    ///
    /// @param hold keeps files from being collected
    Stored stored(Settings settings, Data data, Clock clock, Supplier<Held> hold) {
        var target = Targets.process(processes, images, settings.apps(), logs, clock);
        return new Stored(settings.data(), database, values, repositories, images, registry, target, data, clock, hold);
    }

    /// What is known of artifacts of releases; hears of those that go live from now on.
    Papers papers(Settings settings, Releases releases, Pipelines pipelines) {
        var key = new SigningKey(settings.data().resolve(BackupParts.SIGNING_KEY));
        var papers = new Papers(artifacts.bills(), registry.attachments(), releases, pipelines, key);
        papers.start(facts);
        return papers;
    }

    /// Where databases of apps are.
    ///
    /// @param beside starts commands in containers of databases
    Data data(Settings settings, Clock clock, Tasks tasks, Beside beside) {
        return new Data(new DataPorts(
                database,
                values,
                processes,
                new Accounts(settings.accounts()),
                clock,
                tasks,
                settings.databases(),
                beside));
    }

    /// Where instances run.
    Target target(Settings settings, Clock clock, Tasks tasks) {
        var ofMachine = Targets.process(processes, images, settings.apps(), logs, clock);
        var containers = new ContainerParts(settings.apps(), settings.engine());
        return containers.target(
                ofMachine,
                engine -> new Docker(
                        engine, containers.supply(engine, images), settings.apps(), logs, clock, tasks, processes));
    }
}
