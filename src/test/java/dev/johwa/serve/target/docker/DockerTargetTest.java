package dev.johwa.serve.target.docker;

import dev.johwa.DockerDaemon;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.docker.Engine;
import dev.johwa.serve.target.Target;
import dev.johwa.serve.target.TargetContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Real containers as instances.
class DockerTargetTest extends TargetContract {
    @TempDir
    Path folder;

    private ContainerRig rig;

    @BeforeEach
    void prepare() throws IOException {
        rig = new ContainerRig(folder, engine());
    }

    Engine engine() {
        return DockerDaemon.shared().engine();
    }

    @AfterEach
    void clear() {
        rig.close();
    }

    @Override
    protected Target target() {
        return rig.target;
    }

    @Override
    protected Target again() {
        return rig.again();
    }

    @Override
    protected Digest artifact() {
        return rig.artifact;
    }

    @Override
    protected List<String> command() {
        return ContainerRig.COMMAND;
    }
}
