package dev.johwa.serve.target.dummy;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.serve.target.Target;
import dev.johwa.serve.target.TargetContract;
import dev.johwa.serve.target.Targets;
import java.util.List;

class DummyTargetTest extends TargetContract {
    private final Target target = Targets.dummy(new SystemClock());

    @Override
    protected Target target() {
        return target;
    }

    @Override
    protected Target again() {
        return target;
    }

    @Override
    protected Digest artifact() {
        return new Digest("sha256:" + "0".repeat(64));
    }

    @Override
    protected List<String> command() {
        return List.of("dummy");
    }
}
